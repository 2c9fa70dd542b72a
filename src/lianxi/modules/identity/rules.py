"""Decisions about people: what roles allow, how long sessions last, when attempts are too many."""

import secrets

from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.time import Instant, Millis
from lianxi.modules.identity.contracts import Failures, Role, RoleRule
from lianxi.modules.identity.errors import PasswordTooWeak

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

SESSION_LASTS = Millis(12 * HOUR)
"""From the last use: longer than a shift, shorter than a day."""
TOUCHED_EVERY = Millis(MINUTE)
"""How often the use of a session is written down."""
KEPT_IN_MEMORY = Millis(MINUTE)
"""How long a caller is believed without asking the database."""

ATTEMPT_WINDOW = Millis(15 * MINUTE)
TRIES_OF_USER_FROM_ADDRESS = 5
TRIES_OF_USER = 20
TRIES_FROM_ADDRESS = 50
"""A centre's desks may share one address; a guesser needs thousands."""

PASSWORD_LENGTH = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without the signs that look alike."""


def _rule(name: str, name_en: str, scope: Scope, home: str, *permissions: Permission) -> RoleRule:
    return RoleRule(
        name=name, name_en=name_en, permissions=frozenset(permissions), scope=scope, home=home
    )


ROLES: dict[Role, RoleRule] = {
    Role.AGENT: _rule(
        "座席",
        "Agent",
        Scope.SELF,
        "/desk",
        Permission.DESK_USE,
        Permission.RECORDS_READ,
        Permission.RECORDS_REVEAL,
        Permission.REPORTS_READ,
        Permission.CASES_READ,
        Permission.CASES_CREATE,
        Permission.CASES_HANDLE,
        Permission.CASES_CALL_BACK,
        Permission.CUSTOMERS_READ,
        Permission.CUSTOMERS_EDIT,
        Permission.ANNOUNCEMENTS_READ,
    ),
    Role.TEAM_LEAD: _rule(
        "班长",
        "Team lead",
        Scope.TEAM,
        "/live",
        Permission.DESK_USE,
        Permission.LIVE_READ,
        Permission.LIVE_FORCE,
        Permission.RECORDS_READ,
        Permission.RECORDS_PLAY,
        Permission.RECORDS_REVEAL,
        Permission.RECORDS_EXPORT,
        Permission.REPORTS_READ,
        Permission.CONTROL_USE,
        Permission.CASES_READ,
        Permission.CASES_CREATE,
        Permission.CASES_HANDLE,
        Permission.CASES_CALL_BACK,
        Permission.CASES_DISPATCH,
        Permission.SURVEYS_READ,
        Permission.CUSTOMERS_READ,
        Permission.CUSTOMERS_EDIT,
        Permission.CUSTOMERS_MERGE,
        Permission.CUSTOMERS_CONFIDENTIAL,
        Permission.ANNOUNCEMENTS_READ,
    ),
    Role.SUPERVISOR: _rule(
        "主管",
        "Supervisor",
        Scope.ALL,
        "/live",
        Permission.DESK_USE,
        Permission.LIVE_READ,
        Permission.LIVE_FORCE,
        Permission.RECORDS_READ,
        Permission.RECORDS_PLAY,
        Permission.RECORDS_DOWNLOAD,
        Permission.RECORDS_TRANSCRIBE,
        Permission.RECORDS_REVEAL,
        Permission.RECORDS_EXPORT,
        Permission.REPORTS_READ,
        Permission.TARGETS_EDIT,
        Permission.CONTROL_USE,
        Permission.REPORTS_RAW,
        Permission.COSTS_EDIT,
        Permission.FLOWS_READ,
        Permission.TEST_CALL,
        Permission.WALLS_EDIT,
        Permission.SCRIPTS_EDIT,
        Permission.SYSTEM_READ,
        Permission.CASES_READ,
        Permission.CASES_CREATE,
        Permission.CASES_HANDLE,
        Permission.CASES_CALL_BACK,
        Permission.CASES_DISPATCH,
        Permission.CASES_REVIEW,
        Permission.CASES_SUPERVISE,
        Permission.SURVEYS_READ,
        Permission.CUSTOMERS_READ,
        Permission.CUSTOMERS_EDIT,
        Permission.CUSTOMERS_MERGE,
        Permission.CUSTOMERS_CONFIDENTIAL,
        Permission.CUSTOMERS_IMPORT,
        Permission.CUSTOMERS_PERSONAL,
        Permission.ANNOUNCEMENTS_READ,
        Permission.ANNOUNCEMENTS_EDIT,
    ),
    Role.QA: _rule(
        "质检员",
        "QA inspector",
        Scope.ALL,
        "/records",
        Permission.RECORDS_READ,
        Permission.RECORDS_PLAY,
        Permission.RECORDS_TRANSCRIBE,
        Permission.RECORDS_EXPORT,
        Permission.REPORTS_READ,
        Permission.CONTROL_USE,
        Permission.CASES_READ,
        Permission.CASES_REVIEW,
        Permission.SURVEYS_READ,
        Permission.CUSTOMERS_READ,
        Permission.ANNOUNCEMENTS_READ,
    ),
    Role.PLANNER: _rule(
        "排班师",
        "Planner",
        Scope.ALL,
        "/live",
        Permission.LIVE_READ,
        Permission.REPORTS_READ,
        Permission.CONTROL_USE,
        Permission.REPORTS_RAW,
        Permission.ANNOUNCEMENTS_READ,
    ),
    Role.ADMIN: _rule(
        "管理员",
        "Administrator",
        Scope.ALL,
        "/admin",
        Permission.DESK_USE,
        Permission.LIVE_READ,
        Permission.RECORDS_READ,
        Permission.RECORDS_PLAY,
        Permission.RECORDS_KEEP,
        Permission.RECORDS_TRANSCRIBE,
        Permission.RECORDS_EXPORT,
        Permission.REPORTS_READ,
        Permission.TARGETS_EDIT,
        Permission.CONTROL_USE,
        Permission.REPORTS_RAW,
        Permission.COSTS_EDIT,
        Permission.FLOWS_READ,
        Permission.FLOWS_EDIT,
        Permission.USERS_EDIT,
        Permission.TRUNKS_EDIT,
        Permission.AUDIT_READ,
        Permission.TEST_CALL,
        Permission.ALARMS_EDIT,
        Permission.WALLS_EDIT,
        Permission.SCRIPTS_EDIT,
        Permission.SYSTEM_READ,
        Permission.CASES_READ,
        Permission.CASES_EDIT,
        Permission.SURVEYS_READ,
        Permission.CUSTOMERS_READ,
        Permission.ANNOUNCEMENTS_READ,
        Permission.ANNOUNCEMENTS_EDIT,
    ),
}
"""Which role may do what. The desk also needs an agent to be linked to the person."""


def check_password(password: str, *, username: str) -> None:
    """Length is what counts; composition rules only make people write passwords down.

    Raises:
        PasswordTooWeak.
    """
    if len(password) < PASSWORD_LENGTH or password.casefold() == username.casefold():
        raise PasswordTooWeak(least=PASSWORD_LENGTH)


def draw_password(length: int = 12) -> str:
    """A password to be read out or typed once: about 5.8 bits a sign."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def wait_before_attempt(failures: Failures, *, at: Instant) -> Millis:
    """How long until another attempt is taken; 0 = now.

    Each limit is a sliding window: an attempt is possible again when the oldest of the last N
    failures leaves the window.
    """
    waits = [0]
    for instants, limit in (
        (failures.of_user_from_address, TRIES_OF_USER_FROM_ADDRESS),
        (failures.of_user, TRIES_OF_USER),
        (failures.from_address, TRIES_FROM_ADDRESS),
    ):
        if len(instants) >= limit:
            waits.append(instants[-limit] + ATTEMPT_WINDOW - at)
    return Millis(max(waits))


def username_of(typed: str) -> str:
    """User names are compared without regard to case and outer blanks."""
    return typed.strip().casefold()
