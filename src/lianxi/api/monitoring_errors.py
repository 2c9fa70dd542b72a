"""Refusals of the switchboard about supervisors in conversations, and about asking for help."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class MonitorTargetUnknown(Rejection):
    """There is nobody to listen to: the agent is not signed in, or the conversation is over."""

    code = "monitor_target_unknown"


class MonitorSelf(Rejection):
    """This is your own conversation; choose another agent."""

    code = "monitor_self"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class MonitoringAlready(Rejection):
    """You are in on a conversation already; end that first."""

    code = "monitoring_already"


class SupervisorBusy(Rejection):
    """You have something in hand yourself; finish it first."""

    code = "supervisor_busy"


class DeviceMissing(Rejection):
    """Your telephone is not connected; wait until it is, or sign in again."""

    code = "device_missing"


class ListenersFull(Rejection):
    """As many supervisors as the centre allows are in on this conversation already."""

    code = "listeners_full"


class MonitorOver(Rejection):
    """You are not in on this conversation any more."""

    code = "monitor_over"


class NothingToTakeOver(Rejection):
    """There is no conversation to take over at the moment."""

    code = "nothing_to_take_over"


class HelpOver(Rejection):
    """Help is not needed any more, or somebody else came."""

    code = "help_over"


class NobodyThere(Rejection):
    """Nobody you mean is signed in; nobody would read it."""

    code = "nobody_there"


OF_MONITORING: dict[str, type[Rejection]] = {
    kind.code: kind
    for kind in (
        MonitorTargetUnknown, MonitorSelf, MonitoringAlready, SupervisorBusy, DeviceMissing,
        ListenersFull, MonitorOver, NothingToTakeOver, HelpOver, NobodyThere,
    )
}  # fmt: skip
