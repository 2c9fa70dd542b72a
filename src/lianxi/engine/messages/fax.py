"""Faxes (传真), both ways: documents that a caller's machine sends, and documents that we send.

What came in is a contact of its own, of the channel FAX. What goes out is no contact: it is a
sending with an id, perhaps about a contact, and it is tried again by rule.
"""

from typing import Final

import msgspec

from lianxi.engine.messages.base import Command, Event, Input
from lianxi.kernel.ids import ContactId, FaxId, LegId, QueueId, RequestId, TrunkId
from lianxi.kernel.time import Instant, Millis

SWITCH_DIED: Final = "switch_died"
"""Cause of a fax that ended because the switch did."""


class FaxRule(msgspec.Struct, frozen=True, kw_only=True):
    """How faxes are sent."""

    attempts: int = 3
    """In all; 1 = not again."""
    again_after: Millis = Millis(300_000)
    """From one attempt to the next."""
    ring: Millis = Millis(60_000)
    """How long the other machine may ring."""
    longest: Millis = Millis(1_800_000)
    """How long one document may take."""


# --- received


class FaxBegan(Event, frozen=True, kw_only=True, tag="fax.began.v1"):
    """The caller's machine may send."""

    contact: ContactId
    leg: LegId
    request: RequestId
    queue: QueueId
    longest: Millis
    deadline: Instant


class FaxLeft(Event, frozen=True, kw_only=True, tag="fax.left.v1"):
    """There is a document for the queue, perhaps not all of it."""

    contact: ContactId
    request: RequestId
    queue: QueueId
    document: str
    pages: int
    is_whole: bool
    """False: the other side broke off after these pages."""
    cause: str
    """What the switch says of the end, when it is not whole."""
    station: str
    """What the other machine calls itself."""
    caller: str
    mode: str = ""
    """How it came: `t38`, or `audio` (as sound)."""


class FaxMissed(Event, frozen=True, kw_only=True, tag="fax.missed.v1"):
    """Not one page came."""

    contact: ContactId
    request: RequestId
    queue: QueueId
    cause: str
    caller: str


class FaxReceived(Input, frozen=True, kw_only=True, tag="fax_received"):
    """The machine is through: all is there, or some pages, or none."""

    contact: ContactId
    request: RequestId
    document: str
    """Name of the file of pages."""
    pages: int
    is_whole: bool
    cause: str = ""
    station: str = ""
    mode: str = ""
    """`t38` or `audio`."""


class ReceiveFax(Command, frozen=True, kw_only=True, tag="receive_fax"):
    """Take a fax from the caller's machine; say FaxReceived, also after the caller has gone."""

    contact: ContactId
    leg: LegId
    request: RequestId
    longest: Millis


# --- sent


class FaxSendAsked(Input, frozen=True, kw_only=True, tag="fax_send_asked"):
    """Somebody wants a document sent."""

    fax: FaxId
    number: str
    document: str
    """Name of the file of pages, ready to be sent."""
    pages: int
    by: str
    """Who asked."""
    queue: QueueId | None = None
    """Its caller number is shown."""
    about: ContactId | None = None
    """The contact it belongs to."""


class FaxSendStopped(Input, frozen=True, kw_only=True, tag="fax_send_stopped"):
    """Somebody does not want it sent any more."""

    fax: FaxId
    by: str


class FaxSendBegan(Input, frozen=True, kw_only=True, tag="fax_send_began"):
    """The other side answered."""

    fax: FaxId
    leg: LegId


class FaxSendEnded(Input, frozen=True, kw_only=True, tag="fax_send_ended"):
    """One attempt is over: sent, broken off, or nobody reached."""

    fax: FaxId
    leg: LegId
    pages: int
    """That the other machine confirmed."""
    is_whole: bool
    cause: str = ""
    """Why it came to nothing: `busy`, `no_answer`, `trunk_failed`, `failed`, what the switch says
    of a transmission that broke off, `switch_died`, or `gone`: nobody knows."""
    station: str = ""
    mode: str = ""
    """`t38` or `audio`."""


class FaxAsked(Event, frozen=True, kw_only=True, tag="fax.asked.v1"):
    """A document is to be sent."""

    fax: FaxId
    contact: ContactId
    """The one it belongs to; empty = none."""
    queue: QueueId | None
    number: str
    document: str
    pages: int
    by: str


class FaxDialled(Event, frozen=True, kw_only=True, tag="fax.dialled.v1"):
    """The other machine is called."""

    fax: FaxId
    contact: ContactId
    leg: LegId
    attempt: int
    document: str
    dialled: str
    """As the trunk wants the number."""
    caller_number: str
    trunk: TrunkId
    ring: Millis
    longest: Millis
    until: Instant
    """Given up by then."""


class FaxAnswered(Event, frozen=True, kw_only=True, tag="fax.answered.v1"):
    """The other machine is there."""

    fax: FaxId
    contact: ContactId
    leg: LegId


class FaxBrokeOff(Event, frozen=True, kw_only=True, tag="fax.broke_off.v1"):
    """An attempt came to nothing."""

    fax: FaxId
    contact: ContactId
    leg: LegId
    """To be ended, if it is still there; empty = none was made."""
    attempt: int
    cause: str
    pages: int
    again_at: Instant | None
    """The next attempt; None = there is none."""


class FaxSent(Event, frozen=True, kw_only=True, tag="fax.sent.v1"):
    """The other machine has confirmed every page."""

    fax: FaxId
    contact: ContactId
    pages: int
    attempts: int
    station: str
    mode: str = ""


class FaxGivenUp(Event, frozen=True, kw_only=True, tag="fax.given_up.v1"):
    """It was not sent, and is not tried again."""

    fax: FaxId
    contact: ContactId
    cause: str
    attempts: int
    pages: int
    """Of the last attempt."""


class SendFax(Command, frozen=True, kw_only=True, tag="send_fax"):
    """Call a number and send a document; say FaxSendBegan, then FaxSendEnded."""

    fax: FaxId
    leg: LegId
    document: str
    number: str
    trunk: TrunkId
    caller: str
    ring: Millis
    longest: Millis


FaxEvents = (
    FaxBegan | FaxLeft | FaxMissed | FaxAsked | FaxDialled | FaxAnswered | FaxBrokeOff | FaxSent
    | FaxGivenUp
)  # fmt: skip
FaxInputs = FaxReceived | FaxSendAsked | FaxSendStopped | FaxSendBegan | FaxSendEnded
FaxCommands = ReceiveFax | SendFax
