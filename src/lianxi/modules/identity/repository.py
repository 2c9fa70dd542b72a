"""All SQL about people, web sessions and desk sessions. Returns contracts, never rows."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import AgentId, Endpoint, RoleId, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity.contracts import Failures, Role, Team, User
from lianxi.modules.identity.errors import UserNotFound
from lianxi.modules.identity.models import (
    AccountRow,
    DeskSessionRow,
    SignInFailureRow,
    TeamRow,
    WebSessionRow,
)


class SignInRecord(NamedTuple):
    """A user with what is compared at sign-in."""

    user: User
    password_hash: str


class LiveSession(NamedTuple):
    """A web session that is neither over nor revoked, with its person."""

    id: str
    csrf: str
    expires_at: Instant
    user: User


class PeopleRepository:
    """Users and teams."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user: UserId, *, lock: bool = False) -> User:
        """Return the user.

        Raises:
            UserNotFound.
        """
        row = await self._session.get(AccountRow, user, with_for_update=lock or None)
        if row is None:
            raise UserNotFound(user=user)
        return user_of(row)

    async def all(self) -> list[User]:
        """Every user, by user name."""
        rows = await self._session.scalars(select(AccountRow).order_by(AccountRow.username))
        return [user_of(row) for row in rows]

    async def some(self, ids: Iterable[UserId]) -> list[User]:
        """Those of these that there are."""
        rows = await self._session.scalars(select(AccountRow).where(AccountRow.id.in_(list(ids))))
        return [user_of(row) for row in rows]

    async def of_team(self, team: TeamId) -> list[UserId]:
        """Who is in a team."""
        query = select(AccountRow.id).where(AccountRow.team == team).order_by(AccountRow.id)
        return list(await self._session.scalars(query))

    async def by_username(self, username: str) -> SignInRecord | None:
        """The user of that name, open or closed, with the stored hash."""
        row = await self._session.scalar(select(AccountRow).where(AccountRow.username == username))
        return None if row is None else SignInRecord(user_of(row), row.password_hash)

    async def by_agent(self, agent: AgentId) -> User | None:
        """The user linked to the agent."""
        row = await self._session.scalar(select(AccountRow).where(AccountRow.agent == agent))
        return None if row is None else user_of(row)

    async def administrators(self) -> int:
        """How many open administrator accounts there are; they stay locked until the commit."""
        query = (
            select(AccountRow.id)
            .where(AccountRow.role == Role.ADMIN.value, AccountRow.disabled_at.is_(None))
            .with_for_update()
        )
        return len((await self._session.scalars(query)).all())

    async def add(self, user: User, *, password_hash: str) -> None:
        """Store a new user."""
        self._session.add(
            AccountRow(
                id=user.id,
                username=user.username,
                name=user.name,
                role=RoleId(str(user.role)),
                team=user.team,
                agent=user.agent,
                password_hash=password_hash,
                created_at=user.created_at,
                disabled_at=user.disabled_at,
                email=user.email,
            )
        )
        await self._session.flush()

    async def change(self, user: UserId, **fields: Any) -> None:
        """Set columns of a user."""
        await self._session.execute(
            update(AccountRow).where(AccountRow.id == user).values(**fields)
        )

    async def teams(self) -> list[Team]:
        """Every team, by id."""
        rows = await self._session.scalars(select(TeamRow).order_by(TeamRow.id))
        return [team_of(row) for row in rows]

    async def has_team(self, team: TeamId) -> bool:
        """Whether there is such a team, and it is open."""
        row = await self._session.get(TeamRow, team)
        return row is not None and row.closed_at is None

    async def add_team(self, team: Team) -> None:
        """Store a new team."""
        row = TeamRow(id=team.id, name=team.name, name_en=team.name_en, lead=team.lead)
        self._session.add(row)
        await self._session.flush()


