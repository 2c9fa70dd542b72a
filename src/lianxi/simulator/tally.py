"""What is counted while a day runs: plain lists of whole numbers, one cell per queue and interval.

Every count follows the definition of the metric registry, so that the figures of a replication are
the figures its journal would give: a contact belongs to the interval in which it entered the
queue, work belongs to the intervals it was done in.
"""

from typing import Final

from lianxi.simulator.scenario import Scenario

STEP_MS: Final = 5_000
STEPS: Final = 121
"""Waits are told apart by five seconds: step 0 holds those who did not wait, step n waits of up to
5 n seconds, the last one all longer ones."""


class Tally:
    """The counts of one replication. Cell of queue q and interval i: q * intervals + i."""

    def __init__(self, scenario: Scenario) -> None:
        lines = len(scenario.lines)
        self.begins: int = scenario.begins
        self.ends: int = scenario.ends
        self.counted_from: int = scenario.begins + scenario.warm_up
        self.interval: int = scenario.interval
        self.intervals: int = scenario.intervals
        self.within: list[int] = [line.queue.answer_within for line in scenario.lines]
        self.short_within: list[int] = [line.queue.short_abandon for line in scenario.lines]
        cells = lines * self.intervals
        self.offered: list[int] = [0] * cells
        self.answered: list[int] = [0] * cells
        self.abandoned: list[int] = [0] * cells
        self.short_abandoned: list[int] = [0] * cells
        self.answered_in_time: list[int] = [0] * cells
        self.abandoned_in_time: list[int] = [0] * cells
        self.flow_out: list[int] = [0] * cells
        self.ended: list[int] = [0] * cells
        self.wait_answered_ms: list[int] = [0] * cells
        self.wait_abandoned_ms: list[int] = [0] * cells
        self.longest_ms: list[int] = [0] * cells
        self.handled: list[int] = [0] * cells
        """Contacts by each queue whose agents they spoke to, once."""
        self.first_handled: list[int] = [0] * self.intervals
        """Contacts that spoke to an agent, once."""
        self.talk_ms: list[int] = [0] * cells
        self.wrap_up_ms: list[int] = [0] * cells
        self.waits: list[int] = [0] * (cells * STEPS)
        """Histogram of all waits, STEPS cells per queue and interval."""
        self.staffed_ms: list[int] = [0] * self.intervals
        self.away_ms: list[int] = [0] * self.intervals
        self.ringing_ms: list[int] = [0] * self.intervals
        self.sent_away: list[int] = [0] * self.intervals
        """Hung up content after an announcement."""
        self.lost_in_menu: list[int] = [0] * self.intervals
        self.called_again: list[int] = [0] * self.intervals
        self.missed: list[int] = [0] * self.intervals
        self.transferred: list[int] = [0] * self.intervals

    def enter(self, line: int, at: int) -> None:
        """A contact entered a queue."""
        if at >= self.counted_from:
            self.offered[line * self.intervals + (at - self.begins) // self.interval] += 1

    def answer(self, line: int, entered: int, waited: int) -> None:
        """A contact that entered at `entered` was connected."""
        if entered < self.counted_from:
            return
        cell = line * self.intervals + (entered - self.begins) // self.interval
        self.answered[cell] += 1
        if waited <= self.within[line]:
            self.answered_in_time[cell] += 1
        if waited == 0:
            self.waits[cell * STEPS] += 1
            return
        self.wait_answered_ms[cell] += waited
        self._waited(cell, waited)

    def abandon(self, line: int, entered: int, waited: int) -> None:
        """A contact hung up while it waited."""
        if entered < self.counted_from:
            return
        cell = line * self.intervals + (entered - self.begins) // self.interval
        self.abandoned[cell] += 1
        if waited <= self.within[line]:
            self.abandoned_in_time[cell] += 1
        if waited <= self.short_within[line]:
            self.short_abandoned[cell] += 1
        self.wait_abandoned_ms[cell] += waited
        self._waited(cell, waited)

    def _waited(self, cell: int, waited: int) -> None:
        if waited > self.longest_ms[cell]:
            self.longest_ms[cell] = waited
        step = (waited + STEP_MS - 1) // STEP_MS
        self.waits[cell * STEPS + (step if step < STEPS else STEPS - 1)] += 1

    def leave(self, cells: list[int], line: int, entered: int) -> None:
        """A contact left the queue by rule or by a fault."""
        if entered >= self.counted_from:
            cells[line * self.intervals + (entered - self.begins) // self.interval] += 1

    def handle(self, line: int, at: int, *, is_first: bool) -> None:
        """A contact reached an agent of a queue for the first time, or of any queue."""
        if at >= self.counted_from:
            interval = (at - self.begins) // self.interval
            self.handled[line * self.intervals + interval] += 1
            if is_first:
                self.first_handled[interval] += 1

    def happen(self, cells: list[int], at: int) -> None:
        """Something that is counted once per interval."""
        if self.counted_from <= at < self.ends:
            cells[(at - self.begins) // self.interval] += 1

    def spend(self, cells: list[int], first: int, began: int, ended: int) -> None:
        """Time from `began` to `ended`, shared out to the intervals it lies in.

        Args:
            first: cell of interval 0, 0 for agents, queue * intervals for queues.
        """
        if began < self.counted_from:
            began = self.counted_from
        if ended > self.ends:
            ended = self.ends
        if began >= ended:
            return
        at = (began - self.begins) // self.interval
        edge = self.begins + (at + 1) * self.interval
        while edge < ended:
            cells[first + at] += edge - began
            began = edge
            edge += self.interval
            at += 1
        cells[first + at] += ended - began
