"""Refusals about targets, baselines, notes and the control sheet."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class TargetInvalid(Rejection):
    """The target cannot be like this: shares lie between 0 and 1, and the lower limit, the target
    and the upper limit do not cross."""

    code = "target_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TargetInThePast(Rejection):
    """Days that were judged already keep their target; let the new one begin today or later."""

    code = "target_in_the_past"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TargetChangedMeanwhile(Rejection):
    """Somebody else set this target after you read it; read it again and repeat your change."""

    code = "target_changed_meanwhile"
    status = HTTPStatus.PRECONDITION_FAILED


class BaselineTooShort(Rejection):
    """A baseline needs at least 20 days with a figure; choose a longer time."""

    code = "baseline_too_short"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RuleUnknown(Rejection):
    """Control charts have no rule of that name; the page about the metric lists them."""

    code = "chart_rule_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ControlEntryNotFound(Rejection):
    """The control sheet has no such entry."""

    code = "control_entry_not_found"
    status = HTTPStatus.NOT_FOUND


class ControlEntryChanged(Rejection):
    """Somebody else changed this entry after you read it; read it again and repeat your change."""

    code = "control_entry_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class ControlEntryClosed(Rejection):
    """The entry is closed; when the figure is out of range again, a new one will be opened."""

    code = "control_entry_closed"


class ControlActionMissing(Rejection):
    """Say first who does what until when; then the entry can be marked as done."""

    code = "control_action_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class OwnerUnknown(Rejection):
    """There is nobody of that name who could own the entry; choose somebody from the list."""

    code = "control_owner_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ChartNotToldApart(Rejection):
    """This figure is not told apart like that; choose one of the keys that the metric lists."""

    code = "chart_not_told_apart"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoteNotFound(Rejection):
    """There is no such note on this metric's chart, or it was withdrawn."""

    code = "metric_note_not_found"
    status = HTTPStatus.NOT_FOUND


class NoteNotYours(Rejection):
    """Somebody else wrote this note; it is changed by its author, or by whoever works with the
    control sheet."""

    code = "metric_note_not_yours"
    status = HTTPStatus.FORBIDDEN


class NoteChangedMeanwhile(Rejection):
    """Somebody else changed this note after you read it; read it again and repeat your change."""

    code = "metric_note_changed"
    status = HTTPStatus.PRECONDITION_FAILED
