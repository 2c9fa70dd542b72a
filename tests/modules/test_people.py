"""People, their sessions and their devices, on a real database."""

from dataclasses import replace
from pathlib import Path

import pytest

from lianxi.db.session import Database
from lianxi.engine.messages.agent_events import AgentWent
from lianxi.engine.messages.values import DeviceKind
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, Endpoint, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade, rules, seed, subscribers
from lianxi.modules.identity.contracts import NewUser, Role
from lianxi.modules.identity.desks import Desks
from lianxi.modules.identity.errors import (
    AgentTaken,
    LastAdministrator,
    PasswordTooWeak,
    TeamUnknown,
    TooManyAttempts,
    UsernameTaken,
    WrongCredentials,
)
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.router import router
from lianxi.modules.identity.vault import Vault
from lianxi.modules.identity.web_sessions import WebSessions, caller_of
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository
from tests.builders.small_app import browser, small_app

pytestmark = pytest.mark.db

NOW = Instant(1_790_000_000_000)
PASSWORD = "a long password"
PASSWORDS = Passwords()


def after(seconds: float) -> Instant:
    return Instant(NOW + int(seconds * 1000))


async def a_user(
    database: Database, username: str = "8001", role: Role = Role.AGENT, agent: str | None = "8001"
) -> UserId:
    new = NewUser(
        username=username,
        name=username,
        role=role,
        agent=AgentId(agent) if agent else None,
        password=PASSWORD,
    )
    async with database.sessions.begin() as session:
        user, _ = await facade.create_user(session, new, passwords=PASSWORDS, at=NOW, by=None)
    return user.id


async def acts(database: Database) -> list[Act]:
    async with database.sessions() as session:
        return [row.act for row in await AuditRepository(session).newest(limit=50)]


async def test_the_right_password_opens_a_session_that_is_audited(database: Database) -> None:
    await a_user(database)
    web = WebSessions(database.sessions, PASSWORDS)
    opened = await web.sign_in(" 8001 ", PASSWORD, at=NOW, address="10.0.0.1")
    assert opened.caller.may(Permission.DESK_USE)
    assert opened.caller.scope is Scope.SELF
    found = await web.find(opened.token, at=after(5), address="10.0.0.1")
    assert found == opened.caller
    assert await acts(database) == [Act.SIGNED_IN, Act.USER_CREATED]


async def test_a_session_survives_a_restart_because_its_hash_is_stored(database: Database) -> None:
    await a_user(database)
    opened = await WebSessions(database.sessions, PASSWORDS).sign_in(
        "8001", PASSWORD, at=NOW, address=""
    )
    again = WebSessions(database.sessions, PASSWORDS)
    assert await again.find(opened.token, at=after(5), address="") == opened.caller
    assert await again.find(opened.token + "x", at=after(5), address="") is None


async def test_a_session_ends_twelve_hours_after_its_last_use(database: Database) -> None:
    await a_user(database)
    web = WebSessions(database.sessions, PASSWORDS)
    opened = await web.sign_in("8001", PASSWORD, at=NOW, address="")
    used = Instant(NOW + rules.SESSION_LASTS - 1000)
    assert await web.find(opened.token, at=used, address="") is not None
    later = Instant(used + rules.SESSION_LASTS - 1000)
    assert await web.find(opened.token, at=later, address="") is not None
    too_late = Instant(later + rules.SESSION_LASTS)
    assert await web.find(opened.token, at=too_late, address="") is None


async def test_signing_out_ends_the_session_at_once(database: Database) -> None:
    await a_user(database)
    web = WebSessions(database.sessions, PASSWORDS)
    opened = await web.sign_in("8001", PASSWORD, at=NOW, address="")
    await web.sign_out(opened.caller, at=after(1))
    assert await web.find(opened.token, at=after(2), address="") is None


async def test_five_wrong_passwords_make_the_sixth_attempt_wait(database: Database) -> None:
    await a_user(database)
    web = WebSessions(database.sessions, PASSWORDS)
    for second in range(5):
        with pytest.raises(WrongCredentials):
            await web.sign_in("8001", "wrong", at=after(second), address="10.0.0.1")
    with pytest.raises(TooManyAttempts) as refused:
        await web.sign_in("8001", PASSWORD, at=after(10), address="10.0.0.1")
    assert refused.value.facts["retry_after_s"] == 15 * 60 - 10
    # From another desk the same person still gets in, and so does the same desk later.
    await web.sign_in("8001", PASSWORD, at=after(10), address="10.0.0.2")
    await web.sign_in("8001", PASSWORD, at=after(901), address="10.0.0.1")


async def test_a_closed_account_and_an_unknown_name_are_refused_alike(database: Database) -> None:
    user = await a_user(database)
    admin = await a_user(database, "admin", Role.ADMIN, None)
    web = WebSessions(database.sessions, PASSWORDS)
    opened = await web.sign_in("8001", PASSWORD, at=NOW, address="")
    by = replace(opened.caller, user=admin)
    async with database.sessions.begin() as session:
        await facade.change_user(session, user, {}, disabled=True, at=NOW, by=by)
    web.forget(user=user)
    assert await web.find(opened.token, at=after(1), address="") is None
    for name in ("8001", "nobody"):
        with pytest.raises(WrongCredentials):
            await web.sign_in(name, PASSWORD, at=NOW, address="")


