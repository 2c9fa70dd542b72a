"""Customers as others may hold them, and what the module asks of others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from lianxi.kernel.ids import CustomerId, UserId
from lianxi.kernel.time import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Where a number belongs, in both languages; empty where that is not known."""

    place: str
    place_en: str
    carrier: str = ""
    """Who gave the number out; it may have been taken elsewhere since."""
    carrier_en: str = ""


class HashesCodes(Protocol):
    """Hashes that take their time, so that a stolen table is of no use."""

    async def hash(self, password: str) -> str:
        """What may be stored."""
        ...

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is right; without a stored hash the same time is taken."""
        ...


class Sex(StrEnum):
    """How a person is addressed."""

    UNKNOWN = ""
    FEMALE = "female"
    MALE = "male"


class Purpose(StrEnum):
    """What a customer may say yes or no to."""

    RECORDING = "recording"
    MARKETING = "marketing"
    SURVEY = "survey"
    NOTICE = "notice"
    """To be told by e-mail or short message how the own matter stands; unless refused, one is."""


class ConsentAnswer(StrEnum):
    """What a customer said last to a purpose."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    """Nothing so far."""


class CheckMethod(StrEnum):
    """How it was found out that the customer is who the customer claims to be."""

    PASSWORD = "password"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotCall:
    """That a number is not to be called, and why."""

    reason: str
    until: Instant | None
    """None = for good."""
    at: Instant
    by: UserId | None


class WhyNot(StrEnum):
    """What speaks against contacting somebody."""

    DO_NOT_CALL = "do_not_call"
    REFUSED = "refused"
    """The customer said no to that purpose."""
    NOT_ASKED = "not_asked"
    """The purpose needs a yes, and there is none."""
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class MayContact:
    """Whether somebody may be contacted."""

    allowed: bool
    why: WhyNot | None = None
    reason: str = ""
    """In the words that were written down."""
    until: Instant | None = None
    """Until when a number is not to be called; None = for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerNumber:
    """A number of a customer; others may have the same one."""

    id: str
    number: str
    """In its normal form, in full."""
    label: str = ""
    do_not_call: DoNotCall | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNumber:
    """A number that a customer is to have, however it is written."""

    number: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelIdentity:
    """By what a customer is known on another channel."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a customer said to a purpose."""

    purpose: Purpose
    given: bool
    """False = refused."""
    at: Instant
    by: UserId | None
    how: str
    """By what it can be shown: a call, a form, a letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityCheck:
    """The last time it was found out that the customer is who the customer claims to be."""

    method: CheckMethod
    at: Instant
    by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a customer, numbers apart."""

    name: str
    certificate: str = ""
    """用户证号; no two customers have the same."""
    sex: Sex = Sex.UNKNOWN
    company: str = ""
    level: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    place: str = ""
    language: str = ""
    remark: str = ""
    confidential: bool = False
    identities: tuple[ChannelIdentity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A customer, whole."""

    id: CustomerId
    profile: Profile
    numbers: tuple[CustomerNumber, ...] = ()
    consents: tuple[Consent, ...] = ()
    check: IdentityCheck | None = None
    created_at: Instant
    created_by: UserId | None = None
    changed_at: Instant
    merged_into: CustomerId | None = None
    """Set = the same as that one; this one is kept as it was and found no more."""
    erased_at: Instant | None = None
    """Set = the person had everything erased; nothing is known any more."""
    revision: int = 1


class DuplicateWhy(StrEnum):
    """What customers have in common."""

    NUMBER = "number"
    CERTIFICATE = "certificate"
    """The same signs, dashes and the like apart."""
    NAME_ADDRESS = "name_address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """Who looks: confidential customers are seen by those who may, and by whoever made them."""

    user: UserId
    confidential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFilter:
    """What narrows the list; None narrows nothing."""

    text: str | None = None
    """Words that stand in the name, its pinyin, the company, the address or the certificate."""
    number_tail: str | None = None
    certificate: str | None = None
    level: str | None = None
    tag: str | None = None
    consent: Purpose | None = None
    answer: ConsentAnswer = ConsentAnswer.YES
    """To that purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """That two customers were found to be the same one."""

    id: int
    one: CustomerId
    into: CustomerId
    at: Instant
    by: UserId | None
    reason: str
    before: Customer
    """The one that stays, as it was."""
    after: Customer
    undone_at: Instant | None = None
    undone_by: UserId | None = None
    undone_reason: str = ""
