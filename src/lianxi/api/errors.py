"""Refusals of the switchboard, as people read them; and those of the API's own routes."""

from http import HTTPStatus

from lianxi.api.calling_errors import OF_CALLING
from lianxi.api.fax_errors import OF_FAXES
from lianxi.api.floor_errors import OF_THE_FLOOR
from lianxi.api.monitoring_errors import OF_MONITORING
from lianxi.api.party_errors import OF_PARTIES
from lianxi.api.recording_errors import RecordingNotOnDemand, RecordingUnannounced
from lianxi.kernel.errors import Rejection


class DeskNotSignedIn(Rejection):
    """You are not signed in at a desk; sign in first."""

    code = "desk_not_signed_in"


class SignedInElsewhere(Rejection):
    """You are signed in at another desk; take over from there, or sign out there first."""

    code = "signed_in_elsewhere"


class NoDeskPhone(Rejection):
    """You are not signed in with a desk phone; sign in with it first."""

    code = "no_desk_phone"


class NotConfiguredAgent(Rejection):
    """The switchboard does not know this agent; an administrator must add it to the routing."""

    code = "agent_unknown"


class InCall(Rejection):
    """A conversation is going on; end it first."""

    code = "in_call"


class StateUnknown(Rejection):
    """This state cannot be chosen."""

    code = "state_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ReasonUnknown(Rejection):
    """Choose one of the reasons from the list."""

    code = "reason_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotTalking(Rejection):
    """There is no conversation for this."""

    code = "not_talking"


class AlreadyHeld(Rejection):
    """The customer is on hold already."""

    code = "already_held"


class HeldAtDevice(Rejection):
    """The telephone itself holds the call; press its hold key again."""

    code = "held_at_device"


class NotRecorded(Rejection):
    """This conversation is not recorded."""

    code = "not_recorded"


class PausingNotAllowed(Rejection):
    """Recordings of this queue may not be paused."""

    code = "pausing_not_allowed"


class OfferOver(Rejection):
    """The call is no longer offered to you: the caller left, or it went to the next agent."""

    code = "offer_over"


class RefusingNotAllowed(Rejection):
    """Calls of this queue may not be refused."""

    code = "refusing_not_allowed"


class NotYourContact(Rejection):
    """This contact is not at your desk."""

    code = "not_your_contact"


class WrapUpOver(Rejection):
    """The wrap-up of this contact is over."""

    code = "wrap_up_over"


class DispositionMissing(Rejection):
    """Choose a wrap-up code first."""

    code = "disposition_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class DispositionUnknown(Rejection):
    """This queue has no such wrap-up code."""

    code = "disposition_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WrapUpFixed(Rejection):
    """The wrap-up of this queue has a fixed length and cannot be ended before."""

    code = "wrap_up_fixed"


class NoExtensionLeft(Rejection):
    """The wrap-up cannot be extended any further."""

    code = "no_extension_left"


class Refused(Rejection):
    """The switchboard refused; the fact `why` names the reason."""

    code = "refused"


class TestCallFailed(Rejection):
    """The test call did not reach the switchboard; look at the lights of the set-up page."""

    code = "test_call_failed"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    __test__ = False


class SwitchAway(Rejection):
    """The telephone switch cannot be reached; it is being started again."""

    code = "switch_away"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class Starting(Rejection):
    """The live view is being built; try again in a moment."""

    code = "starting"
    status = HTTPStatus.SERVICE_UNAVAILABLE


OF_THE_SWITCHBOARD: dict[str, type[Rejection]] = {
    "not_signed_in": DeskNotSignedIn,
    **OF_THE_FLOOR,
    **OF_MONITORING,
    **OF_PARTIES,
    **OF_CALLING,
    **OF_FAXES,
    **{
        kind.code: kind
        for kind in (
            NotConfiguredAgent, InCall, StateUnknown, ReasonUnknown, NotTalking, AlreadyHeld,
            HeldAtDevice, NotRecorded, PausingNotAllowed, OfferOver, RefusingNotAllowed,
            NotYourContact, WrapUpOver, DispositionMissing, DispositionUnknown, WrapUpFixed,
            NoExtensionLeft, RecordingNotOnDemand, RecordingUnannounced,
        )
    },
}  # fmt: skip
"""What the engine's codes are called here. `not_signed_in` means the web session elsewhere."""


def rejection_of(code: str) -> Rejection:
    """The rejection for a code of `engine.asked.refusal`."""
    kind = OF_THE_SWITCHBOARD.get(code)
    return Refused(why=code) if kind is None else kind()
