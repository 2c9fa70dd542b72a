"""Notes beside the days of a chart, and charts of teams, agents and numbers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select

from lianxi.db.session import Database
from lianxi.http.deps import provide
from lianxi.http.permissions import Permission, Scope
from lianxi.kernel.ids import AgentId, QueueId, TeamId, UserId
from lianxi.kernel.time import Instant
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.models import AuditTableRow
from lianxi.projections.models import DimAgent
from lianxi.reports.control import notes, notes_router, router
from lianxi.reports.control.about import About
from lianxi.reports.control.noting import said
from lianxi.reports.export.building import Making, document
from lianxi.reports.export.document import Language, Note
from lianxi.reports.inquiries import Inquiries
from lianxi.reports.questions import Answer, Key, Question
from lianxi.reports.windows import Window
from lianxi.reports.windows import day as window_of_day
from tests.builders.control_days import LAST, ZONE, MadeInquiries, day
from tests.builders.small_app import a_caller, browser, small_app

pytestmark = pytest.mark.db

NOW = Instant(window_of_day(LAST, ZONE).ends_at + 6 * 3_600_000)
Client = Callable[..., AsyncClient]
READER = (Permission.REPORTS_READ,)
LEAD = {"scope": Scope.TEAM, "team": TeamId("t1"), "user": "lead"}
AGENT = {"scope": Scope.SELF, "agent": AgentId("a1"), "team": TeamId("t1"), "user": "agent"}
SHOWN = {"from": "2026-11-01", "to": "2026-11-22"}
WHERE = "/api/metrics/K21/notes"


class Asked(MadeInquiries):
    """Days made by hand, which remember what was asked."""

    def __init__(
        self, made: Mapping[str, Mapping[date, Mapping[str, float]]], *, now: Instant
    ) -> None:
        super().__init__(made, now=now)
        self.questions: list[Question] = []

    async def answer(self, question: Question, *, as_of: Instant | None = None) -> Answer:
        self.questions.append(question)
        return await super().answer(question, as_of=as_of)


@pytest.fixture
def made() -> Asked:
    usual = {"answered": 100, "answered_in_time": 80, "abandoned_late": 0}
    return Asked({"": {day(back): usual for back in range(64)}}, now=NOW)


@pytest.fixture
async def client(database: Database, made: Asked) -> Client:
    """A centre with one agent, who is in team t1 and serves sales."""
    async with database.sessions.begin() as session:
        session.add(
            DimAgent(agent=AgentId("a1"), no="8001", name="王", team=TeamId("t1"), queues=["sales"])
        )

    def as_caller(*permissions: Permission, **who: object) -> AsyncClient:
        user = UserId(str(who.pop("user", "u1")))
        caller = replace(a_caller(*permissions, **who), user=user)  # type: ignore[arg-type]
        app = small_app(database, caller, [router.router, notes_router.router], now=NOW)
        provide(app, ZoneInfo, ZONE)
        provide(app, Inquiries, made)
        return browser(app)

    return as_caller


def a_note(text: str = "大促首日", day: str = "2026-11-12", **about: str) -> dict[str, str]:
    return {"day": day, "text": text, **about}


async def texts(client: AsyncClient, **about: str) -> list[str]:
    answer = await client.get(WHERE, params={**SHOWN, **about})
    assert answer.status_code == 200, answer.json()
    return [note["text"] for note in answer.json()["items"]]


async def test_a_note_stands_beside_its_day_with_its_author(
    client: Client, database: Database
) -> None:
    """Given two notes written in the wrong order; then the chart has them in the order of their
    days, and days that are not shown bring none."""
    for wish in (a_note(), a_note("系统故障 20 分钟", "2026-11-03"), a_note("太早", "2026-10-31")):
        assert (await client().post(WHERE, json=wish)).status_code == 201
    notes = (await client().get(WHERE, params=SHOWN)).json()
    first, second = notes["items"]
    assert (first["text"], second["text"]) == ("系统故障 20 分钟", "大促首日")
    assert (first["day"], first["written_by"], first["written_at"]) == ("2026-11-03", "班长", NOW)
    assert (first["queue"], first["changed_by"], first["revision"]) == (None, "", 1)
    assert notes["may_write"] is True
    async with database.sessions() as session:
        rows = [
            *await session.scalars(
                select(AuditTableRow).where(AuditTableRow.act == Act.NOTE_WRITTEN)
            )
        ]
    assert rows[0].after == {"day": "2026-11-12", "text": "大促首日"}
    assert rows[0].facts == {"metric": "service_level", "about": ""}


async def test_a_note_is_shown_on_all_charts_that_it_holds(client: Client) -> None:
    """Given notes on the centre, a queue and an agent; then an agent's chart within the queue has
    all of them, the queue's two, the centre's its own, and another queue's that of the centre."""
    for wish in (a_note("全中心"), a_note("售前", queue="sales"), a_note("新人", agent="a1")):
        await client().post(WHERE, json=wish)
    assert await texts(client()) == ["全中心"]
    assert await texts(client(), queue="sales") == ["全中心", "售前"]
    assert await texts(client(), queue="sales", agent="a1") == ["全中心", "售前", "新人"]
    assert await texts(client(), queue="vip") == ["全中心"]
    assert await texts(client(), number="4001") == ["全中心"]


