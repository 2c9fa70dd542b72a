"""Tables of the identity module. Imported only by `repository`."""

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.engine.messages.values import DeviceKind
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import AgentId, Endpoint, RoleId, TeamId, UserId
from lianxi.kernel.time import Instant


class TeamRow(Table):
    """People who work under one team lead."""

    __tablename__ = "team"

    id: Mapped[TeamId] = mapped_column(Text, primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    lead: Mapped[UserId | None] = mapped_column(Text)
    """An account; no foreign key, because accounts refer to teams."""
    closed_at: Mapped[Instant | None]


class OwnRoleRow(Table):
    """A role that the centre made, beside those that ship."""

    __tablename__ = "own_role"

    id: Mapped[RoleId] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    permissions: Mapped[list[str]] = mapped_column(JSONB)
    scope: Mapped[Scope]
    home: Mapped[str]
    revision: Mapped[int]
    changed_at: Mapped[Instant]
    changed_by_name: Mapped[str]


class AccountRow(Table):
    """A person who may sign in."""

    __tablename__ = "account"

    id: Mapped[UserId] = mapped_column(Text, primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[RoleId] = mapped_column(String(40))
    """One that ships or an own one; no foreign key, because the former have no rows."""
    team: Mapped[TeamId | None] = mapped_column(ForeignKey("team.id"))
    agent: Mapped[AgentId | None] = mapped_column(Text, unique=True)
    password_hash: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    """Where reports go; empty when none is known."""
    created_at: Mapped[Instant]
    disabled_at: Mapped[Instant | None]


class PreferenceRow(Table):
    """What a person chose of the desktop; nobody else reads it."""

    __tablename__ = "preference"

    account: Mapped[UserId] = mapped_column(ForeignKey("account.id"), primary_key=True)
    chosen: Mapped[JsonObject]
    changed_at: Mapped[Instant]


class WebSessionRow(Table):
    """One sign-in to the web desktop."""

    __tablename__ = "web_session"
    __table_args__ = (Index(None, "account"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account: Mapped[UserId] = mapped_column(ForeignKey("account.id"))
    csrf: Mapped[str]
    began_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    address: Mapped[str]


class SignInFailureRow(Table):
    """One failed sign-in, kept for a day: what throttling counts."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index(None, "username", "at"), Index(None, "address", "at"))

    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str]
    address: Mapped[str]
    at: Mapped[Instant]


class DeskSessionRow(Table):
    """One device of one sign-in at a desk."""

    __tablename__ = "desk_session"
    __table_args__ = (
        Index(None, "agent", postgresql_where=text("ended_at IS NULL")),
        Index("desk_session_request_key", "request_key", unique=True),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    agent: Mapped[AgentId] = mapped_column(Text)
    account: Mapped[UserId] = mapped_column(ForeignKey("account.id"))
    tab: Mapped[str]
    device: Mapped[DeviceKind]
    endpoint: Mapped[Endpoint] = mapped_column(Text, unique=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """The SIP password under AES-GCM: Asterisk must be told it again after a restart."""
    request_key: Mapped[str | None]
    began_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
