"""Refusals of the switchboard about calls that agents make."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class DeviceAway(Rejection):
    """Your telephone is not connected; connect it, then call."""

    code = "device_away"


class NumberBlocked(Rejection):
    """This number does not want to be called; it stands on a block list."""

    code = "number_blocked"


class NumberDoNotCall(Rejection):
    """Whoever has this number does not want to be called; the facts say why, and until when."""

    code = "number_do_not_call"


class OutsideHours(Rejection):
    """Nobody is called at this hour; the centre's rule for calls out says so."""

    code = "outside_hours"


class NoChannelFree(Rejection):
    """All lines are taken; try again in a while."""

    code = "no_channel"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class InternalCall(Rejection):
    """This is a call with a colleague; there is no customer to be handed on."""

    code = "internal_call"


OF_CALLING: dict[str, type[Rejection]] = {
    kind.code: kind
    for kind in (DeviceAway, NumberBlocked, OutsideHours, NoChannelFree, InternalCall)
}