async def test_notes_are_read_and_written_within_ones_sight(client: Client) -> None:
    """Given notes of the centre, of two queues and of the team; then the agent reads those of the
    centre and the own queue, and writes none beside figures that are seen in part."""
    for wish in (
        a_note("全中心"), a_note("售前", queue="sales"), a_note("贵宾", queue="vip"),
        a_note("班组", team="t1"),
    ):  # fmt: skip
        await client().post(WHERE, json=wish)
    agent, lead = client(*READER, **AGENT), client(*READER, **LEAD)
    assert await texts(agent, queue="sales") == ["全中心", "售前"]
    assert await texts(agent, queue="vip") == ["全中心"]
    assert await texts(agent, team="t1") == ["全中心"]
    assert await texts(lead, team="t1") == ["全中心", "班组"]
    for who, about, status in (
        (agent, {}, 403), (agent, {"queue": "vip"}, 403), (agent, {"queue": "sales"}, 201),
        (agent, {"agent": "a1"}, 201), (agent, {"team": "t1"}, 403), (lead, {"team": "t1"}, 201),
        (lead, {"agent": "a1"}, 201), (lead, {"team": "t2"}, 403), (lead, {}, 403),
        (lead, {"number": "4001"}, 403),
    ):  # fmt: skip
        written = await who.post(WHERE, json=a_note("看到的", **about))
        assert (about, written.status_code) == (about, status)
        may_write = (await who.get(WHERE, params={**SHOWN, **about})).json()["may_write"]
        assert may_write is (status == 201)


async def test_a_note_is_changed_by_its_author_or_a_keeper_of_the_sheet(client: Client) -> None:
    """Given an agent's note on the own queue; then a colleague may not change it, the agent may,
    and the lead who works with the control sheet may."""
    agent = client(*READER, **AGENT)
    note = (await agent.post(WHERE, json=a_note(queue="sales"))).json()
    assert note["may_change"] is True
    here = f"{WHERE}/{note['id']}"
    wish = {"day": "2026-11-13", "text": "大促次日", "revision": 1}
    colleague = await client(*READER, **{**AGENT, "user": "other"}).put(here, json=wish)
    assert (colleague.status_code, colleague.json()["code"]) == (403, "metric_note_not_yours")
    own = (await agent.put(here, json=wish)).json()
    assert (own["text"], own["day"], own["revision"]) == ("大促次日", "2026-11-13", 2)
    late = await agent.put(here, json=wish)
    assert (late.status_code, late.json()["code"]) == (412, "metric_note_changed")
    keeper = client(*READER, Permission.CONTROL_USE, **LEAD)
    changed = (await keeper.put(here, json={**wish, "text": "订正", "revision": 2})).json()
    assert (changed["text"], changed["changed_at"], changed["revision"]) == ("订正", NOW, 3)


