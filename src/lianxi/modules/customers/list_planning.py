"""What a list of customers would do. Pure: whoever is known is given.

The same certificate is the same customer; without one in the list, or with one that nobody has, the
same number and name is. Several who fit, or one with another certificate, are told of: nobody is
guessed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lianxi.kernel.ids import CustomerId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.modules.customers.contracts import (
    ChannelIdentity,
    Customer,
    CustomerNumber,
    Eyes,
    Profile,
)
from lianxi.modules.customers.imports import (
    CellFlaw,
    Counts,
    ImportLine,
    ImportMode,
    LineOutcome,
)
from lianxi.modules.customers.list_reading import Wanted
from lianxi.modules.customers.profile_repository import new_id

EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Customers who may be meant."""

    certificates: Mapping[str, Customer] = field(default_factory=dict)
    numbers: Mapping[str, Sequence[Customer]] = field(default_factory=dict)
    """By a number in its normal form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What becomes of a line: the customer as it was, and as it is to be."""

    told: ImportLine
    before: Customer | None = None
    after: Customer | None = None


class Planner:
    """Plans one list, part by part, in its order.

    Args:
        mode: what becomes of who is there already.
        eyes: whose list it is.
        at: when.
    """

    def __init__(self, mode: ImportMode, eyes: Eyes, at: Instant) -> None:
        self._mode = mode
        self._eyes = eyes
        self._at = at
        self._certificates: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._touched: dict[CustomerId, int] = {}
        self._counts = dict.fromkeys(LineOutcome, 0)

    @property
    def counts(self) -> Counts:
        """Of all parts so far."""
        return Counts(**{what.value: many for what, many in self._counts.items()})

    def plan(self, part: Iterable[Wanted], known: Known) -> Iterator[Planned]:
        """What becomes of the next lines."""
        for wanted in part:
            self._note_repeats(wanted)
            before = None if wanted.problems else self._meant(wanted, known)
            planned = self._planned(wanted, before)
            self._counts[planned.told.what] += 1
            yield planned

    def _note_repeats(self, wanted: Wanted) -> None:
        earlier: int | None = None
        if wanted.certificate:
            earlier = self._certificates.setdefault(wanted.certificate, wanted.line)
            if earlier != wanted.line:
                wanted.blame("certificate", CellFlaw.TWICE, str(earlier))
                return
        for one in wanted.numbers:
            earlier = self._numbers.setdefault((one.number, wanted.name), wanted.line)
            if earlier != wanted.line:
                wanted.blame("number", CellFlaw.TWICE, str(earlier))
                return

    def _meant(self, wanted: Wanted, known: Known) -> Customer | None:
        found = known.certificates.get(wanted.certificate) if wanted.certificate else None
        column = "certificate"
        if found is None:
            column = "number"
            same = {
                customer.id: customer
                for one in wanted.numbers
                for customer in known.numbers.get(one.number, ())
                if customer.profile.name == wanted.name
            }
            if len(same) > 1:
                wanted.blame("number", CellFlaw.SEVERAL_MATCH, str(len(same)))
                return None
            found = next(iter(same.values()), None)
            if found and wanted.certificate and found.profile.certificate:
                wanted.blame("certificate", CellFlaw.CERTIFICATE_DIFFERS, wanted.certificate)
                return None
        if found is None:
            return None
        if found.profile.confidential and not self._may_see(found):
            wanted.blame(column, CellFlaw.HIDDEN)
            return None
        earlier = self._touched.setdefault(found.id, wanted.line)
        if earlier != wanted.line:
            wanted.blame(column, CellFlaw.TWICE, str(earlier))
            return None
        return found

    def _may_see(self, customer: Customer) -> bool:
        return self._eyes.confidential or customer.created_by == self._eyes.user

    def _planned(self, wanted: Wanted, before: Customer | None) -> Planned:
        if wanted.problems:
            return Planned(told=_told(wanted, LineOutcome.WRONG, None))
        if before is None:
            made = self._made(wanted)
            return Planned(told=_told(wanted, LineOutcome.NEW, None), after=made)
        if self._mode is ImportMode.SKIP:
            return Planned(told=_told(wanted, LineOutcome.SKIPPED, before.id), before=before)
        after, changes = _changed(before, wanted)
        if not changes:
            return Planned(told=_told(wanted, LineOutcome.SAME, before.id), before=before)
        after = replace(after, revision=before.revision + 1, changed_at=self._at)
        told = _told(wanted, LineOutcome.CHANGED, before.id, changes)
        return Planned(told=told, before=before, after=after)

    def _made(self, wanted: Wanted) -> Customer:
        empty = Customer(
            id=CustomerId(new_id("cu")),
            profile=Profile(name=wanted.name),
            created_at=self._at,
            created_by=self._eyes.user,
            changed_at=self._at,
        )
        return _changed(empty, wanted)[0]


def _changed(before: Customer, wanted: Wanted) -> tuple[Customer, tuple[str, ...]]:
    """The customer with what the line says, and the columns that made a difference."""
    old = before.profile
    facts: dict[str, object] = dict(wanted.facts)
    facts["tags"] = tuple(dict.fromkeys((*old.tags, *wanted.tags)))
    if wanted.sex is not None:
        facts["sex"] = wanted.sex
    if wanted.confidential is not None:
        facts["confidential"] = wanted.confidential
    changes = [name for name, value in facts.items() if getattr(old, name) != value]
    email = ChannelIdentity(kind=EMAIL, value=wanted.email)
    if wanted.email and email not in old.identities:
        known = sorted({*old.identities, email}, key=lambda one: (one.kind, one.value))
        facts["identities"] = tuple(known)
        changes.append("email")
    numbers = {one.number: one for one in before.numbers}
    for each in wanted.numbers:
        kept = numbers.get(each.number) or CustomerNumber(id=new_id("cn"), number=each.number)
        numbers[each.number] = replace(kept, label=each.label or kept.label)
    all_numbers = tuple(numbers[number] for number in sorted(numbers))
    if all_numbers != before.numbers:
        changes.append("number")
    profile = replace(old, **facts)  # type: ignore[arg-type]
    return replace(before, profile=profile, numbers=all_numbers), tuple(changes)


def _told(
    wanted: Wanted, what: LineOutcome, customer: CustomerId | None, changes: Sequence[str] = ()
) -> ImportLine:
    return ImportLine(
        line=wanted.line,
        name=wanted.name,
        number=mask(wanted.numbers[0].number) if wanted.numbers else "",
        certificate=wanted.certificate,
        what=what,
        customer=customer,
        changes=tuple(changes),
        problems=tuple(wanted.problems),
    )
