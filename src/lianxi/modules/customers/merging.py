"""What becomes of two customers that are the same one, and of one that was two after all.

The one that is merged is kept as it was and found no more; the one that stays takes what it did not
have. Taking the merge back lets the other be found again, and gives the one that stays what it was
before, except where it was changed since: those changes were meant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from lianxi.kernel.ids import CustomerId
from lianxi.modules.customers.contracts import (
    Consent,
    Customer,
    CustomerNumber,
    Profile,
)

_FILLED = ("certificate", "sex", "company", "level", "address", "place", "language", "remark")
_GATHERED = ("tags", "identities")


def merged(stays: Customer, goes: Customer, ids: Iterable[str]) -> Customer:
    """The one that stays, with what the other knew.

    Args:
        stays: its own facts count where both have one.
        goes: the other.
        ids: new ones for the numbers that it takes.
    """
    own, other = stays.profile, goes.profile
    facts = {name: getattr(own, name) or getattr(other, name) for name in _FILLED}
    facts |= {
        name: tuple(dict.fromkeys((*getattr(own, name), *getattr(other, name))))
        for name in _GATHERED
    }
    facts["confidential"] = own.confidential or other.confidential
    has = {one.number for one in stays.numbers}
    fresh = iter(ids)
    taken = [replace(one, id=next(fresh)) for one in goes.numbers if one.number not in has]
    return replace(
        stays,
        profile=replace(own, **facts),
        numbers=(*stays.numbers, *taken),
        consents=_stricter(stays.consents, goes.consents),
    )


def parted(
    now: Customer, before: Customer, after: Customer, others: Sequence[Customer]
) -> Customer:
    """The one that stayed, without what it has from one that is another after all.

    Args:
        now: as it is.
        before: as it was before the merge.
        after: as the merge left it.
        others: those that stay merged into it; what it has from them as well it keeps.
    """
    facts: dict[str, object] = {}
    for name in (*_FILLED, "confidential"):
        as_merged = getattr(now.profile, name) == getattr(after.profile, name)
        facts[name] = getattr(before.profile if as_merged else now.profile, name)
        if not facts[name]:
            facts[name] = next(
                (value for one in others if (value := getattr(one.profile, name))), facts[name]
            )
    for name in _GATHERED:
        gained = set(getattr(after.profile, name)) - set(getattr(before.profile, name))
        kept = {each for one in others for each in getattr(one.profile, name)}
        facts[name] = tuple(
            each for each in getattr(now.profile, name) if each not in gained or each in kept
        )
    return replace(
        now,
        profile=_with(now.profile, facts),
        numbers=_numbers_left(now, before, after, others),
        consents=_consents_left(now, before, after, others),
    )


def _with(profile: Profile, facts: dict[str, object]) -> Profile:
    return replace(profile, **facts)  # type: ignore[arg-type]


def _numbers_left(
    now: Customer, before: Customer, after: Customer, others: Sequence[Customer]
) -> tuple[CustomerNumber, ...]:
    gained = {one.number for one in after.numbers} - {one.number for one in before.numbers}
    kept = {number.number for one in others for number in one.numbers}
    return tuple(one for one in now.numbers if one.number not in gained or one.number in kept)


def _consents_left(
    now: Customer, before: Customer, after: Customer, others: Sequence[Customer]
) -> tuple[Consent, ...]:
    was = {one.purpose: one for one in before.consents}
    merged_to = {one.purpose: one for one in after.consents}
    left = tuple(
        found
        for one in now.consents
        if (found := was.get(one.purpose) if one == merged_to.get(one.purpose) else one)
    )
    for other in others:
        left = _stricter(left, other.consents)
    return left


def _stricter(own: Sequence[Consent], other: Sequence[Consent]) -> tuple[Consent, ...]:
    """What was said to each purpose; of a yes and a no the no counts."""
    found = {one.purpose: one for one in own}
    for one in other:
        held = found.get(one.purpose)
        if held is None or (held.given and not one.given):
            found[one.purpose] = one
    return tuple(found[purpose] for purpose in sorted(found))


def can_be_merged(one: Customer, into: Customer) -> bool:
    """Whether one may be merged into the other: two that are not merged yet."""
    ids: set[CustomerId] = {one.id, into.id}
    return len(ids) == 2 and one.merged_into is None and into.merged_into is None
