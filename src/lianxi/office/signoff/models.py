"""The table of signatures. Imported only by `repository`."""

from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant


class SignatureRow(Table):
    """That somebody signed; never changed."""

    __tablename__ = "signature"
    __table_args__ = (Index("signature_once_key", "subject", "step", "content", unique=True),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    subject: Mapped[str]
    step: Mapped[str]
    role: Mapped[str]
    person: Mapped[UserId]
    name: Mapped[str]
    content: Mapped[str]
    at: Mapped[Instant]
    note: Mapped[str]
