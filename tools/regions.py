"""Write the table of where numbers belong, from the data of libphonenumber (Apache-2.0).

    python -m tools.regions --write

The package with the data takes 106 MB and seconds to import; the table takes two MB and is read at
once. The package is a tool of developers: the product only carries the table.
"""

import argparse
import json
import lzma
from itertools import pairwise
from pathlib import Path

import phonenumbers
from phonenumbers import geocoder
from phonenumbers.carrierdata import CARRIER_DATA
from phonenumbers.geodata import GEOCODE_DATA

TABLE = Path("src/lianxi/modules/customers/regions.json.xz")
CHINA = "86"
SHARED = {"1": 3, "7": 1, "44": 4, "590": 0}
"""Country codes of several countries: so many digits more say which."""


def _tidy(rows: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Without what the shorter prefix says already."""
    kept: dict[str, tuple[str, str]] = {}
    for prefix in sorted(rows, key=len):
        shorter = (prefix[:length] for length in range(len(prefix) - 1, 0, -1))
        known = next((kept[each] for each in shorter if each in kept), None)
        if rows[prefix] != known:
            kept[prefix] = rows[prefix]
    return kept


def _merged(rows: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Ten prefixes that say the same are one."""
    rows = dict(rows)
    for length in range(max(map(len, rows)), 3, -1):
        tens: dict[str, list[str]] = {}
        for prefix in rows:
            if len(prefix) == length:
                tens.setdefault(prefix[:-1], []).append(prefix)
        for shorter, of in tens.items():
            if len(of) == 10 and len({rows[each] for each in of}) == 1 and shorter not in rows:
                rows[shorter] = rows[of[0]]
    return rows


def countries() -> dict[str, tuple[str, str]]:
    """The country of every calling code, in both languages."""
    found: dict[str, tuple[str, str]] = {}
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        if regions[0] != "001":
            found[str(code)] = _country(regions[0])
    for shared, digits in SHARED.items():
        for more in range(10**digits):
            prefix = f"{shared}{more:0{digits}d}"
            region = next(
                (
                    phonenumbers.region_code_for_number(phonenumbers.parse("+" + prefix + tail))
                    for tail in ("5550123", "23456789", "1234567")
                    if phonenumbers.is_valid_number(phonenumbers.parse("+" + prefix + tail))
                ),
                None,
            )
            if region is not None:
                found[prefix] = _country(region)
    return _tidy(found)


def _country(region: str) -> tuple[str, str]:
    number = phonenumbers.example_number(region)
    if number is None:
        return "", ""
    zh = geocoder.country_name_for_number(number, "zh")
    return zh, geocoder.country_name_for_number(number, "en")


def of_china(source: dict[str, dict[str, str]]) -> dict[str, tuple[str, str]]:
    """What is said of numbers of China, in both languages."""
    rows = {
        prefix: (words["zh"], words["en"])
        for prefix, words in source.items()
        if prefix.startswith(CHINA) and "zh" in words and "en" in words
    }
    return _tidy(_merged(rows))


def packed(rows: dict[str, tuple[str, str]]) -> dict[str, object]:
    """Names once; of prefixes of one length, how far each is from the one before, and its name."""
    names = sorted(set(rows.values()))
    index = {name: at for at, name in enumerate(names)}
    lengths: dict[int, list[int]] = {}
    for prefix in rows:
        lengths.setdefault(len(prefix), []).append(int(prefix))
    by_length: dict[str, list[list[int]]] = {}
    for length, prefixes in sorted(lengths.items()):
        prefixes.sort()
        steps = [one - before for before, one in pairwise([0, *prefixes])]
        by_length[str(length)] = [steps, [index[rows[str(each)]] for each in prefixes]]
    return {"names": names, "prefixes": by_length}


def table() -> bytes:
    """The file as it is kept."""
    content = {
        "version": phonenumbers.__version__,
        "places": packed({**countries(), **of_china(GEOCODE_DATA)}),
        "carriers": packed(of_china(CARRIER_DATA)),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return lzma.compress(text, preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    """Write, or say how large it would be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    made = table()
    if parser.parse_args().write:
        TABLE.write_bytes(made)
    print(f"{TABLE}: {len(made)} bytes")


if __name__ == "__main__":
    main()
