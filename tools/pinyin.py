"""Write how characters sound, from the data of pypinyin (MIT).

    python -m tools.pinyin --write

The package is a tool of developers: the product only carries the table.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import pypinyin

TABLE = Path("src/lianxi/kernel/pinyin.txt")
FIRST, LAST = 0x4E00, 0x9FFF


def table() -> str:
    """A line for each syllable: the syllable, and the characters that are read so most often."""
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for code in range(FIRST, LAST + 1):
        character = chr(code)
        syllable = pypinyin.lazy_pinyin(character, errors="ignore")
        if syllable:
            by_syllable[syllable[0]].append(character)
    return "".join(
        f"{syllable} {''.join(by_syllable[syllable])}\n" for syllable in sorted(by_syllable)
    )


def main() -> None:
    """Write, or say how large it would be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    made = table()
    if parser.parse_args().write:
        TABLE.write_text(made, encoding="utf-8")
    print(f"{TABLE}: {len(made.encode())} bytes")


if __name__ == "__main__":
    main()
