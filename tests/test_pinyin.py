"""Names are found by how they sound."""

import pytest

from lianxi.kernel.pinyin import sounds

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("李四", ["ls", "lisi", "si"]),
        ("吕布", ["lb", "lvbu"]),
        ("鑫源", ["xy", "xinyuan"]),  # outside the 3,755 most used characters
        ("单雄", ["dx", "danxiong", "sx", "shanxiong"]),  # a family that is called otherwise
        ("尉迟恭", ["wcg", "ycg", "yuchigong"]),
        ("诸葛亮", ["zgl", "zhugeliang"]),
        ("售后二组 B", ["shez b", "shouhouerzu b"]),
        ("O'Neill", ["o'neill"]),
        ("", [""]),
    ],
)
def test_a_name_is_found_by_initials_and_by_the_whole_sound(name: str, typed: list[str]) -> None:
    assert [each for each in typed if each not in sounds(name)] == []


def test_letters_stand_for_themselves_once() -> None:
    assert sounds("VIP 2") == "vip 2"
