"""A list of people: how files are read, and what each line would do."""

import io
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from lianxi.api.staffing import sheet
from lianxi.api.staffing.planning import Flaw, Known, Planner, Wanted, What
from lianxi.engine.messages.routing import AgentSetup, AgentSkill, Queue, QueueSeat
from lianxi.kernel.ids import AgentId, QueueId, RoleId, SkillName, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import role_rules
from lianxi.modules.identity.contracts import Role, RoleKept, Team, User
from lianxi.office.imports.errors import ListColumnsMissing, ListTooLong, ListUnreadable

pytestmark = pytest.mark.unit

HEAD = "工号,姓名,用户名,班组,邮箱,队列,技能"


def xlsx(*rows: list[object]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        written = book.add_worksheet()
        for number, row in enumerate(rows):
            written.write_row(number, 0, row)
    return target.getvalue()


def user(username: str, agent: str | None = None, **more: Any) -> User:
    fields: dict[str, Any] = {
        "name": "甲", "role": RoleId(Role.AGENT.value), "team": TeamId("t1"), "disabled_at": None,
        "created_at": Instant(0), **more,
    }  # fmt: skip
    return User(
        id=UserId(f"u-{username}"), username=username,
        agent=None if agent is None else AgentId(agent), **fields,
    )  # fmt: skip


KNOWN = Known(
    users=[
        user("8001", "8001", email="a@example.com"),
        user("li", "8002"),
        user("gone", disabled_at=Instant(1)),
    ],
    teams=[
        Team(id=TeamId("t1"), name="一班", name_en="Team 1"),
        Team(id=TeamId("t2"), name="旧班", name_en="Old", closed_at=Instant(1)),
    ],
    queues=[
        Queue(id=QueueId("sales"), name="销售", name_en="Sales"),
        Queue(id=QueueId("care"), name="客服", name_en="Care"),
    ],
    agents=[
        AgentSetup(
            id=AgentId("8001"), no="8001", name="甲", team=TeamId("t1"),
            queues=(QueueId("sales"),),
            seats=(QueueSeat(queue=QueueId("sales"), level=5),),
            skills=(AgentSkill(skill=SkillName("vip"), level=2),),
        ),
    ],
    roles=[
        *role_rules.shipped(),
        RoleKept(
            id=RoleId("role-1"),
            rule=replace(role_rules.NOTHING, name="听音员", name_en="Listener"),
            revision=1,
        ),
    ],
    beyond={RoleId("admin")},
)  # fmt: skip


def planned(*lines: str) -> list[Wanted]:
    return Planner(KNOWN).plan(sheet.read("\n".join([HEAD, *lines]).encode()))


def flaws(line: str) -> list[tuple[str, Flaw]]:
    (found,) = planned(line)
    return [(problem.column, problem.flaw) for problem in found.problems]


def test_lists_of_office_programs_are_read_whatever_they_are_written_in() -> None:
    text = "工号*;姓名*;班组*\r\n0071;王五;一班\r\n\r\n"
    for content in (
        text.encode("utf-8-sig"),
        text.encode("gb18030"),
        text.replace(";", ",").encode(),
        xlsx(["Number", "NAME", "Team", "other"], ["0071", "王五", "一班", "x"], []),
    ):
        (line,) = sheet.read(content)
        assert (line.number, line.cells) == (
            2, {"number": "0071", "name": "王五", "team": "一班"},
        )  # fmt: skip


def test_a_title_above_the_heading_and_signs_that_nobody_sees_do_no_harm() -> None:
    text = "晨光客服人员名单\r\n\r\n工号\t姓名\t班组\r\n\u200b8001\t王五\ufeff\t一班\r\n"
    for content in (text.encode("utf-16"), text.encode("gb18030"), text.encode()):
        (line,) = sheet.read(content)
        assert (line.number, line.cells) == (
            4, {"number": "8001", "name": "王五", "team": "一班"},
        )  # fmt: skip


def test_cells_merged_downwards_are_read_in_every_line_they_cover() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 2, "人员名单")
        page.write_row(1, 0, ["工号", "姓名", "班组"])
        page.write_row(2, 0, ["8001", "王五"])
        page.write_row(3, 0, ["8002", "赵六"])
        page.merge_range(2, 2, 3, 2, "一班")
    first, second = sheet.read(target.getvalue())
    assert (first.cells["team"], second.cells["team"]) == ("一班", "一班")
    assert (first.number, second.number) == (3, 4)


def test_a_sheet_that_goes_on_behind_thousands_of_empty_rows_is_not_cut_off_in_silence() -> None:
    with pytest.raises(ListTooLong):
        sheet.read(xlsx(["工号", "姓名", "班组"], *[[]] * 6_000, ["8001", "王五", "一班"]))


