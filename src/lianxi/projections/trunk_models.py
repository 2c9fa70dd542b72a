"""The tables of calls that did not come about, and of how trunks stand."""

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.engine.messages.trunks import BlockedWhy
from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, TrunkId
from lianxi.kernel.time import Instant
from lianxi.projections.models import Fact


class FactBlocked(Fact, kw_only=True):
    """A call that did not come about on our side: no channel, or no way. No contact."""

    __tablename__ = "fact_blocked"
    __table_args__ = (Index(None, "at"),)

    contact: Mapped[ContactId] = mapped_column(primary_key=True)
    at: Mapped[Instant]
    channel: Mapped[Channel]
    """VOICE = it came in, OUTBOUND = it was to go out."""
    trunk: Mapped[TrunkId]
    number: Mapped[str]
    """That was dialled."""
    caller: Mapped[str]
    why: Mapped[BlockedWhy]
    position: Mapped[int] = mapped_column(BigInteger)


class TrunkStanding(Fact, kw_only=True):
    """How each trunk stands, as the switch last told."""

    __tablename__ = "trunk_standing"

    trunk: Mapped[TrunkId] = mapped_column(primary_key=True)
    is_up: Mapped[bool]
    why: Mapped[str]
    since: Mapped[Instant]
