"""Tables of the ivr module. Imported only by `repository`."""

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import FlowId, UserId
from lianxi.kernel.time import Instant


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
