"""The tables of what a hotline sets up for its work orders. Imported only by the repositories."""

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import AreaId
from lianxi.modules.cases.contracts import AuditMode, Category


class CaseTypeRow(Table):
    """What kinds of work orders there are."""

    __tablename__ = "case_type"

    kind: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[Category]
    zh: Mapped[str]
    en: Mapped[str]
    form: Mapped[str]
    callback_required: Mapped[bool]
    audit_mode: Mapped[AuditMode]
    sample_percent: Mapped[int]
    priority: Mapped[int]
    is_active: Mapped[bool]
    position: Mapped[int]
    revision: Mapped[int]


class AreaRow(Table):
    """工区."""

    __tablename__ = "work_area"

    id: Mapped[AreaId] = mapped_column(primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]
    area_class: Mapped[str]
    workers: Mapped[list[str]] = mapped_column(JSONB)
    staff: Mapped[list[str]] = mapped_column(JSONB)
    is_active: Mapped[bool]
    revision: Mapped[int]


class CatalogueRow(Table):
    """Which area handles what."""

    __tablename__ = "work_area_rule"
    __table_args__ = (Index("work_area_rule_key", "kind", "place", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    place: Mapped[str]
    area: Mapped[AreaId] = mapped_column(ForeignKey("work_area.id"))
