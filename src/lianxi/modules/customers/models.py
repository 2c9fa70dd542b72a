"""Tables of the customers module. Imported only by `repository`."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import Table
from lianxi.kernel.time import Instant


class CustomerRow(Table):
    """A person or a company that calls."""

    __tablename__ = "customer"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[Instant]


class CustomerNumberRow(Table):
    """A number of a customer, in its normal form. A number belongs to one customer."""

    __tablename__ = "customer_number"

    number: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), index=True)


class CustomerCodeRow(Table):
    """The code by which a customer is known on the telephone."""

    __tablename__ = "customer_code"

    customer: Mapped[str] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True
    )
    hash: Mapped[str]
    wrong: Mapped[int]
    """Wrong codes in a row."""
    locked_until: Mapped[Instant]
    """After too many wrong ones no code is right before this moment."""
    changed_at: Mapped[Instant]
