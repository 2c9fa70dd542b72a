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
    """There is no such team, or it is closed; choose another."""

    code = "team_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PasswordNotRight(Rejection):
    """This is not the present password; type it again, or ask an administrator for a new one."""

    code = "password_not_right"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PasswordTooWeak(Rejection):
    """A password has at least ten characters and is not the user name."""

    code = "password_too_weak"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LastAdministrator(Rejection):
    """This is the last administrator; make another one first."""

    code = "last_administrator"


class RoleNotFound(Rejection):
    """There is no such role any more."""

    code = "role_not_found"
    status = HTTPStatus.NOT_FOUND


class RoleUnknown(Rejection):
    """There is no such role; choose another."""

    code = "role_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RoleNameTaken(Rejection):
    """Another role has this name; choose a different one."""

    code = "role_name_taken"


class RoleShipped(Rejection):
    """This role ships with the product and stays as it is; clone it, and change the clone."""

    code = "role_shipped"


class RoleInUse(Rejection):
    """Somebody still has this role: the facts name them. Give them another role first."""

    code = "role_in_use"


class RoleAllowsTooMuch(Rejection):
    """This role allows more than you may do yourself: the facts say what. Leave it out, or ask an
    administrator."""

    code = "role_allows_too_much"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class PersonMayMore(Rejection):
    """This person may do more than you, so an administrator must make this change."""

    code = "person_may_more"
    status = HTTPStatus.FORBIDDEN


class RoleHomeClosed(Rejection):
    """The role does not open the page on which it lands; choose another page, or allow it."""

    code = "role_home_closed"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TeamNotFound(Rejection):
    """There is no such team."""

    code = "team_not_found"
    status = HTTPStatus.NOT_FOUND


class TeamNameTaken(Rejection):
    """Another team has this name; choose a different one."""

    code = "team_name_taken"


class TeamNotEmpty(Rejection):
    """Somebody still belongs to this team; move them to another team first."""

    code = "team_not_empty"


class TeamLeadUnfit(Rejection):
    """A team is led by somebody with an open account; choose another person."""

    code = "team_lead_unfit"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TeamMissing(Rejection):
    """Who takes calls belongs to a team; choose one."""

    code = "team_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AgentNumberFixed(Rejection):
    """The number of an agent does not change, because reports stand on it; create another person
    for another number."""

    code = "agent_number_fixed"


class SignInNotFound(Rejection):
    """There is no such sign-in of yours, or it has ended."""

    code = "sign_in_not_found"
    status = HTTPStatus.NOT_FOUND


class KeyNotFound(Rejection):
    """There is no such API key."""

    code = "key_not_found"
    status = HTTPStatus.NOT_FOUND


class KeyAllowsTooMuch(Rejection):
    """An API key may not do what the facts name: what only people do, or what you may not do
    yourself. Leave it out."""

    code = "key_allows_too_much"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class KeyExpiryInvalid(Rejection):
    """An API key ends within two years; choose a day before that."""

    code = "key_expiry_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequests(Rejection):
    """This API key asks too often; wait as long as the answer says."""

    code = "too_many_requests"
    status = HTTPStatus.TOO_MANY_REQUESTS
