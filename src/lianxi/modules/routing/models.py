"""Tables of the routing module. Imported only by `repository`."""

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import AgentId, CalendarId, FlowId, QueueId, TeamId, TrunkId
from lianxi.kernel.time import Millis


class QueueRow(Table):
    """A queue: its place in lists, and its rule in the engine's own form."""

    __tablename__ = "queue"

    id: Mapped[QueueId] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    rule: Mapped[JsonObject]


class AgentSetupRow(Table):
    """An agent as the router knows one; `rule` has levels, skills and capacity in the engine's
    own form."""

    __tablename__ = "agent_setup"

    id: Mapped[AgentId] = mapped_column(Text, primary_key=True)
    no: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    team: Mapped[TeamId] = mapped_column(ForeignKey("team.id"))
    rule: Mapped[JsonObject]


class AgentQueueRow(Table):
    """An agent serves a queue."""

    __tablename__ = "agent_queue"

    agent: Mapped[AgentId] = mapped_column(ForeignKey("agent_setup.id"), primary_key=True)
    queue: Mapped[QueueId] = mapped_column(ForeignKey("queue.id"), primary_key=True)


class DialledNumberRow(Table):
    """Which flow, or which queue, answers a dialled number."""

    __tablename__ = "dialled_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    flow: Mapped[FlowId | None]
    queue: Mapped[QueueId | None]


class TrunkRow(Table):
    """A trunk: its place in lists, its rule in the engine's own form, its password apart."""

    __tablename__ = "trunk"

    id: Mapped[TrunkId] = mapped_column(Text, primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    rule: Mapped[JsonObject]
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The password, sealed; never in the configuration."""


class OutboundRouteRow(Table):
    """Where calls out go: the first that fits counts."""

    __tablename__ = "outbound_route"

    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    rule: Mapped[JsonObject]


class NotReadyReasonRow(Table):
    """A reason for being not ready."""

    __tablename__ = "not_ready_reason"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str]
    name_en: Mapped[str]
    allowance: Mapped[Millis]
    returns_after: Mapped[Millis]


class OpeningHoursRow(Table):
    """Opening hours as people set them: `{"weekly": {"0": [[540, 1080]]}, "special": {...}}`."""

    __tablename__ = "opening_hours"

    id: Mapped[CalendarId] = mapped_column(Text, primary_key=True)
    name: Mapped[str]
    name_en: Mapped[str]
    always: Mapped[bool] = mapped_column(Boolean)
    hours: Mapped[JsonObject]


class FlowInForceRow(Table):
    """The version of a flow that new contacts begin; its history is kept by the ivr module."""

    __tablename__ = "flow_in_force"

    id: Mapped[FlowId] = mapped_column(Text, primary_key=True)
    flow: Mapped[JsonObject]


class RoutingVersionRow(Table):
    """One row: the number of the snapshot, raised with every change, and the centre-wide rules."""

    __tablename__ = "routing_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer)
    rules: Mapped[JsonObject]
    """In the engine's own form; what is missing is as the engine has it."""
