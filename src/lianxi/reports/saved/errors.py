"""Refusals of saved reports, and why a run fails."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class SavedReportNotFound(Rejection):
    """There is no saved report of that id among yours."""

    code = "saved_report_not_found"
    status = HTTPStatus.NOT_FOUND


class SavedReportChanged(Rejection):
    """Somebody changed this saved report since you opened it; load it again, then change it."""

    code = "saved_report_changed"


class SavedReportInvalid(Rejection):
    """The saved report is not written as it should be; the field named here says where."""

    code = "saved_report_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RecipientNotAllowed(Rejection):
    """You may not send reports to this person: agents send to themselves, team leads to their own
    team, everybody else to all people with an open account."""

    code = "recipient_not_allowed"
    status = HTTPStatus.FORBIDDEN


class MailNotSetUp(Rejection):
    """No mail server is set, so no report can be sent. Whoever runs the centre sets
    LIANXI_SMTP_HOST and LIANXI_SMTP_FROM and starts it again."""

    code = "mail_not_set_up"


class OwnerClosed(Rejection):
    """The account of whoever saved this report is closed, so it is not sent any more; somebody else
    has to save it anew."""

    code = "report_owner_closed"


class ReportPaused(Rejection):
    """The report was paused before everybody had it; go on with it, or send it now."""

    code = "report_paused"
