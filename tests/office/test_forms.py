"""Forms: what may be answered, what it scores by hand, and that a published version stays."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxi.db.session import Database
from lianxi.kernel.time import Instant
from lianxi.office.form import facade
from lianxi.office.form.contracts import (
    NOT_APPLICABLE,
    Form,
    Item,
    ItemKind,
    Option,
)
from lianxi.office.form.errors import AnswersRefused, FormChanged, FormRefused
from lianxi.office.form.rules import flaws, kept, score, validate

GOODS = (Option(value="goods", zh="商品"), Option(value="service", zh="服务"))
COMPLAINT = Form(
    kind="case.complaint",
    version=0,
    zh="投诉",
    items=(
        Item(name="about", kind=ItemKind.CHOICE, zh="投诉对象", required=True, options=GOODS),
        Item(
            name="goods_no",
            kind=ItemKind.TEXT,
            zh="货号",
            required=True,
            longest=12,
            shown_if={"about": ("goods",)},
        ),
        Item(name="phone", kind=ItemKind.PHONE, zh="电话"),
        Item(name="visits", kind=ItemKind.NUMBER, zh="到店次数", least=0, most=50),
        Item(name="on", kind=ItemKind.DATE, zh="日期"),
        Item(name="injured", kind=ItemKind.YES_NO, zh="受伤", required=True),
        Item(name="ways", kind=ItemKind.CHOICES, zh="渠道", options=GOODS, most=1),
    ),
)
GOOD: dict[str, Any] = {"about": "goods", "goods_no": "A-7", "injured": False}

CARD = Form(
    kind="scorecard",
    version=0,
    items=(
        Item(name="greeting", kind=ItemKind.POINTS, zh="问候", points=3, weight=10, group="form"),
        Item(
            name="listening",
            kind=ItemKind.POINTS,
            zh="倾听",
            points=5,
            weight=30,
            group="service",
            may_not_apply=True,
        ),
        Item(
            name="solved",
            kind=ItemKind.CHOICE,
            zh="解决",
            weight=60,
            group="service",
            options=(
                Option(value="yes", zh="是", points=2),
                Option(value="part", zh="部分", points=1),
                Option(value="no", zh="否", points=0),
            ),
        ),
        Item(name="rude", kind=ItemKind.FATAL, zh="辱骂客户"),
    ),
)


def wrong(**answers: Any) -> dict[str, str]:
    return {fault.item: fault.code for fault in validate(COMPLAINT, {**GOOD, **answers})}


@pytest.mark.unit
def test_answers_that_fit_are_kept() -> None:
    assert wrong(phone="+86 138-0000", visits=3, on="2028-02-29", ways=["goods"]) == {}


@pytest.mark.unit
@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ({"about": None}, {"about": "required"}),
        ({"about": "moon"}, {"about": "not_option"}),
        ({"goods_no": ""}, {"goods_no": "required"}),
        ({"goods_no": "x" * 13}, {"goods_no": "too_long"}),
        ({"goods_no": 7}, {"goods_no": "not_text"}),
        ({"phone": "me"}, {"phone": "not_phone"}),
        ({"visits": "3"}, {"visits": "not_number"}),
        ({"visits": True}, {"visits": "not_number"}),
        ({"visits": float("nan")}, {"visits": "not_number"}),
        ({"visits": -1}, {"visits": "below"}),
        ({"visits": 51}, {"visits": "above"}),
        ({"on": "2027-02-29"}, {"on": "not_date"}),
        ({"injured": "no"}, {"injured": "not_yes_no"}),
        ({"ways": ["goods", "service"]}, {"ways": "above"}),
        ({"ways": ["goods", "goods"]}, {"ways": "not_option"}),
        ({"other": 1}, {"other": "unknown"}),
    ],
)
def test_each_wrong_answer_has_its_name(answers: dict[str, Any], fault: dict[str, str]) -> None:
    assert wrong(**answers) == fault


@pytest.mark.unit
def test_what_is_not_asked_is_not_required_and_not_kept() -> None:
    answers = {"about": "service", "goods_no": "left over", "injured": True}
    assert validate(COMPLAINT, answers) == []
    assert kept(COMPLAINT, answers) == {"about": "service", "injured": True}


@pytest.mark.unit
def test_a_score_worked_out_by_hand() -> None:
    # 2/3 x 10 + 4/5 x 30 + 1/2 x 60 = 6.6667 + 24 + 30 = 60.6667 of 100
    found = score(CARD, {"greeting": 2, "listening": 4, "solved": "part", "rude": False})
    assert found.percent == Decimal("60.67")
    # service: (24 + 30) / 90
    assert found.groups == {"form": Decimal("66.67"), "service": Decimal("60.00")}
    assert (found.points, found.most) == (Decimal("7.00"), Decimal("10.00"))


@pytest.mark.unit
def test_what_does_not_apply_leaves_the_denominator() -> None:
    # (2/3 x 10 + 60) / 70
    found = score(CARD, {"greeting": 2, "listening": NOT_APPLICABLE, "solved": "yes"})
    assert found.percent == Decimal("95.24")


@pytest.mark.unit
def test_one_fatal_error_is_nought_and_the_rest_is_remembered() -> None:
    found = score(CARD, {"greeting": 3, "listening": 5, "solved": "yes", "rude": True})
    assert (found.percent, found.raw, found.fatal) == (
        Decimal("0.00"),
        Decimal("100.00"),
        ("rude",),
    )


@pytest.mark.unit
def test_nothing_answered_is_no_score() -> None:
    assert score(CARD, {}).percent is None


@pytest.mark.unit
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "greeting": st.integers(0, 6).map(lambda n: n / 2),
            "listening": st.one_of(st.just(NOT_APPLICABLE), st.integers(0, 5)),
            "solved": st.sampled_from(["yes", "part", "no"]),
            "rude": st.booleans(),
        },
    )
)
def test_a_score_is_between_nought_and_a_hundred(answers: dict[str, Any]) -> None:
    assert validate(CARD, answers) == []
    found = score(CARD, answers)
    assert found.percent is None or 0 <= found.percent <= 100
    assert not found.fatal or not found.percent


@pytest.mark.unit
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "Bad Name"}, "bad_name"),
        ({"zh": " "}, "no_label"),
        ({"kind": ItemKind.CHOICE, "options": ()}, "no_options"),
        ({"kind": ItemKind.POINTS, "points": 5}, "no_weight"),
        ({"shown_if": {"injured": ("yes",)}}, "later_item"),
    ],
)
def test_a_form_that_contradicts_itself_is_found(change: dict[str, Any], code: str) -> None:
    first, *rest = COMPLAINT.items
    form = replace(COMPLAINT, items=(replace(first, **change), *rest))
    assert code in {fault.code for fault in flaws(form)}


@pytest.mark.unit
def test_two_items_of_one_name_and_a_form_without_items_are_found() -> None:
    first = COMPLAINT.items[0]
    assert flaws(replace(COMPLAINT, items=(first, first)))[0].code == "twice"
    assert flaws(replace(COMPLAINT, items=()))[0].code == "required"


@pytest.mark.db
async def test_an_old_answer_keeps_its_old_form(database: Database) -> None:
    now = Instant(1)
    async with database.sessions.begin() as session:
        first = await facade.publish(session, COMPLAINT, after=0, by="u1", at=now)
        await facade.fill(session, first, "case:1", GOOD, by="u1", at=now)
        fewer = replace(COMPLAINT, items=COMPLAINT.items[2:])
        second = await facade.publish(session, fewer, after=1, by="u1", at=now)
    async with database.sessions() as session:
        [fill] = await facade.fills(session, "case:1")
        kept = await facade.form(session, fill.kind, fill.version)
        assert (fill.answers, kept.items) == (GOOD, COMPLAINT.items)
        assert await facade.form(session, "case.complaint") == second
        assert [form.version for form in await facade.forms(session, "case.")] == [2]


@pytest.mark.db
async def test_a_form_published_meanwhile_is_not_written_over(database: Database) -> None:
    async with database.sessions.begin() as session:
        await facade.publish(session, COMPLAINT, after=0, by="u1", at=Instant(1))
        with pytest.raises(FormChanged):
            await facade.publish(session, COMPLAINT, after=0, by="u2", at=Instant(2))
        empty = replace(COMPLAINT, items=())
        with pytest.raises(FormRefused):
            await facade.publish(session, empty, after=1, by="u2", at=Instant(2))
        with pytest.raises(AnswersRefused) as refused:
            await facade.fill(session, COMPLAINT, "case:1", {}, by="u1", at=Instant(3))
    assert refused.value.facts == {"about": "required", "injured": "required"}
