"""Where a number belongs: of each kind of number one that is known to be so."""

import pytest

from lianxi.modules.customers.facade import region_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("13800138000", "北京市 中国移动", "Beijing China Mobile"),
        ("+86 186-2123-4567", "上海市 中国联通", "Shanghai China Unicom"),
        ("075512345678", "广东省深圳市 ", "Shenzhen, Guangdong "),
        ("00861012345678", "北京市 ", "Beijing "),
        ("4001234567", "中国 ", "China "),
        ("+85221234567", "香港 ", "Hong Kong "),
        ("+12045550123", "加拿大 ", "Canada "),
        ("0014155550123", "美国 ", "United States "),
    ],
)
def test_a_number_belongs_somewhere(number: str, zh: str, en: str) -> None:
    found = region_of(number)
    assert found is not None
    assert f"{found.place} {found.carrier}" == zh
    assert f"{found.place_en} {found.carrier_en}" == en


@pytest.mark.parametrize(
    "number", ["", "anonymous", "8001", "110", "95588", "sip:x@y", "+", "²³⁴⁵⁶⁷⁸⁹"]
)
def test_one_that_is_withheld_internal_or_no_number_belongs_nowhere(number: str) -> None:
    assert region_of(number) is None
