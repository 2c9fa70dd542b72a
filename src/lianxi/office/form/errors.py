"""Refusals of forms."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class AnswersRefused(Rejection):
    """Some answers are missing or cannot be taken; the facts name each item and what is wrong with
    it."""

    code = "answers_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FormRefused(Rejection):
    """The form contradicts itself; the facts name each item and what is wrong with it."""

    code = "form_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class FormNotFound(Rejection):
    """There is no such form, or it was never published."""

    code = "form_not_found"
    status = HTTPStatus.NOT_FOUND


class FormChanged(Rejection):
    """Somebody else published a version of this form after you read it; look at both and publish
    again."""

    code = "form_changed"
    status = HTTPStatus.PRECONDITION_FAILED
