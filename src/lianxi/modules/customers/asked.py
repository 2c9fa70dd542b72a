"""What people ask of customers over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import (
    ChannelIdentity,
    CheckMethod,
    NewNumber,
    Profile,
    Sex,
)
from lianxi.modules.customers.keeping import Change

Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Short = Annotated[str, StringConstraints(max_length=40, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=5_000, strip_whitespace=True)]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CustomerNumberIn(_Asked):
    """A number, however it is written."""

    number: Short
    label: Short = ""


class CustomerIdentityIn(_Asked):
    """By what a customer is known on another channel: `email`, `wechat`, ..."""

    kind: Kind
    value: Line


class CustomerProfileIn(_Asked):
    """What is known of a customer, numbers apart."""

    name: Line
    certificate: Short = ""
    sex: Sex = Sex.UNKNOWN
    company: Line = ""
    level: Short = ""
    tags: Annotated[list[Short], Field(max_length=30)] = []
    address: Line = ""
    place: Line = ""
    language: Short = ""
    remark: Words = ""
    confidential: bool = False
    identities: Annotated[list[CustomerIdentityIn], Field(max_length=30)] = []

    def profile(self) -> Profile:
        """As the module takes it."""
        facts = {
            name: getattr(self, name)
            for name in CustomerProfileIn.model_fields
            if name not in ("tags", "identities")
        }
        return Profile(
            tags=tuple(self.tags),
            identities=tuple(
                ChannelIdentity(kind=one.kind, value=one.value) for one in self.identities
            ),
            **facts,
        )


class CustomerIn(_Asked):
    """A new customer."""

    profile: CustomerProfileIn
    numbers: Annotated[list[CustomerNumberIn], Field(max_length=30)] = []

    def new_numbers(self) -> list[NewNumber]:
        """As the module takes them."""
        return _new(self.numbers)


class CustomerChangeIn(_Asked):
    """What is to become of a customer, numbers that come and go (by id), and the revision that was
    read."""

    profile: CustomerProfileIn
    add_numbers: Annotated[list[CustomerNumberIn], Field(max_length=30)] = []
    drop_numbers: Annotated[list[Short], Field(max_length=30)] = []
    revision: int

    def wanted(self) -> Change:
        """As the module takes it."""
        return Change(
            profile=self.profile.profile(),
            add_numbers=tuple(_new(self.add_numbers)),
            drop_numbers=tuple(self.drop_numbers),
            revision=self.revision,
        )


class ConsentIn(_Asked):
    """What the customer said, and by what that can be shown."""

    given: bool
    how: Line


class DoNotCallIn(_Asked):
    """Why a number is not to be called, and until when; null = for good."""

    reason: Line
    until: Annotated[int, Field(gt=0)] | None = None

    def wanted(self) -> tuple[str, Instant | None]:
        """As the module takes it."""
        return self.reason, None if self.until is None else Instant(self.until)


class CustomerCheckIn(_Asked):
    """How it is found out who it is; `code` with `password` only."""

    method: CheckMethod
    code: Short = ""


class CustomerMergeIn(_Asked):
    """Into which customer, why, and the revision of that one as it was read."""

    into: Short
    reason: Line
    revision: int | None = None


class CustomerUnmergeIn(_Asked):
    """Why it is another one after all."""

    reason: Line


def _new(numbers: list[CustomerNumberIn]) -> list[NewNumber]:
    return [NewNumber(number=one.number, label=one.label) for one in numbers]