class WebSessionRepository:
    """Sign-ins to the web desktop, and those that failed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: WebSessionRow) -> None:
        """Store a new session."""
        self._session.add(row)
        await self._session.flush()

    async def touch(self, token_hash: bytes, *, at: Instant, until: Instant) -> LiveSession | None:
        """Write down that the session is in use, and return it; None when it is over."""
        query = (
            update(WebSessionRow)
            .where(
                WebSessionRow.token_hash == token_hash,
                WebSessionRow.ended_at.is_(None),
                WebSessionRow.expires_at > at,
                AccountRow.id == WebSessionRow.account,
                AccountRow.disabled_at.is_(None),
            )
            .values(seen_at=at, expires_at=until)
            .returning(WebSessionRow.id, WebSessionRow.csrf, AccountRow)
            .execution_options(synchronize_session=False)
        )
        found = (await self._session.execute(query)).one_or_none()
        if found is None:
            return None
        identifier, csrf, account = found
        return LiveSession(identifier, csrf, until, user_of(account))

    async def end(self, identifier: str, *, at: Instant) -> None:
        """End one session."""
        await self._end(WebSessionRow.id == identifier, at)

    async def end_all_of(self, user: UserId, *, at: Instant, but: str = "") -> None:
        """End every session of a person; `but` names one that goes on."""
        await self._end((WebSessionRow.account == user) & (WebSessionRow.id != but), at)

    async def _end(self, which: Any, at: Instant) -> None:
        await self._session.execute(
            update(WebSessionRow)
            .where(which, WebSessionRow.ended_at.is_(None))
            .values(ended_at=at)
            .execution_options(synchronize_session=False)
        )

    async def failures(self, username: str, address: str, *, since: Instant) -> Failures:
        """Failed sign-ins since then, oldest first."""
        rows = (
            await self._session.execute(
                select(SignInFailureRow.username, SignInFailureRow.address, SignInFailureRow.at)
                .where(
                    SignInFailureRow.at > since,
                    (SignInFailureRow.username == username) | (SignInFailureRow.address == address),
                )
                .order_by(SignInFailureRow.at)
            )
        ).all()
        return Failures(
            of_user_from_address=[
                row.at for row in rows if row.username == username and row.address == address
            ],
            of_user=[row.at for row in rows if row.username == username],
            from_address=[row.at for row in rows if row.address == address],
        )

    async def add_failure(self, row: SignInFailureRow, *, forget_before: Instant) -> None:
        """Store a failed sign-in and drop those that nobody counts any more."""
        await self._session.execute(
            delete(SignInFailureRow).where(SignInFailureRow.at < forget_before)
        )
        self._session.add(row)

    async def forget_failures(self, username: str, address: str) -> None:
        """The right password was given from there: the earlier failures were slips."""
        await self._session.execute(
            delete(SignInFailureRow).where(
                SignInFailureRow.username == username, SignInFailureRow.address == address
            )
        )


class DeskSessionRepository:
    """Devices of signed-in desks."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, row: DeskSessionRow) -> None:
        """Store a new desk session."""
        self._session.add(row)
        await self._session.flush()

    async def living(self, agent: AgentId) -> list[DeskSessionRow]:
        """The agent's desk sessions that have not ended, newest first."""
        query = (
            select(DeskSessionRow)
            .where(DeskSessionRow.agent == agent, DeskSessionRow.ended_at.is_(None))
            .order_by(DeskSessionRow.began_at.desc())
        )
        return list(await self._session.scalars(query))

    async def by_request_key(self, key: str) -> DeskSessionRow | None:
        """The desk session that an earlier request with this key made."""
        return await self._session.scalar(
            select(DeskSessionRow).where(DeskSessionRow.request_key == key)
        )

    async def at(self, endpoint: Endpoint) -> DeskSessionRow | None:
        """The desk session of a device, ended or not."""
        return await self._session.scalar(
            select(DeskSessionRow).where(DeskSessionRow.endpoint == endpoint)
        )

    async def living_at(self, endpoint: Endpoint) -> DeskSessionRow | None:
        """The desk session of a device, unless it has ended."""
        return await self._session.scalar(
            select(DeskSessionRow).where(
                DeskSessionRow.endpoint == endpoint, DeskSessionRow.ended_at.is_(None)
            )
        )

    async def end(self, endpoints: Iterable[Endpoint], *, at: Instant) -> None:
        """End the desk sessions of these devices that began before then."""
        await self._session.execute(
            update(DeskSessionRow)
            .where(
                DeskSessionRow.endpoint.in_(list(endpoints)),
                DeskSessionRow.ended_at.is_(None),
                DeskSessionRow.began_at <= at,
            )
            .values(ended_at=at)
            .execution_options(synchronize_session=False)
        )

    async def end_others(self, kept: Iterable[Endpoint], *, before: Instant) -> None:
        """End the desk sessions of all other devices that began before then."""
        await self._session.execute(
            update(DeskSessionRow)
            .where(
                DeskSessionRow.endpoint.not_in(list(kept)),
                DeskSessionRow.ended_at.is_(None),
                DeskSessionRow.began_at < before,
            )
            .values(ended_at=before)
            .execution_options(synchronize_session=False)
        )


def team_of(row: TeamRow) -> Team:
    """The contract of a row."""
    return Team(
        id=row.id, name=row.name, name_en=row.name_en, lead=row.lead, closed_at=row.closed_at
    )


def user_of(row: AccountRow) -> User:
    """The contract of a row."""
    return User(
        id=row.id,
        username=row.username,
        name=row.name,
        role=row.role,
        team=row.team,
        agent=row.agent,
        disabled_at=row.disabled_at,
        created_at=row.created_at,
        email=row.email,
    )
