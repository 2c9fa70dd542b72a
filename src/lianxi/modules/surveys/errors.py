"""Refusals of the surveys module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class SurveyNotFound(Rejection):
    """There is no such survey; the link may have been copied in part."""

    code = "survey_not_found"
    status = HTTPStatus.NOT_FOUND


class SurveyChanged(Rejection):
    """Somebody else changed this survey after you read it; look at both and save again."""

    code = "survey_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class SurveyInvalid(Rejection):
    """A survey cannot be like this; the facts name the field and what is wrong with it."""

    code = "survey_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class SurveyAnswered(Rejection):
    """This survey was answered already; thank you."""

    code = "survey_answered"


class SurveyExpired(Rejection):
    """The time for this survey is over."""

    code = "survey_expired"
    status = HTTPStatus.GONE


class SurveyAskedAlready(Rejection):
    """The customer was asked about this resolution already; nobody is asked twice."""

    code = "survey_asked_already"


class SurveyNotDue(Rejection):
    """This work order is not done yet; customers are asked about what was done."""

    code = "survey_not_due"