def test_three_thousand_lines_are_read() -> None:
    lines = [f"{8000 + index},坐 {index},,一班,,," for index in range(3_000)]
    assert len(sheet.read("\r\n".join([HEAD, *lines]).encode("gb18030"))) == 3_000


def test_a_number_in_a_spreadsheet_is_read_as_its_digits() -> None:
    (line,) = sheet.read(xlsx(["工号", "姓名", "班组"], [8001, "王五", "一班"]))
    assert line.cells["number"] == "8001"


@pytest.mark.parametrize("in_english", [False, True])
def test_the_templates_are_lists_without_lines(in_english: bool) -> None:
    assert sheet.read(sheet.template_xlsx(in_english=in_english)) == []
    assert sheet.read(sheet.template_csv(in_english=in_english)) == []


def test_what_is_no_list_is_refused() -> None:
    for content in (b"PK nothing", b"\x00\x01", b"\xff\xfe\x00", "工号,姓名\n1,a".encode(), b""):
        with pytest.raises((ListUnreadable, ListColumnsMissing)):
            sheet.read(content)
    with pytest.raises(ListTooLong):
        sheet.read("\n".join([HEAD, *["1,a,,一班,,,"] * 5_001]).encode())


def test_a_new_line_makes_a_person_with_a_place() -> None:
    (found,) = planned("9001,赵六,,一班,z@example.com,销售:8；care,英语：3、VIP")
    assert (found.what, found.username, found.team) == (What.NEW, "9001", "t1")
    assert found.place is not None
    assert found.place.queues == ("sales", "care")
    assert [(seat.queue, seat.level) for seat in found.place.seats] == [("sales", 8)]
    assert [(each.skill, each.level) for each in found.place.skills] == [("英语", 3), ("VIP", 1)]


def test_who_is_there_already_is_as_before_or_changed_and_empty_cells_change_nothing() -> None:
    (same,) = planned("8001,甲,,Team 1,,,")
    assert (same.what, same.changes, same.place) == (What.SAME, (), None)
    (other,) = planned("8001,乙,,t1,b@example.com,销售:6,vip:2")
    assert (other.what, other.changes) == (What.CHANGED, ("name", "email", "queues"))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (",a,,一班,,,", [("number", Flaw.MISSING)]),
        ("9 1,,,一班,,,", [("name", Flaw.MISSING), ("number", Flaw.BAD_NUMBER),
                         ("username", Flaw.BAD_USERNAME)]),
        ("91,a,,,,,", [("team", Flaw.MISSING)]),
        ("91,a,,旧班,,,", [("team", Flaw.UNKNOWN_TEAM)]),
        ("91,a,,一班,nobody,,", [("email", Flaw.BAD_EMAIL)]),
        ("91,a,,一班,,不存在,", [("queues", Flaw.UNKNOWN_QUEUE)]),
        ("91,a,,一班,,销售:11,", [("queues", Flaw.BAD_LEVEL)]),
        ("91,a,,一班,,,vip:x;vip", [("skills", Flaw.BAD_LEVEL)]),
        ("91,a,,一班,,,vip;vip", [("skills", Flaw.TWICE)]),
        ("8001,a,91,一班,,,", [("number", Flaw.NUMBER_TAKEN)]),
        ("91,a,li,一班,,,", [("number", Flaw.NUMBER_FIXED)]),
        ("91,a,gone,一班,,,", [("username", Flaw.ACCOUNT_CLOSED)]),
    ],
)  # fmt: skip
def test_a_wrong_line_says_which_column_and_why(line: str, found: list[tuple[str, Flaw]]) -> None:
    assert flaws(line) == found


def test_a_line_that_repeats_another_names_it() -> None:
    _, again = planned("91,a,,一班,,,", "91,b,,一班,,,")
    assert [(each.column, each.given) for each in again.problems] == [
        ("number", "2"), ("username", "2"),
    ]  # fmt: skip


def with_role(number: str, role: str) -> Wanted:
    content = f"工号,姓名,班组,角色\n{number},甲,一班,{role}"
    (found,) = Planner(KNOWN).plan(sheet.read(content.encode()))
    return found


def test_a_role_is_named_in_either_language_and_may_be_an_own_one() -> None:
    for name, role in (("班长", "team_lead"), ("listener", "role-1"), ("听音员", "role-1")):
        assert (with_role("9001", name).role, with_role("9001", name).what) == (role, What.NEW)
    assert with_role("8001", "质检员").changes == ("role",)
    assert (with_role("8001", "").role, with_role("8001", "").what) == (None, What.SAME)
    assert with_role("8001", "座席").what is What.SAME


def test_a_role_that_is_not_there_or_not_ones_to_give_is_a_flaw() -> None:
    found = [with_role("9001", name).problems[0] for name in ("校长", "管理员")]
    assert [(problem.column, problem.flaw) for problem in found] == [
        ("role", Flaw.UNKNOWN_ROLE),
        ("role", Flaw.ROLE_NOT_YOURS),
    ]
