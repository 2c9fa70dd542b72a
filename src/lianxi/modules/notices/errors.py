"""Refusals of the notices module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class NoticeTemplateNotFound(Rejection):
    """There is no such event to be told of; choose one from the list."""

    code = "notice_template_not_found"
    status = HTTPStatus.NOT_FOUND


class NoticeTemplateInvalid(Rejection):
    """These words cannot be used; the facts name the channel and what is wrong."""

    code = "notice_template_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NoticeTemplateChanged(Rejection):
    """Somebody else changed these words after you read them; compare both and save again."""

    code = "notice_template_changed_meanwhile"
    status = HTTPStatus.PRECONDITION_FAILED


class NoticeConnectorNotFound(Rejection):
    """There is no such connector for short messages; set it up first."""

    code = "notice_connector_not_found"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LetterNotFound(Rejection):
    """This message was not given up, or is no longer there; look at the list again."""

    code = "letter_not_found"
    status = HTTPStatus.NOT_FOUND
