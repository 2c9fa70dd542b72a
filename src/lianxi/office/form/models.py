"""The tables of forms. Imported only by `repository`."""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.time import Instant


class FormRow(Table):
    """One version of a form; never changed."""

    __tablename__ = "form"

    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]
    items: Mapped[list[JsonObject]] = mapped_column(JSONB)
    published_at: Mapped[Instant]
    published_by: Mapped[str]


class FormFillRow(Table):
    """A filled form."""

    __tablename__ = "form_fill"
    __table_args__ = (
        ForeignKeyConstraint(["kind", "version"], ["form.kind", "form.version"]),
        Index(None, "subject", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    version: Mapped[int]
    subject: Mapped[str]
    answers: Mapped[JsonObject]
    filled_at: Mapped[Instant]
    filled_by: Mapped[str]
