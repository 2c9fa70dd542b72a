"""Refusals of the reports."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class FormulaUnknown(Rejection):
    """This figure has no formula of that name; the page about the figure lists them."""

    code = "formula_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class QueueNotYours(Rejection):
    """You may look at the figures of your own queues only; choose one of them."""

    code = "queue_not_yours"
    status = HTTPStatus.FORBIDDEN


class MetricUnknown(Rejection):
    """There is no such figure; the list of metrics has their ids and numbers."""

    code = "metric_unknown"
    status = HTTPStatus.NOT_FOUND


class WindowInvalid(Rejection):
    """The time asked for is empty, ends before it begins, or lies outside the years 1900 to 2999;
    choose other days."""

    code = "window_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FileOfNoKind(Rejection):
    """The name of the file says what it becomes: let it end in .csv or .parquet."""

    code = "file_of_no_kind"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FileThere(Rejection):
    """There is a file of that name already; choose another name, or move that one away first."""

    code = "file_there"


class QuestionTooLarge(Rejection):
    """That would be more rows than a page can show; choose a shorter time or a wider interval, or
    let `lianxi report table` write a file."""

    code = "question_too_large"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