async def test_a_withdrawn_note_is_gone_from_the_chart_and_kept_in_the_audit(
    client: Client, database: Database
) -> None:
    note = (await client().post(WHERE, json=a_note())).json()
    here = f"{WHERE}/{note['id']}"
    assert (await client().post(f"{here}/withdraw", json={"revision": 1})).status_code == 204
    assert await texts(client()) == []
    for again in (
        await client().post(f"{here}/withdraw", json={"revision": 2}),
        await client().put(here, json={"day": "2026-11-12", "text": "再写", "revision": 2}),
        await client().post("/api/metrics/asa/notes/1/withdraw", json={"revision": 1}),
    ):
        assert (again.status_code, again.json()["code"]) == (404, "metric_note_not_found")
    async with database.sessions() as session:
        [row] = await session.scalars(
            select(AuditTableRow).where(AuditTableRow.act == Act.NOTE_WITHDRAWN)
        )
    assert (row.before, row.after) == ({"day": "2026-11-12", "text": "大促首日"}, None)


async def test_a_chart_of_a_team_an_agent_or_a_number_asks_for_no_other_facts(
    client: Client, made: Asked
) -> None:
    """Given frozen limits of the centre; then the charts of others have limits of their own."""
    baseline = {"from": "2026-10-01", "to": "2026-10-31", "reason": "稳定的一个月"}
    assert (await client().post("/api/metrics/K21/baseline", json=baseline)).status_code == 200
    for about in ({"team": "t1"}, {"agent": "a1"}, {"number": "4001"}):
        chart = (await client().get("/api/metrics/K21/chart", params=about)).json()
        assert chart["baseline"] is None
        assert made.questions[-1].only == {key: (value,) for key, value in about.items()}
    assert (await client().get("/api/metrics/K21/chart")).json()["baseline"] is not None


async def test_a_chart_is_within_ones_sight_and_of_what_the_metric_is_told_apart_by(
    client: Client,
) -> None:
    lead = client(*READER, **LEAD)
    for asked, about, status, code in (
        (lead, {"team": "t2"}, 403, "nothing_to_see"),
        (lead, {"agent": "a9"}, 403, "nothing_to_see"),
        (client(), {"team": "t1"}, 422, "chart_not_told_apart"),
    ):
        metric = "K16" if status == 422 else "K21"
        answer = await asked.get(f"/api/metrics/{metric}/chart", params=about)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    for about in ({"team": "t1"}, {"agent": "a1"}, {"queue": "sales"}):
        assert (await lead.get("/api/metrics/K21/chart", params=about)).status_code == 200


async def test_a_file_of_a_metrics_figures_has_the_notes_of_its_chart(
    client: Client, database: Database
) -> None:
    """Given notes on the centre and a queue; then a file of the queue's figures has both, each with
    its day and author, and one of two queues or two metrics has none."""
    for wish in (a_note("大促\n首日"), a_note("售前", "2026-11-20", queue="sales")):
        await client().post(WHERE, json=wish)
    window = Window(
        begins_at=window_of_day(date(2026, 11, 12), ZONE).begins_at,
        ends_at=window_of_day(LAST, ZONE).ends_at,
    )
    sales = Question(metrics=("service_level",), window=window, only={Key.QUEUE: ("sales",)})
    async with database.sessions() as session:
        found = await notes.beside(session, sales, a_caller(), ZONE)
        for other in (
            replace(sales, only={Key.QUEUE: ("sales", "vip")}),
            replace(sales, only={Key.CHANNEL: ("voice",)}),
            replace(sales, metrics=("service_level", "asa")),
        ):
            assert await notes.beside(session, other, a_caller(), ZONE) == []
    assert [said(note) for note in found] == ["大促 首日 (班长)", "售前 (班长)"]
    shown = Note(label="备注 2026-11-12", text=said(found[0]))
    answer = await Asked({}, now=NOW).answer(sales)
    made = document(
        answer,
        Making(
            stem="x",
            title="x",
            language=Language.ZH,
            asked_by="班长",
            made_at=NOW,
            written=(shown,),
        ),
    )
    assert made.notes[-1] == shown


def test_what_a_note_is_about_is_written_as_keys() -> None:
    """The audit says it in one line."""
    about = About(queue=QueueId("sales"), number="4001")
    assert str(about) == "queue=sales,number=4001"
    assert (About().has_limits, about.has_limits) == (True, False)
