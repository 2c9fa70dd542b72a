"""Refusals about carriers' reports."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CarrierReportInvalid(Rejection):
    """The carrier's report is not written as it should be; the field named here says where: its day
    is today or earlier."""

    code = "carrier_report_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CarrierReportTwice(Rejection):
    """There is a report for this number and day already; cancel that one first."""

    code = "carrier_report_twice"


class CarrierReportNotFound(Rejection):
    """There is no such carrier's report, or it is cancelled already."""

    code = "carrier_report_not_found"
    status = HTTPStatus.NOT_FOUND
