"""Refusals of signatures."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class NotYourStep(Rejection):
    """Another step has to be signed first, or this one is signed already."""

    code = "not_your_step"


class RoleCannotSign(Rejection):
    """This step is signed by somebody with another role or post."""

    code = "role_cannot_sign"
    status = HTTPStatus.FORBIDDEN


class SignedAlready(Rejection):
    """You have signed another step of this; one person signs one step only."""

    code = "signed_already"
