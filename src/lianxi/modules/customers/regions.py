"""Where a number belongs (归属地): the place, the country if it is abroad, and who gave it out.

The table stands beside this file (`python -m tools.regions` makes it); it is read when the first
number is asked for, takes some 2 MB and no network. A mobile number may have been taken to another
carrier since, and its owner may live elsewhere: it is said where the number comes from, no more.
"""

import json
import lzma
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import accumulate

from lianxi.modules.customers.contracts import Region
from lianxi.modules.customers.rules import normal

CHINA = "86"
_ABROAD = ("+", "00")
_SHORTEST = 7
"""Digits; shorter ones are the centre's own, or services that belong nowhere."""


class _Prefixes:
    """Finds the longest prefix of a number that something is said of."""

    def __init__(self, names: list[list[str]], prefixes: dict[str, list[list[int]]]) -> None:
        self._names = [(zh, en) for zh, en in names]
        self._by_length = [
            (int(length), array("Q", accumulate(steps)), array("H", of))
            for length, (steps, of) in sorted(prefixes.items(), key=lambda one: -int(one[0]))
        ]

    def find(self, digits: str) -> tuple[str, str]:
        """What is said of the number, in both languages; empty = nothing."""
        for length, prefixes, of in self._by_length:
            if len(digits) < length:
                continue
            wanted = int(digits[:length])
            at = bisect_left(prefixes, wanted)
            if at < len(prefixes) and prefixes[at] == wanted:
                return self._names[of[at]]
        return "", ""


@cache
def _tables() -> tuple[_Prefixes, _Prefixes]:
    packed = files("lianxi.modules.customers").joinpath("regions.json.xz").read_bytes()
    content = json.loads(lzma.decompress(packed))
    return _Prefixes(**content["places"]), _Prefixes(**content["carriers"])


def international(number: str) -> str:
    """A number as it is known in the whole world, without the plus; empty if it is no such number.

    >>> international("021-5432 1234"), international("+1 415 555 0123"), international("8001")
    ('862154321234', '14155550123', '')
    """
    digits = normal(number)
    for sign in _ABROAD:
        if digits.startswith(sign):
            digits = digits.removeprefix(sign)
            break
    else:
        digits = CHINA + digits.removeprefix("0") if len(digits) >= _SHORTEST else ""
    return digits if digits.isdecimal() and len(digits) >= _SHORTEST else ""


def region_of(number: str) -> Region | None:
    """Where a number belongs; None for one that is withheld, internal, or of no known place.

    >>> found = region_of("13800138000")
    >>> found.place, found.place_en, found.carrier_en
    ('北京市', 'Beijing', 'China Mobile')
    >>> region_of("+85221234567").place, region_of("8001")
    ('香港', None)
    """
    digits = international(number)
    if not digits:
        return None
    places, carriers = _tables()
    place, place_en = places.find(digits)
    carrier, carrier_en = carriers.find(digits)
    if not place and not place_en:
        return None
    return Region(place=place, place_en=place_en, carrier=carrier, carrier_en=carrier_en)
