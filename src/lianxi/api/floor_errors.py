"""Refusals of the switchboard about who waits where, and who takes over."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class ContactNotWaiting(Rejection):
    """The contact does not wait any more: an agent has it, or the caller left."""

    code = "contact_not_waiting"


class GroupUnknown(Rejection):
    """There is no such group of queues; an administrator sets groups up in the routing."""

    code = "group_unknown"
    status = HTTPStatus.NOT_FOUND


class WrapUpWithoutLimit(Rejection):
    """After-call work of this queue has no limit that could be changed; an administrator gives it
    one in the routing."""

    code = "wrap_up_without_limit"


class QueueUnknown(Rejection):
    """There is no such queue; choose one of the list."""

    code = "queue_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NumberMissing(Rejection):
    """There is no number to call back; fill one in."""

    code = "number_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TransfersUsedUp(Rejection):
    """This contact was moved as often as the centre allows; settle it here, or call back."""

    code = "transfers_used_up"


class TransferToSelf(Rejection):
    """You have this contact already; choose somebody else."""

    code = "transfer_to_self"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TransferTargetUnknown(Rejection):
    """Nobody is there to take it: the agent is not signed in, or there is no such queue or number;
    choose another."""

    code = "transfer_target_unknown"


class CallbackOver(Rejection):
    """The callback is over, or an agent has it in hand already."""

    code = "callback_over"


class PreviewOver(Rejection):
    """The record is no longer shown to you: it was taken, skipped, or its time was over."""

    code = "preview_over"


OF_THE_FLOOR: dict[str, type[Rejection]] = {
    kind.code: kind
    for kind in (
        ContactNotWaiting, GroupUnknown, QueueUnknown, NumberMissing, TransfersUsedUp,
        WrapUpWithoutLimit, TransferToSelf, TransferTargetUnknown, CallbackOver, PreviewOver,
    )
}  # fmt: skip
