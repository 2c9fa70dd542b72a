"""Refusals of exports."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class ExportKindUnknown(Rejection):
    """There is no list of this kind that could be exported."""

    code = "export_kind_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ExportFilterInvalid(Rejection):
    """The filter of the export has a field that the list does not know, or a value that does not
    fit it; the facts name the field."""

    code = "export_filter_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ExportReasonMissing(Rejection):
    """Numbers in full are exported only with a reason: say in a few words what they are for."""

    code = "export_reason_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyExports(Rejection):
    """Several exports of yours are still being made; wait until one is done, or cancel one."""

    code = "too_many_exports"
    status = HTTPStatus.TOO_MANY_REQUESTS


class ExportNotFound(Rejection):
    """There is no such export of yours."""

    code = "export_not_found"
    status = HTTPStatus.NOT_FOUND


class ExportNotReady(Rejection):
    """The file is still being made."""

    code = "export_not_ready"


class ExportFailed(Rejection):
    """The file could not be made; the fact `error` says why. Ask for the export again."""

    code = "export_failed"


class ExportGone(Rejection):
    """The file is no longer there: it is kept for a day. Ask for the export again."""

    code = "export_gone"
    status = HTTPStatus.GONE
