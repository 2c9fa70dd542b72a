"""The pinyin initials of Chinese names, for finding them by typing letters: 李四 is found by "ls".

GB 2312 orders its 3,755 most used characters by pinyin, so where a character stands says with which
letter it begins. A character with several readings counts by the one it stands under, and one
outside that set stands for itself, as letters and digits do.

>>> initials("售后二组 B")
'shez b'
"""

from bisect import bisect_right
from typing import Final

_BEGINS: Final = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LETTERS: Final = "abcdefghjklmnopqrstwxyz"
_ENDS: Final = 0xD7FA


def initials(name: str) -> str:
    """The name in small letters, each character known by its sound as the letter it begins with."""
    return "".join(map(_initial, name))


def _initial(character: str) -> str:
    code = int.from_bytes(character.encode("gb2312", "ignore"))
    if not _BEGINS[0] <= code < _ENDS:
        return character.lower()
    return _LETTERS[bisect_right(_BEGINS, code) - 1]
