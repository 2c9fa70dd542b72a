"""Drill `promises`: a work order and a complaint warning through every state, by a moved clock,
with a worker killed in the middle of a breach of each.

On the real PostgreSQL: types, areas and deadlines are set, then each step of a long story is taken
by the person whose work it is, at the minute it says. Between the steps the deadlines are swept by
worker processes; in the middle of the first breach one is killed with SIGKILL. Reported is each
hop: state, who had it, how long, against which limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lianxi.db.session import Database
from lianxi.drills.clock_workers import killed, swept
from lianxi.drills.machine import machine_facts
from lianxi.drills.own_database import own_database
from lianxi.drills.promise_story import NOW_MS, STORY, Act, people, set_up
from lianxi.drills.report import Report
from lianxi.drills.warning_walk import WarningWalk
from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Case, CaseState, Wanted
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act as Kind
from lianxi.office.audit.contracts import AuditRow
from lianxi.office.clock.contracts import Clock
from lianxi.office.clock.rules import spent

MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """How long a work order was in a state."""

    state: str
    since: Instant
    until: Instant


async def measured(report: Report) -> None:
    """Walk and state; what goes wrong is a statement that does not hold."""
    report.machine.update(machine_facts())
    async with own_database(pool=2) as (database, url):
        await Walk(report, database, url).go()
        await WarningWalk(report, database, url).go()


class Walk:
    """One work order and its story."""

    def __init__(self, report: Report, database: Database, url: str) -> None:
        self._report = report
        self._database = database
        self._url = url
        self._orders = cases.orders("Asia/Shanghai")
        self._at = Instant(NOW_MS)
        self._killed = False
        self._seen: set[str] = set()

    async def go(self) -> None:
        """Every act of the story, then what it left."""
        async with self._database.sessions.begin() as session:
            await set_up(session)
            case = await cases.create(
                session, self._orders, STORY.form, by=people["agent"], at=self._at
            )
        self._seen.add(case.state.value)
        for act in STORY.acts:
            case = await self._act(case, act)
        await self._state(case)

    async def _act(self, case: Case, act: Act) -> Case:
        """One step, at its minute; what fell due before is fired before."""
        self._at = Instant(self._at + act.after_min * MINUTE_MS)
        await self._sweep(kill=act.kill)
        self._report.step = act.event
        wanted = Wanted(event=act.event, reason=act.reason, facts=act.facts)
        try:
            async with self._database.sessions.begin() as session:
                after = await cases.happen(
                    session, self._orders, case.id, wanted, by=people[act.by], at=self._at
                )
        except Rejection as refused:
            self._report.state(
                f"{act.event} by {act.by} is refused: {act.refused or 'it should not be'}",
                refused.code == act.refused,
                refused.code,
            )
            return case
        self._report.state(
            f"{act.event} by {act.by}: {case.state} to {after.state}",
            after.state == act.to and not act.refused,
            f"round {after.round}, {(self._at - NOW_MS) // MINUTE_MS} min",
        )
        self._seen.add(after.state.value)
        return after

    async def _sweep(self, *, kill: bool) -> None:
        """Workers look for what is due; one of them may be killed in the middle of it."""
        if kill:
            self._killed = await killed(self._url, self._at)
        await swept(self._database, self._at)

    async def _state(self, case: Case) -> None:
        subject = cases.subject(case.id)
        async with self._database.sessions() as session:
            clocks = await cases.clocks_of(session, case.id)
            rows = list(reversed(await audit.of_object(session, subject)))
            chained, broken = await audit.verify(session)
        self._report.step = "hops"
        for clock in clocks:
            self._hop(clock)
        stays = _stays(rows, self._at)
        for stay in stays:
            minutes = (stay.until - stay.since) / MINUTE_MS
            self._report.figure(f"state_{stay.state}_min", _sum(self._report, stay, minutes))
        self._report.step = "what it left"
        self._report.state(
            "Every state of a work order was seen",
            self._seen == {state.value for state in CaseState},
            ", ".join(sorted(self._seen)),
        )
        whole = self._at - case.opened_at
        self._report.state(
            "The hops add up to the whole time",
            sum(stay.until - stay.since for stay in stays) == whole,
            f"{whole // MINUTE_MS} min in {len(stays)} hops",
        )
        breaches = [row for row in rows if row.act is Kind.CLOCK_BREACHED]
        late = [clock for clock in clocks if clock.breached_at is not None]
        told = [(row.facts["clock"], row.facts["round"]) for row in breaches]
        self._report.state(
            "A worker was killed in the middle of a breach, and each breach was told once",
            self._killed and sorted(told) == sorted((c.code, c.round) for c in late),
            f"{len(breaches)} told, {len(late)} late",
        )
        self._report.state("The audit is a whole chain", not broken, f"{chained} lines")

    def _hop(self, clock: Clock) -> None:
        """One deadline: whose, from when, until when, how much of the limit."""
        ended = clock.ended_at if clock.ended_at is not None else self._at
        used = spent(clock.deadline, clock.stretches, ended) // MINUTE_MS
        limit = clock.deadline.target // MINUTE_MS
        verdict = clock.outcome.value if clock.outcome else clock.state.value
        self._report.state(
            f"{clock.code} of round {clock.round} is over",
            clock.outcome is not None,
            f"{clock.owner}: {used} min of {limit}, {verdict}",
        )


def _stays(rows: Sequence[AuditRow], until: Instant) -> list[Stay]:
    moved = [row for row in rows if row.act is Kind.FLOW_FIRED]
    changes = [row for row in moved if row.before is None or row.before != row.after]
    ends = [row.at for row in changes[1:]] + [until]
    return [
        Stay(state=str((row.after or {})["state"]), since=row.at, until=Instant(end))
        for row, end in zip(changes, ends, strict=True)
    ]


def _sum(report: Report, stay: Stay, minutes: float) -> float:
    before = report.figures.get(f"state_{stay.state}_min")
    return minutes + (before if isinstance(before, int | float) else 0.0)
