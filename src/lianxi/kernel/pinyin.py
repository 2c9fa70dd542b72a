"""How Chinese names sound, for finding them by typing letters: 李四 is found by "ls" and by "lisi".

The table beside this file (`python -m tools.pinyin` makes it) has one reading of each character,
the most frequent one, without tones; ü is typed as v. Some families are called otherwise than
their character is read elsewhere: both count. A character outside the table stands for itself, in
small letters, as letters and digits do.

>>> sounds("售后二组 B")
'shez b shouhouerzu b'
>>> sounds("单雄")
'dx danxiong sx shanxiong'
"""

from functools import cache, lru_cache
from importlib.resources import files

_FAMILIES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "盖": "ge",
    "朴": "piao", "覃": "qin", "乐": "yue", "员": "yun", "缪": "miao", "翟": "zhai", "宓": "mi",
    "尉迟": "yuchi", "长孙": "zhangsun", "洗": "xian", "繁": "po", "召": "shao",
    "折": "she", "那": "na", "秘": "bi", "牟": "mou", "隗": "wei", "种": "chong", "黑": "he",
}  # fmt: skip


@cache
def _readings() -> dict[str, str]:
    table = files("lianxi.kernel").joinpath("pinyin.txt").read_text(encoding="utf-8")
    lines = (line.split(" ") for line in table.splitlines())
    return {character: syllable for syllable, characters in lines for character in characters}


@lru_cache(maxsize=16_384)
def sounds(name: str) -> str:
    """What a name is found by when its sound is typed: initials and the whole, in small letters.

    Args:
        name: of a person, a team, a queue, a reason; any text.
    """
    readings = _readings()
    plain = [readings.get(sign, sign.lower()) for sign in name]
    ways = [plain]
    for family, called in _FAMILIES.items():
        if name.startswith(family) and called != "".join(plain[: len(family)]):
            ways.append([*_syllables(family, called), *plain[len(family) :]])
    found: list[str] = []
    for way in ways:
        found += ["".join(part[:1] for part in way), "".join(way)]
    return " ".join(dict.fromkeys(found))


def _syllables(family: str, called: str) -> list[str]:
    """Of a family of two characters the second is read as ever."""
    if len(family) == 1:
        return [called]
    second = _readings()[family[1]]
    return [called.removesuffix(second), second]