async def test_an_address_is_set_without_ending_anybodys_session(database: Database) -> None:
    user = await a_user(database)
    web = WebSessions(database.sessions, PASSWORDS)
    opened = await web.sign_in("8001", PASSWORD, at=NOW, address="")
    async with database.sessions.begin() as session:
        changes = {"email": "8001@example.com"}
        changed = await facade.change_user(
            session, user, changes, disabled=None, at=NOW, by=opened.caller
        )
    assert changed.email == "8001@example.com"
    web.forget(user=user)
    assert await web.find(opened.token, at=after(1), address="") is not None
    async with database.sessions() as session:
        row = (await AuditRepository(session).newest(limit=1))[0]
    assert (row.act, row.after) == (Act.USER_CHANGED, {"email": "8001@example.com"})


async def test_one_sets_the_own_address_and_the_audit_says_who(database: Database) -> None:
    user = await a_user(database)
    opened = await WebSessions(database.sessions, PASSWORDS).sign_in(
        "8001", PASSWORD, at=NOW, address=""
    )
    agent = replace(opened.caller, csrf="token")
    async with browser(small_app(database, agent, [router], now=after(1))) as own:
        # When an agent, who may change nobody, looks, writes nonsense, and then an address
        assert (await own.get("/api/profile")).json() == {"email": ""}
        refused = await own.put("/api/profile", json={"email": "nowhere"})
        taken = await own.put("/api/profile", json={"email": "a@example.com"})
        others = await own.get("/api/users")
    # Then the address is the agent's, nothing else of anybody is told
    assert (refused.status_code, refused.json()["facts"]["field"]) == (422, "body.email")
    assert taken.json() == {"email": "a@example.com"}
    assert others.status_code == 403
    async with database.sessions() as session:
        row = (await AuditRepository(session).newest(limit=1))[0]
    assert (row.who, row.object, row.after) == (user, f"user:{user}", {"email": "a@example.com"})


async def test_the_last_administrator_stays(database: Database) -> None:
    admin = await a_user(database, "admin", Role.ADMIN, None)
    async with database.sessions() as session:
        (user,) = await facade.users(session)
        by = caller_of(user, rules.ROLES[Role.ADMIN], session="s", csrf="c", address="")
    for change, disabled in (({}, True), ({"role": "qa"}, None)):
        with pytest.raises(LastAdministrator):
            async with database.sessions.begin() as session:
                await facade.change_user(session, admin, change, disabled=disabled, at=NOW, by=by)


async def test_names_agents_teams_and_passwords_are_checked(database: Database) -> None:
    await a_user(database)
    base = NewUser(username="x", name="x", role=Role.AGENT)
    for new, refusal in (
        (replace(base, username="8001"), UsernameTaken),
        (replace(base, agent=AgentId("8001")), AgentTaken),
        (replace(base, team=TeamId("nowhere")), TeamUnknown),
        (replace(base, password="short"), PasswordTooWeak),
    ):
        with pytest.raises(refusal):
            async with database.sessions.begin() as session:
                await facade.create_user(session, new, passwords=PASSWORDS, at=NOW, by=None)


async def test_a_desk_gets_the_same_device_for_the_same_tab_and_loses_it_at_sign_out(
    database: Database,
) -> None:
    user = await a_user(database)
    vault = Vault(Vault.draw_key())
    desks = Desks(database.sessions, vault)

    async def sign_in(tab: str, key: str | None = None) -> Endpoint:
        opened = await desks.open(
            agent=AgentId("8001"), user=user, tab=tab, device=DeviceKind.BROWSER, key=key, at=NOW
        )
        assert await desks.password(opened.endpoint) == opened.password
        return opened.endpoint

    first = await sign_in("tab-1", "key")
    assert await sign_in("tab-1") == first
    assert await sign_in("tab-9", "key") == first
    other = await sign_in("tab-2")
    assert other != first
    went = AgentWent(at=after(60), agent=AgentId("8001"), endpoint=first)
    await subscribers.react(desks, [went])
    fresh = Desks(database.sessions, vault)
    assert await desks.password(first) is None
    assert await fresh.password(first) is None
    assert await fresh.password(other) is not None
    assert await Desks(database.sessions, Vault(Vault.draw_key())).password(other) is None


async def test_a_desk_telephone_keeps_its_name_and_password(database: Database) -> None:
    user = await a_user(database)
    desks = Desks(database.sessions, Vault(Vault.draw_key()))

    async def sign_in(tab: str, at: Instant) -> tuple[Endpoint, str]:
        opened = await desks.open(
            agent=AgentId("8001"), user=user, tab=tab, device=DeviceKind.PHONE, key=None, at=at
        )
        return opened.endpoint, opened.password

    first = await sign_in("tab-1", NOW)
    went = AgentWent(at=after(60), agent=AgentId("8001"), endpoint=first[0])
    await subscribers.react(desks, [went])
    assert await desks.password(went.endpoint) is None
    assert await sign_in("tab-2", after(100)) == first
    # Hearing of the old sign-out again does not end the new sign-in.
    await subscribers.react(desks, [went])
    assert await desks.password(went.endpoint) == first[1]


async def test_the_demonstration_people_can_all_sign_in(database: Database, tmp_path: Path) -> None:
    async with database.sessions.begin() as session:
        accounts = await seed.plant(session, passwords=PASSWORDS, at=NOW)
    written = seed.write_accounts(accounts, tmp_path)
    assert written.stat().st_mode & 0o777 == 0o600
    assert seed.read_accounts(tmp_path) == accounts
    web = WebSessions(database.sessions, PASSWORDS)
    roles = set()
    for account in accounts:
        opened = await web.sign_in(account["username"], account["password"], at=NOW, address="")
        roles.add(opened.caller.role)
    assert roles == {role.value for role in Role}
