"""Numbers, amounts, dates and times aloud, as people say them in Mandarin and in English."""

import pytest

from lianxi.engine.ivr.speaking import counted, spoken
from lianxi.engine.messages.events import PromptBegan
from lianxi.engine.messages.expressions import Value, Variable, VariableKind
from lianxi.engine.messages.flow import AnyNode, LanguageNode, SayNode
from lianxi.engine.messages.flow_values import Saying
from lianxi.kernel.ids import PromptName
from tests.builders.centre import only
from tests.builders.flows import HELLO, called, const, n, outcomes, path
from tools.prompts.workshop import texts

pytestmark = pytest.mark.unit

SAID = {
    language: {path.stem: words for path, words in texts(language).items()}
    for language in ("zh", "en")
}


def aloud(value: Value, how: Saying, language: str = "zh") -> str:
    """What is heard."""
    words = (SAID[language][name] for name in spoken(value, how, language, 480))
    return ("" if language == "zh" else " ").join(words)


@pytest.mark.parametrize(
    ("number", "heard"),
    [
        (0, "零"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (222, "二百二十二"),
        (1_000, "一千"),
        (1_001, "一千零一"),
        (1_010, "一千零一十"),
        (2_002, "两千零二"),
        (10_000, "一万"),
        (10_001, "一万零一"),
        (20_200, "两万零二百"),
        (100_000, "十万"),
        (120_034, "十二万零三十四"),
        (1_000_010, "一百万零一十"),
        (12_345_678, "一千二百三十四万五千六百七十八"),
        (100_000_000, "一亿"),
        (200_020_000, "两亿零两万"),
        (100_000_001, "一亿零一"),
        (999_999_999, "九亿九千九百九十九万九千九百九十九"),
        (-3, "负三"),
        ("3.05", "三点零五"),
        (2.5, "二点五"),
    ],
)
def test_numbers_in_mandarin(number: Value, heard: str) -> None:
    assert aloud(number, Saying.NUMBER) == heard


@pytest.mark.parametrize(
    ("number", "heard"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (21, "twenty one"),
        (100, "one hundred"),
        (342, "three hundred forty two"),
        (1_005, "one thousand five"),
        (100_000_000, "one hundred million"),
        (12_345_678, "twelve million three hundred forty five thousand six hundred seventy eight"),
    ],
)
def test_numbers_in_english(number: Value, heard: str) -> None:
    assert aloud(number, Saying.NUMBER, "en") == heard


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (0, "零元", "zero yuan"),
        (2, "两元", "two yuan"),
        ("12.30", "十二元三角", "twelve yuan thirty fen"),
        (12.05, "十二元零五分", "twelve yuan five fen"),
        ("0.50", "五角", "fifty fen"),
        ("99.995", "一百元", "one hundred yuan"),
        ("100000000", "一亿元", "one hundred million yuan"),
        ("1,234.56", "一千二百三十四元五角六分",
         "one thousand two hundred thirty four yuan fifty six fen"),
    ],
)  # fmt: skip
def test_amounts(amount: Value, zh: str, en: str) -> None:
    assert aloud(amount, Saying.MONEY) == zh
    assert aloud(amount, Saying.MONEY, "en") == en


MOMENT = 1_795_327_500_000
"""2026-11-22 14:05 in Shanghai."""


@pytest.mark.parametrize("value", ["2026-11-22", "2026-11-22T14:05:00", MOMENT])
def test_dates(value: Value) -> None:
    assert aloud(value, Saying.DATE) == "二零二六年十一月二十二日"
    assert aloud(value, Saying.DATE, "en") == "November twenty two twenty twenty six"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (MOMENT, "下午两点零五分", "two zero five p m"),
        ("08:30", "上午八点三十分", "eight thirty a m"),
        ("00:00", "上午十二点整", "twelve o'clock a m"),
        ("12:00", "下午十二点整", "twelve o'clock p m"),
        ("2026-11-22T23:59:00", "下午十一点五十九分", "eleven fifty nine p m"),
    ],
)
def test_times(value: Value, zh: str, en: str) -> None:
    assert aloud(value, Saying.TIME) == zh
    assert aloud(value, Saying.TIME, "en") == en


def test_digits_one_by_one() -> None:
    assert aloud("021-5432", Saying.DIGITS) == "零二一五四三二"


@pytest.mark.parametrize(
    ("value", "how"),
    [
        ("soon", Saying.NUMBER), (True, Saying.NUMBER), ("", Saying.DIGITS),
        ("1.2.3", Saying.MONEY),
        ("22/11/2026", Saying.DATE), ("2026-13-01", Saying.DATE), ("25:00", Saying.TIME),
        ("8", Saying.TIME), ("٣", Saying.NUMBER),
    ],
)  # fmt: skip
def test_what_cannot_be_said_that_way_is_not_said(value: Value, how: Saying) -> None:
    assert spoken(value, how, "zh", 480) == ()


def test_every_place_in_line_can_be_said_in_both_languages() -> None:
    for number in range(1_200):
        for language in ("zh", "en"):
            assert all(name in SAID[language] for name in counted(number, language))


def saying(value: Value, how: Saying, **more: AnyNode) -> SayNode:
    return SayNode(
        value=const(value), how=how, prompts=HELLO, after=(PromptName("goodbye"),), next=n("sales")
    )


def test_the_step_says_it_between_its_prompts_and_goes_on() -> None:
    centre, events = called({"start": saying(23, Saying.NUMBER)})
    prompts = only(events, PromptBegan).prompts
    assert prompts == ("hello", "digits_2", "digits_10", "digits_3", "goodbye")
    assert path(centre.hears_all("c1")) == ["sales"]


def test_the_step_speaks_the_language_the_caller_chose() -> None:
    chosen = LanguageNode(language="en", next=n("say"))
    _, events = called({"start": chosen, "say": saying(23, Saying.NUMBER)})
    assert only(events, PromptBegan).prompts == ("hello", "digits_20", "digits_3", "goodbye")


def test_the_step_passes_over_what_cannot_be_said() -> None:
    variables = (Variable(name="x", kind=VariableKind.TEXT),)
    _, events = called({"start": saying("soon", Saying.MONEY)}, variables=variables)
    assert outcomes(events) == ["failed", *outcomes(events)[1:]]
    assert "sales" in path(events)
