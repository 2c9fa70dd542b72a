"""Refusals of the identity module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class WrongCredentials(Rejection):
    """The user name or the password is wrong, or the account is closed."""

    code = "wrong_credentials"
    status = HTTPStatus.UNAUTHORIZED


class TooManyAttempts(Rejection):
    """Too many failed sign-ins; wait until the time named here and try again."""

    code = "too_many_attempts"
    status = HTTPStatus.TOO_MANY_REQUESTS


class UserNotFound(Rejection):
    """There is no such user."""

    code = "user_not_found"
    status = HTTPStatus.NOT_FOUND


class UsernameTaken(Rejection):
    """Another user has this user name; choose a different one."""

    code = "username_taken"


class AgentTaken(Rejection):
    """Another user is linked to this agent; unlink that user first."""

    code = "agent_taken"


class AgentUnknown(Rejection):
    """There is no such agent in the routing; create the agent first."""

    code = "agent_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TeamUnknown(Rejection):
    """There is no such team."""

    code = "team_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PasswordTooWeak(Rejection):
    """A password has at least ten characters and is not the user name."""

    code = "password_too_weak"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LastAdministrator(Rejection):
    """This is the last administrator; make another one first."""

    code = "last_administrator"
