"""What goes over HTTP about customers; numbers are masked unless they were asked for in full."""

from pydantic import BaseModel, ConfigDict

from lianxi.kernel.masking import mask
from lianxi.modules.customers.contracts import (
    CheckMethod,
    Customer,
    CustomerNumber,
    Merge,
    Purpose,
    Region,
    Sex,
)
from lianxi.modules.customers.regions import region_of


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class DoNotCallOut(_Out):
    """That a number is not to be called; `until` null = for good."""

    reason: str
    until: int | None
    at: int
    by: str | None


class CustomerNumberOut(_Out):
    """A number and where it belongs."""

    id: str
    number: str
    label: str
    region: Region | None
    do_not_call: DoNotCallOut | None

    @classmethod
    def of(cls, one: CustomerNumber, *, full: bool = False) -> "CustomerNumberOut":
        """A number as it is shown."""
        return cls(
            id=one.id,
            number=one.number if full else mask(one.number),
            label=one.label,
            region=region_of(one.number),
            do_not_call=(DoNotCallOut.model_validate(one.do_not_call) if one.do_not_call else None),
        )


class CustomerIdentityOut(_Out):
    """By what a customer is known on another channel."""

    kind: str
    value: str


class ConsentOut(_Out):
    """What the customer said last to a purpose."""

    purpose: Purpose
    given: bool
    at: int
    by: str | None
    how: str


class CustomerCheckOut(_Out):
    """The last time it was found out that it is this customer."""

    method: CheckMethod
    at: int
    by: str | None


class CustomerLineOut(BaseModel):
    """A customer in a list."""

    id: str
    name: str
    certificate: str
    company: str
    level: str
    tags: list[str]
    place: str
    confidential: bool
    numbers: list[str]
    """Masked."""
    consents: list[ConsentOut]
    created_at: int
    revision: int

    @classmethod
    def of(cls, customer: Customer) -> "CustomerLineOut":
        """A customer as it stands in lists."""
        profile = customer.profile
        return cls(
            id=customer.id,
            name=profile.name,
            certificate=profile.certificate,
            company=profile.company,
            level=profile.level,
            tags=list(profile.tags),
            place=profile.place,
            confidential=profile.confidential,
            numbers=[mask(one.number) for one in customer.numbers],
            consents=[ConsentOut.model_validate(one) for one in customer.consents],
            created_at=customer.created_at,
            revision=customer.revision,
        )


class CustomerProfileOut(_Out):
    """What is known of a customer, numbers apart."""

    name: str
    certificate: str
    sex: Sex
    company: str
    level: str
    tags: list[str]
    address: str
    place: str
    language: str
    remark: str
    confidential: bool
    identities: list[CustomerIdentityOut]


class CustomerOut(BaseModel):
    """A customer, whole. `merged_into` set = that one is the same, open it; `erased_at` set =
    nothing is known any more."""

    id: str
    profile: CustomerProfileOut
    numbers: list[CustomerNumberOut]
    consents: list[ConsentOut]
    check: CustomerCheckOut | None
    created_at: int
    created_by: str | None
    changed_at: int
    merged_into: str | None
    erased_at: int | None
    revision: int

    @classmethod
    def of(cls, customer: Customer, *, full: bool = False) -> "CustomerOut":
        """A customer as it is now."""
        return cls(
            id=customer.id,
            profile=CustomerProfileOut.model_validate(customer.profile),
            numbers=[CustomerNumberOut.of(one, full=full) for one in customer.numbers],
            consents=[ConsentOut.model_validate(one) for one in customer.consents],
            check=CustomerCheckOut.model_validate(customer.check) if customer.check else None,
            created_at=customer.created_at,
            created_by=customer.created_by,
            changed_at=customer.changed_at,
            merged_into=customer.merged_into,
            erased_at=customer.erased_at,
            revision=customer.revision,
        )


class CustomerMatchOut(BaseModel):
    """Whoever may be meant: none = make one, one = open it, more = a person chooses."""

    customers: list[CustomerLineOut]


class CustomerCheckedOut(BaseModel):
    """Whether it was right, and the customer."""

    passed: bool
    customer: CustomerOut


class CustomerMergeOut(BaseModel):
    """A merge; `before` and `after` are the one that stayed, around it."""

    id: int
    one: str
    into: str
    at: int
    by: str | None
    reason: str
    before: CustomerOut
    after: CustomerOut
    undone_at: int | None
    undone_by: str | None
    undone_reason: str

    @classmethod
    def of(cls, merge: Merge) -> "CustomerMergeOut":
        """A merge as it is shown."""
        whole = {"before": CustomerOut.of(merge.before), "after": CustomerOut.of(merge.after)}
        plain = {name: getattr(merge, name) for name in cls.model_fields if name not in whole}
        return cls.model_validate(plain | whole)
