"""Refusals of calendars."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CalendarNeverOpens(Rejection):
    """The calendar has no open window in the ten years ahead, so nothing would ever fall due; give
    it opening hours first."""

    code = "calendar_never_opens"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
