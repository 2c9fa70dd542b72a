"""Lists of what administrators look after: people, teams, queues, numbers, codes, hours."""

from collections.abc import Sequence
from typing import Final

from lianxi.api.lists.tables import Reading, Rows, Table
from lianxi.api.staffing import listing, teams_router
from lianxi.http.permissions import Permission
from lianxi.modules.identity import facade as identity
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing.contracts import Hours
from lianxi.office.exports.errors import ExportFilterInvalid

MOST = 10_000
_DAYS = (("周一", "Mon"), ("周二", "Tue"), ("周三", "Wed"), ("周四", "Thu"), ("周五", "Fri"),
         ("周六", "Sat"), ("周日", "Sun"))  # fmt: skip


async def _people(reading: Reading) -> Rows:
    online = {client.caller.user for client in reading.hub.clients if client.is_person}
    people = await listing.everybody(reading.session, at=reading.at, online=online)
    asked = dict(reading.filter)
    order = asked.pop("sort", "username")
    if order.removeprefix("-") not in listing.ORDERS:
        raise ExportFilterInvalid(field="sort")
    wanted = listing.Narrowing(words=asked.pop("q", ""), **asked)
    found, _, _ = listing.part_of(people, wanted, order=order, after=None, limit=MOST)
    teams = {str(team.id): team for team in await identity.teams(reading.session)}
    queues = {str(queue.id): queue for queue in await routing.queues(reading.session)}
    rows = []
    for person in found:
        team = teams.get(person.team) if person.team is not None else None
        place = person.place
        served = [] if place is None else place.queues
        rows.append(
            (
                person.username,
                person.name,
                person.role,
                "" if team is None else reading.named(team.name, team.name_en),
                "" if place is None else place.agent,
                "; ".join(
                    f"{reading.named(queues[seat.queue].name, queues[seat.queue].name_en)} "
                    f"{seat.level}"
                    for seat in served
                    if seat.queue in queues
                ),
                "" if place is None else "; ".join(f"{s.skill} {s.level}" for s in place.skills),
                person.email,
                reading.yes(person.closed_at is None),
                reading.moment(person.last_sign_in),
                reading.moment(person.created_at),
            )
        )
    return rows


async def _teams(reading: Reading) -> Rows:
    return [
        (team.id, team.name, team.name_en, team.lead_name or "", team.people, team.agents,
         reading.yes(team.closed_at is None))
        for team in await teams_router.full(reading.session)
    ]  # fmt: skip


async def _queues(reading: Reading) -> Rows:
    said = await routing.effective_rules(reading.session)
    rows = []
    for queue in await routing.queues(reading.session):
        rule = said[queue.id]
        rows.append(
            (queue.id, queue.name, queue.name_en, queue.priority, queue.answer_within / 1000,
             queue.ring / 1000, queue.wrap_up.mode.value, queue.wrap_up.limit / 1000,
             queue.recording.value, reading.named(rule.zh, rule.en))
        )  # fmt: skip
    return rows


async def _numbers(reading: Reading) -> Rows:
    known = await routing.names(reading.session)
    rows = []
    for rule in await routing.numbers(reading.session):
        if rule.queue is not None:
            said = known.queues.get(rule.queue)
            to = rule.queue if said is None else reading.named(said.zh, said.en)
        else:
            to = known.flows.get(rule.flow, rule.flow) if rule.flow is not None else ""
        kind = reading.named("流程", "flow") if rule.flow else reading.named("队列", "queue")
        rows.append((rule.number, kind, to))
    return rows


async def _codes(reading: Reading) -> Rows:
    return [
        (reading.named(queue.name, queue.name_en), code.code, code.name, code.name_en)
        for queue in await routing.queues(reading.session)
        for code in queue.dispositions
    ]


async def _reasons(reading: Reading) -> Rows:
    return [
        (reason.code, reason.name, reason.name_en, reason.allowance / 60_000 or None)
        for reason in await routing.reasons(reading.session)
    ]


async def _hours(reading: Reading) -> Rows:
    rows: list[tuple[str, str, str]] = []
    for hours in await routing.opening_hours(reading.session):
        name = reading.named(hours.name, hours.name_en)
        if hours.always:
            rows.append((name, reading.named("每天", "every day"), "00:00–24:00"))
        for day, (zh, en) in enumerate(_DAYS):
            if day in hours.weekly:
                rows.append((name, reading.named(zh, en), _said(hours.weekly[day])))
        for date, open_at in sorted(hours.special.items()):
            rows.append((name, date.isoformat(), _said(open_at) or reading.named("休", "closed")))
    return rows


def _said(stretches: Sequence[Hours]) -> str:
    return ", ".join(f"{_clock(each.opens)}–{_clock(each.closes)}" for each in stretches)


def _clock(minutes: int) -> str:
    """Beyond midnight it goes on counting, as the page does: 26:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


ADMINISTERED: Final = (
    Table(
        kind="people",
        permission=Permission.USERS_EDIT,
        zh=("用户名", "姓名", "角色", "班组", "工号", "队列与级别", "技能与级别", "邮箱", "可登录",
            "上次登录", "建立"),
        en=("User name", "Name", "Role", "Team", "Agent no.", "Queues and levels",
            "Skills and levels", "E-mail", "May sign in", "Last sign-in", "Created"),
        rows=_people,
        filters=("q", "role", "team", "skill", "queue", "state", "sort"),
    ),
    Table(
        kind="teams",
        permission=Permission.USERS_EDIT,
        zh=("编号", "名称", "英文名", "班长", "人数", "座席数", "在用"),
        en=("Id", "Name", "English name", "Lead", "People", "Agents", "Open"),
        rows=_teams,
    ),
    Table(
        kind="queues",
        permission=Permission.FLOWS_EDIT,
        zh=("编号", "名称", "英文名", "优先级", "应答时限（秒）", "振铃（秒）", "话后方式",
            "话后限时（秒）", "录音", "规则"),
        en=("Id", "Name", "English name", "Priority", "Answer within (s)", "Ring (s)",
            "After-call mode", "After-call limit (s)", "Recording", "Rule"),
        rows=_queues,
    ),
    Table(
        kind="numbers",
        permission=Permission.FLOWS_EDIT,
        zh=("号码", "由谁应答", "名称"),
        en=("Number", "Answered by", "Name"),
        rows=_numbers,
    ),
    Table(
        kind="codes",
        permission=Permission.FLOWS_EDIT,
        zh=("队列", "小结码", "名称", "英文名"),
        en=("Queue", "Code", "Name", "English name"),
        rows=_codes,
    ),
    Table(
        kind="reasons",
        permission=Permission.FLOWS_EDIT,
        zh=("代码", "名称", "英文名", "允许时长（分）"),
        en=("Code", "Name", "English name", "Allowance (min)"),
        rows=_reasons,
    ),
    Table(
        kind="hours",
        permission=Permission.FLOWS_EDIT,
        zh=("日历", "日", "开放时间"),
        en=("Calendar", "Day", "Open"),
        rows=_hours,
    ),
)  # fmt: skip
