"""What random days bring about: every fact, every command, every input that changes something.

A message that never comes about in many days is one that no law has been tried on. So a new one
needs a move (`moves`), something the world does about it (`switch`, `people`), or a line here that
says why it cannot come about in a world without a switch and a database.
"""

from collections import Counter
from typing import get_args

from lianxi.engine.messages.commands import AnyCommand
from lianxi.engine.messages.events import AnyEvent
from lianxi.engine.messages.inputs import AnyInput

KINDS: tuple[str, ...] = tuple(
    kind.__name__ for union in (AnyEvent, AnyCommand, AnyInput) for kind in get_args(union)
)
"""Every message by the name of its class."""

_CONSULT = "seldom: a consult that lives long enough for it"
_OUTSIDE = "seldom: a flow's call outside, over a trunk with a free channel, that is answered"
_NEXT = "seldom: a carrier refuses while another trunk of the route has a free channel"

EXCUSED: dict[str, str] = {
    "AgentHelpTaken": "seldom: a supervisor is free while an agent asks for help",
    "CallRerouted": _NEXT,
    "ConferenceAsked": _CONSULT,
    "ConsultCompleted": _CONSULT,
    "ConsultSwapAsked": _CONSULT,
    "ContactHandedOver": _CONSULT,
    "DialReassigned": "seldom: the agent whom a line rings for goes, and another one is free",
    "DialRerouted": _NEXT,
    "HelpCancelled": "seldom: the agent who asked for help is the one who wants none any more",
    "HelpTaken": "seldom: a supervisor is free while an agent asks for help",
    "LeaveAsked": _CONSULT,
    "PreviewSkipped": "seldom: a campaign of previews, and an agent who passes one on in time",
    "RecordingResumeAsked": "seldom: a recorded conversation is paused and goes on for a while",
    "TransferOut": _OUTSIDE,
    "TransferOutAnswered": _OUTSIDE,
    "TransferOutAsked": _OUTSIDE,
    "TransferOutConnected": _OUTSIDE,
    "TransferOutEnded": _OUTSIDE,
}
"""What a few thousand events need not bring about, with the reason. A million events bring about
everything."""


def never_seen(counts: Counter[str]) -> list[str]:
    """Messages that did not come about."""
    return [name for name in KINDS if not counts[name]]


def unexcused(counts: Counter[str]) -> list[str]:
    """Those of them for which no reason is given."""
    return [name for name in never_seen(counts) if name not in EXCUSED]
