"""Tables of the ivr module. Imported only by `repository`."""

from sqlalchemy import BigInteger, Identity, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import FlowId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.ivr.contracts import PlanState


class FlowVersionRow(Table):
    """One published version of a flow; never changed: contacts in it finish on it."""

    __tablename__ = "flow_version"

    flow: Mapped[FlowId] = mapped_column(Text, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    body: Mapped[JsonObject]
    published_at: Mapped[Instant]
    published_by: Mapped[UserId | None]
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it was published, in the words of whoever did."""


class FlowDraftRow(Table):
    """What one person is drawing; gone when it is published or discarded."""

    __tablename__ = "flow_draft"

    flow: Mapped[FlowId] = mapped_column(Text, primary_key=True)
    person: Mapped[UserId] = mapped_column(Text, primary_key=True)
    body: Mapped[JsonObject]
    """As it was drawn: it need not be a flow yet."""
    based_on: Mapped[int]
    revision: Mapped[int] = mapped_column(BigInteger)
    """Of this draft; each saving raises it."""
    saved_at: Mapped[Instant]


class FlowPlanRow(Table):
    """A version that comes into force at a set time, or did."""

    __tablename__ = "flow_plan"
    __table_args__ = (
        Index(
            "flow_plan_waiting_key", "flow", unique=True, postgresql_where=text("state = 'waiting'")
        ),
        Index("flow_plan_flow_idx", "flow", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    flow: Mapped[FlowId]
    body: Mapped[JsonObject]
    based_on: Mapped[int]
    due_at: Mapped[Instant]
    note: Mapped[str]
    planned_by: Mapped[UserId | None]
    planned_at: Mapped[Instant]
    state: Mapped[PlanState]
    ended_at: Mapped[Instant | None]
    version: Mapped[int | None]
    """The version it became."""
    refusal: Mapped[JsonObject | None]
    """Why it did not: the code, and its facts."""
