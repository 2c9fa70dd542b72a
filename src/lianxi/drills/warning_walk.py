"""The second part of drill `promises`: a complaint from the hotline to the division and back."""

from collections.abc import Sequence

from lianxi.db.session import Database
from lianxi.drills.clock_workers import killed, swept
from lianxi.drills.promise_story import NOW_MS, STORY
from lianxi.drills.report import Report
from lianxi.drills.warning_story import HOLDERS, TURNS, Turn, name_holders, people
from lianxi.kernel.errors import Rejection
from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.warnings import facade as warnings
from lianxi.modules.warnings.contracts import (
    ComplaintWarning,
    HopLine,
    NewWarning,
    Wanted,
    WarningState,
)
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.clock.contracts import Clock, ClockOutcome, ClockState
from lianxi.office.outbox import facade as outbox

MINUTE_MS = 60_000
ZONE = "Asia/Shanghai"


class WarningWalk:
    """One complaint and its story."""

    def __init__(self, report: Report, database: Database, url: str) -> None:
        self._report = report
        self._database = database
        self._url = url
        self._warnings = warnings.warnings(ZONE)
        self._at = Instant(NOW_MS)
        self._killed = False
        self._seen: set[str] = set()

    async def go(self) -> None:
        """Every turn of the story, then what it left."""
        agent = people["agent"]
        async with self._database.sessions.begin() as session:
            await name_holders(session, self._at)
            orders = cases.orders(ZONE)
            case = await cases.create(session, orders, STORY.form, by=agent, at=self._at)
            new = NewWarning(case=case.number, store="朝阳店", reason="客户要求退机")
            warning = await warnings.classify(session, self._warnings, new, by=agent, at=self._at)
        self._seen.add(warning.state.value)
        for turn in TURNS:
            warning = await self._turn(warning, turn)
        await self._state(warning)

    async def _turn(self, warning: ComplaintWarning, turn: Turn) -> ComplaintWarning:
        """One step, at its minute; what fell due before is fired before."""
        self._at = Instant(self._at + turn.after_min * MINUTE_MS)
        await self._work(kill=turn.kill)
        self._report.step = turn.event
        wanted = Wanted(event=turn.event, text=turn.text, **turn.facts)
        try:
            async with self._database.sessions.begin() as session:
                after = await warnings.happen(
                    session, self._warnings, warning.id, wanted, by=people[turn.by], at=self._at
                )
        except Rejection as refused:
            self._report.state(
                f"{turn.event} by {turn.by} is refused: {turn.refused or 'it should not be'}",
                refused.code == turn.refused,
                refused.code,
            )
            return warning
        self._report.state(
            f"{turn.event} by {turn.by}: {warning.state} to {after.state}",
            after.state is turn.to and not turn.refused,
            f"round {after.round}, {(self._at - NOW_MS) // MINUTE_MS} min",
        )
        self._seen.add(after.state.value)
        return after

    async def _work(self, *, kill: bool) -> None:
        """What workers do meanwhile: one may be killed in the middle, another goes on."""
        if kill:
            self._killed = await killed(self._url, self._at)
        async with self._database.sessions.begin() as session:
            await warnings.roll_days(session, self._warnings, self._at)
        await swept(self._database, self._at)

    async def _state(self, warning: ComplaintWarning) -> None:
        """What the whole story left."""
        subject = f"warning:{warning.id}"
        async with self._database.sessions() as session:
            clocks = await warnings.clocks_of(session, warning.id)
            report = await warnings.hop_report(session, warning, self._at)
            rows = await audit.of_object(session, subject)
            told = await outbox.of(session, subject)
            signed = await warnings.signatures(session, warning)
            chained, broken = await audit.verify(session)
        self._report.step = "hops of the warning"
        for line in report.lines:
            self._hop(line)
        self._report.step = "what the warning left"
        self._report.state(
            "Every state of a warning was seen",
            self._seen == {state.value for state in WarningState},
            ", ".join(sorted(self._seen)),
        )
        assert warning.closed_at is not None
        whole = warning.closed_at - warning.classified_at
        chain = [line for line in report.lines if not line.is_parallel]
        self._report.state(
            "Every hop has an owner, and the hops of the chain add up to the whole time",
            all(line.owner.removeprefix("post:") in HOLDERS for line in report.lines)
            and sum(line.used for line in chain) == report.whole == whole,
            f"{whole // MINUTE_MS} min in {len(chain)} hops, {report.late} late",
        )
        both = {m.body["to"] for m in told if m.body.get("name") == "warning.to_division"}
        self._report.state(
            "Both of the division were told, and one signature sufficed",
            both == {"post:division_deputy", "post:division_gm"} and len(signed) == 1,
            ", ".join(given.name for _, given in signed),
        )
        self._days(clocks)
        late = [clock for clock in clocks if clock.breached_at is not None]
        breaches = [
            (row.facts["clock"], row.facts["due_at"])
            for row in rows
            if row.act is Act.CLOCK_BREACHED
        ]
        self._report.state(
            "A worker was killed in the middle of a breach, and each breach was told once",
            self._killed and sorted(breaches) == sorted((c.code, c.breached_at) for c in late),
            f"{len(breaches)} told, {len(late)} late",
        )
        self._report.state(
            "The end left no clock running",
            all(clock.state is ClockState.ENDED for clock in clocks),
            f"{len(clocks)} clocks",
        )
        self._report.state("The audit is a whole chain", not broken, f"{chained} lines")

    def _days(self, clocks: Sequence[Clock]) -> None:
        """A warning and a handling on each of two days; the day after them was missed."""
        for code, what in (("ew.daily_report", "warning"), ("ew.daily_handle", "handling")):
            outcomes = [clock.outcome for clock in clocks if clock.code == code]
            self._report.state(
                f"One {what} a day on two days, the missed day is late, the last is cancelled",
                outcomes == [ClockOutcome.MET] * 2 + [ClockOutcome.LATE, ClockOutcome.CANCELLED],
                ", ".join(outcome.value if outcome else "open" for outcome in outcomes),
            )

    def _hop(self, line: HopLine) -> None:
        """One hop: whose, how long, against which limit."""
        limit = "none" if line.limit is None else f"{line.limit // MINUTE_MS}"
        beside = ", beside" if line.is_parallel else ""
        self._report.state(
            f"{line.clock} of round {line.round} is over",
            line.until is not None,
            f"{line.owner}: {line.used // MINUTE_MS} min of {limit}, {line.verdict}{beside}",
        )
