"""Tables of the customers module. Imported only by the repositories."""

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.http.permissions import Scope
from lianxi.kernel.ids import CustomerId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import CheckMethod, Purpose, Sex
from lianxi.modules.customers.imports import ImportMode, ImportState

_OWNER = "customer.id"


class CustomerRow(Table):
    """A person or a company that calls."""

    __tablename__ = "customer"
    __table_args__ = (
        Index(None, "created_at", "id"),
        Index(
            "customer_merged_idx", "merged_into", postgresql_where=text("merged_into IS NOT NULL")
        ),
        Index(
            "customer_certificate_key",
            "certificate",
            unique=True,
            postgresql_where=text("certificate <> '' AND merged_into IS NULL"),
        ),
        Index("customer_words_idx", "words", postgresql_using="gin"),
    )

    id: Mapped[CustomerId] = mapped_column(primary_key=True)
    name: Mapped[str]
    certificate: Mapped[str]
    sex: Mapped[Sex]
    company: Mapped[str]
    level: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSONB)
    address: Mapped[str]
    place: Mapped[str]
    language: Mapped[str]
    remark: Mapped[str]
    confidential: Mapped[bool]
    check_method: Mapped[CheckMethod | None]
    checked_at: Mapped[Instant | None]
    checked_by: Mapped[UserId | None]
    created_at: Mapped[Instant]
    created_by: Mapped[UserId | None]
    changed_at: Mapped[Instant]
    merged_into: Mapped[CustomerId | None] = mapped_column(ForeignKey(_OWNER))
    erased_at: Mapped[Instant | None]
    """Set = what was known of the person is gone; the row stands for what is kept."""
    revision: Mapped[int]
    sounds: Mapped[str]
    """Of the name, in pinyin: initials and the whole."""
    words: Mapped[str] = mapped_column(TSVECTOR)
    """Pairs of signs of what is searched in, and the signs of the name one by one."""


class CustomerNumberRow(Table):
    """A number of a customer, in its normal form. Several customers may have the same one."""

    __tablename__ = "customer_number"
    __table_args__ = (
        Index("customer_number_key", "customer", "number", unique=True),
        Index(None, "number"),
        Index(
            "customer_number_tail_idx",
            "backwards",
            postgresql_ops={"backwards": "text_pattern_ops"},
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[CustomerId] = mapped_column(ForeignKey(_OWNER, ondelete="CASCADE"))
    number: Mapped[str]
    label: Mapped[str]
    backwards: Mapped[str]


class CustomerIdentityRow(Table):
    """By what a customer is known on another channel."""

    __tablename__ = "customer_identity"
    __table_args__ = (Index(None, "kind", "value"),)

    customer: Mapped[CustomerId] = mapped_column(
        ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)


class CustomerConsentRow(Table):
    """What a customer said last to a purpose; what was said before stands in the audit."""

    __tablename__ = "customer_consent"

    customer: Mapped[CustomerId] = mapped_column(
        ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True
    )
    purpose: Mapped[Purpose] = mapped_column(primary_key=True)
    given: Mapped[bool]
    at: Mapped[Instant]
    by: Mapped[UserId | None]
    how: Mapped[str]


class DoNotCallRow(Table):
    """A number that is not to be called, whoever has it."""

    __tablename__ = "do_not_call"

    number: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    until: Mapped[Instant | None]
    at: Mapped[Instant]
    by: Mapped[UserId | None]


class CustomerMergeRow(Table):
    """That two customers were found to be the same one, and whether that was taken back."""

    __tablename__ = "customer_merge"
    __table_args__ = (Index(None, "into"), Index(None, "one"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    one: Mapped[CustomerId] = mapped_column(ForeignKey(_OWNER))
    into: Mapped[CustomerId] = mapped_column(ForeignKey(_OWNER))
    at: Mapped[Instant]
    by: Mapped[UserId | None]
    reason: Mapped[str]
    before: Mapped[JsonObject]
    after: Mapped[JsonObject]
    undone_at: Mapped[Instant | None]
    undone_by: Mapped[UserId | None]
    undone_reason: Mapped[str]


class CustomerCodeRow(Table):
    """The code by which a customer is known on the telephone."""

    __tablename__ = "customer_code"

    customer: Mapped[CustomerId] = mapped_column(
        ForeignKey("customer.id", ondelete="CASCADE"), primary_key=True
    )
    hash: Mapped[str]
    wrong: Mapped[int]
    """Wrong codes in a row."""
    locked_until: Mapped[Instant]
    """After too many wrong ones no code is right before this moment."""
    changed_at: Mapped[Instant]


class CustomerImportRow(Table):
    """A list of customers that somebody brought."""

    __tablename__ = "customer_import"
    __table_args__ = (
        Index(None, "asked_by", "asked_at"),
        Index(
            "customer_import_open_idx",
            "asked_at",
            postgresql_where=text("state IN ('waiting', 'checking', 'taking')"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    file_name: Mapped[str]
    sha256: Mapped[str]
    mode: Mapped[ImportMode]
    only_good: Mapped[bool]
    scope: Mapped[Scope]
    asked_by: Mapped[UserId]
    asked_by_name: Mapped[str]
    asked_at: Mapped[Instant]
    state: Mapped[ImportState]
    attempts: Mapped[int]
    claimed_until: Mapped[Instant | None]
    """Until then it belongs to the worker that took it."""
    done: Mapped[int]
    of: Mapped[int | None]
    counts: Mapped[JsonObject]
    ended_at: Mapped[Instant | None]
    error: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """The file; gone when the list is taken or given up."""
    told: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """What becomes of each line, packed."""
