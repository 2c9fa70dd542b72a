"""Pure: whether legs balance, and what reverses them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lianxi.office.ledger.contracts import Leg
from lianxi.office.ledger.errors import Unbalanced


def require_balanced(legs: Sequence[Leg]) -> None:
    """Per item and condition the quantities add up to zero.

    Raises:
        Unbalanced: they do not, a leg moves nothing, or there is none.
    """
    if not legs:
        raise Unbalanced(item=None, by=0)
    sums: Counter[tuple[str, str]] = Counter()
    for leg in legs:
        if leg.quantity == 0:
            raise Unbalanced(item=leg.item, by=0)
        sums[leg.item, leg.account.condition] += leg.quantity
    for (item, condition), by in sorted(sums.items()):
        if by:
            raise Unbalanced(item=item, condition=condition, by=by)


def reversed_legs(legs: Sequence[Leg]) -> list[Leg]:
    """What takes them back."""
    return [replace(leg, quantity=-leg.quantity) for leg in legs]
