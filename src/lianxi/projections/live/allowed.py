"""What may be done at a desk now. The server says of each action whether it is possible, the page
never works it out."""

from typing import Final

from lianxi.engine.asked import refusal
from lianxi.engine.at_desk import Agent
from lianxi.engine.messages.agent_inputs import (
    AgentSignedOut,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    OfferRefused,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
    TransferAsked,
    WrapUpExtended,
    WrapUpFinished,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.calling import ColleagueCallAsked
from lianxi.engine.messages.helping import HelpAsked
from lianxi.engine.messages.parties import (
    ConferenceAsked,
    ConsultAsked,
    ConsultCancelled,
    ConsultCompleted,
    ConsultSwapAsked,
    InviteAsked,
    LeaveAsked,
    Target,
)
from lianxi.engine.messages.recordings import RecordingStartAsked
from lianxi.engine.messages.routing import Destination
from lianxi.engine.messages.values import Intent, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, OfferId
from lianxi.kernel.time import Instant

_NO_TIME: Final = Instant(0)

ONESELF: Final = "transfer_to_self"
"""Asked about oneself, this is the last thing that speaks against it: somebody else will do."""


def allowed(agent: Agent | None, state: State) -> dict[str, bool | str]:
    """Of each action `True`, or the code of the first reason why not."""
    if agent is None:
        return {}
    contact = agent.contact or ContactId("")
    held = contact in state.contacts and state.contacts[contact].phase is Phase.HELD
    said: dict[str, bool | str] = {
        action: refusal(given, state) or True
        for action, given in _of_oneself(agent, contact, state).items()
    }
    for action, given in _of_others(agent.id, contact).items():
        code = refusal(given, state)
        said[action] = True if code is None or code == ONESELF else code
    if said["resume"] is True and not held:
        said["resume"] = "not_held"
    return said


def _of_oneself(agent: Agent, contact: ContactId, state: State) -> dict[str, Input]:
    """What concerns the own state, call and after-call work."""
    at, who = _NO_TIME, agent.id
    reason = state.routing.reasons[0].code if state.routing.reasons else ""
    wrap_up = state.queue(agent.wrap_up.queue) if agent.wrap_up is not None else None
    code = wrap_up.dispositions[0].code if wrap_up is not None and wrap_up.dispositions else ""
    return {
        "ready": AgentStateAsked(at=at, agent=who, to=Intent.READY),
        "not_ready": AgentStateAsked(at=at, agent=who, to=Intent.NOT_READY, reason=reason),
        "reject": OfferRefused(at=at, agent=who, offer=agent.offer or OfferId("")),
        "hold": HoldAsked(at=at, agent=who, contact=contact),
        "resume": ResumeAsked(at=at, agent=who, contact=contact),
        "pause_recording": RecordingPauseAsked(at=at, agent=who, contact=contact),
        "start_recording": RecordingStartAsked(at=at, agent=who, contact=contact),
        "resume_recording": RecordingResumeAsked(at=at, agent=who, contact=contact),
        "hang_up": HangUpAsked(at=at, agent=who, contact=contact),
        "leg": LegAsked(at=at, agent=who),
        "finish": WrapUpFinished(at=at, agent=who, contact=contact, disposition=code),
        "extend": WrapUpExtended(at=at, agent=who, contact=contact),
        "sign_out": AgentSignedOut(at=at, agent=who),
    }


def _of_others(who: AgentId, contact: ContactId) -> dict[str, Input]:
    """What brings somebody else in, or concerns who is in already."""
    at = _NO_TIME
    me = Target(agent=who)
    return {
        "call": ColleagueCallAsked(at=at, agent=who, to=who),
        "transfer": TransferAsked(
            at=at, agent=who, contact=contact, to=Destination(agent=who), reason=""
        ),
        "consult": ConsultAsked(at=at, agent=who, contact=contact, to=me),
        "invite": InviteAsked(at=at, agent=who, contact=contact, to=me),
        "swap": ConsultSwapAsked(at=at, agent=who, contact=contact),
        "complete": ConsultCompleted(at=at, agent=who, contact=contact, reason=""),
        "cancel_consult": ConsultCancelled(at=at, agent=who, contact=contact),
        "confer": ConferenceAsked(at=at, agent=who, contact=contact),
        "leave": LeaveAsked(at=at, agent=who, contact=contact),
        "help": HelpAsked(at=at, agent=who, contact=contact, words=""),
    }
