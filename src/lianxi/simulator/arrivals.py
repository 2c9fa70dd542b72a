"""Who calls on one day: all contacts of all streams in the order in which they arrive.

A Poisson process with a rate that changes by the half-hour, by turning unit exponentials into
moments through the inverse of the summed rate: more volume moves every arrival a little earlier
and adds some at the end, so two volumes stay comparable.
"""

import msgspec
import numpy as np

from lianxi.kernel.time import Millis
from lianxi.simulator.actors import Arrivals
from lianxi.simulator.drawing import Floats, Purpose, Whole, durations, source, tries
from lianxi.simulator.laws import Never
from lianxi.simulator.scenario import (
    DAY,
    HALF_HOUR,
    Announcement,
    Line,
    Menu,
    Recorded,
    Scenario,
    Storm,
    Stream,
)

NOT_SAID = -1


COLUMNS = [
    "at",
    "stream",
    "line",
    "patience",
    "handling",
    "wrap_up",
    "pick_up",
    "again",
    "again_after",
    "think",
    "option",
    "leaves",
]


class Calendar:
    """Makes the arrivals of one replication, day by day."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self._scenario = scenario
        self._replication = replication
        self._lines = {line.queue.id: number for number, line in enumerate(scenario.lines)}
        self._menus = {menu.number: menu for menu in scenario.menus}

    def day(self, day: int) -> Arrivals:
        """Everybody who calls on the day with this number from 0."""
        parts = [
            self._of_stream(number, stream, day)
            for number, stream in enumerate(self._scenario.streams)
        ]
        whole = {name: np.concatenate([part[name] for part in parts]) for name in COLUMNS}
        order = np.argsort(whole["at"], kind="stable")
        return Arrivals(*(whole[name][order].tolist() for name in COLUMNS))

    def _of_stream(self, number: int, stream: Stream, day: int) -> dict[str, np.ndarray]:
        recorded: list[Recorded] = []
        if stream.recorded:
            recorded = self._again(number, stream, day)
            at = np.array([self._scenario.begins + r.at for r in recorded], dtype=np.int64)
        else:
            at = self._scenario.begins + day * DAY + self._moments(number, stream, day)
        found = self._people(number, stream, day, len(at))
        for row, known in enumerate(recorded):
            for column in ("handling", "wrap_up"):
                if (value := getattr(known, column)) is not None:
                    found[column][row] = value
            if known.patience is not None:
                found["patience"][row] = known.patience
            else:
                found["patience"][row] += known.waited
        return {**found, "at": at, "stream": np.full(len(at), number, dtype=np.int64)}

    def _again(self, number: int, stream: Stream, day: int) -> list[Recorded]:
        """The recorded contacts of a day, fewer or more by the stream's factor.

        What comes a second time comes at another moment of its half-hour.
        """
        known = [r for r in stream.recorded if day * DAY <= r.at < (day + 1) * DAY]
        if stream.factor == 1.0:
            return known
        chance = self._chance(Purpose.ARRIVAL, number, day)
        counts = np.floor(stream.factor + chance.random(len(known))).astype(np.int64)
        found: list[Recorded] = []
        for one, count in zip(known, counts.tolist(), strict=True):
            begins = one.at - one.at % HALF_HOUR
            for copy in range(count):
                at = one.at if copy == 0 else begins + int(chance.random() * HALF_HOUR)
                found.append(msgspec.structs.replace(one, at=Millis(at)))
        return found

    # --- when

    def _moments(self, number: int, stream: Stream, day: int) -> Whole:
        edges, expected = self._expected(number, stream, day)
        total = float(expected[-1])
        if total <= 0.0:
            return np.zeros(0, dtype=np.int64)
        chance = self._chance(Purpose.ARRIVAL, number, day)
        chunk = int(total + 6 * total**0.5 + 16)
        steps = np.cumsum(chance.standard_exponential(chunk))
        while steps[-1] < total:
            steps = np.concatenate(
                [steps, steps[-1] + np.cumsum(chance.standard_exponential(chunk))]
            )
        inside = steps[: int(np.searchsorted(steps, total))]
        return np.minimum(np.interp(inside, expected, edges), DAY - 1).astype(np.int64)

    def _expected(self, number: int, stream: Stream, day: int) -> tuple[Floats, Floats]:
        """Edges of the day's stretches of constant rate, and contacts expected up to each."""
        storms = [s for s in self._scenario.of_day(day) if isinstance(s, Storm)]
        storms = [s for s in storms if touches(s, stream)]
        halves = np.arange(0, DAY + 1, HALF_HOUR, dtype=np.float64)
        moments = [m for s in storms for m in (s.begins, s.ends) if 0 < m < DAY]
        edges = np.unique(np.concatenate([halves, np.array(moments, dtype=np.float64)]))
        profile = np.asarray(stream.profile, dtype=np.float64)
        first = ((self._scenario.weekday(day) - 1) * 48) % len(profile) if len(profile) else 0
        of_day = profile[first : first + 48] if len(profile) else np.zeros(48)
        half = (edges[:-1] // HALF_HOUR).astype(np.int64)
        rate = of_day[half] / HALF_HOUR * stream.factor * self._busy(number, stream, day)
        for storm in storms:
            rate[(edges[:-1] >= storm.begins) & (edges[:-1] < storm.ends)] *= storm.factor
        return edges, np.concatenate([[0.0], np.cumsum(rate * np.diff(edges))])

    def _busy(self, number: int, stream: Stream, day: int) -> float:
        """This day's own factor: gamma with mean 1."""
        if stream.spread <= 0.0:
            return 1.0
        shape = 1.0 / (stream.spread * stream.spread)
        chance = self._chance(Purpose.BUSY_DAY, number, day)
        return float(chance.gamma(shape) / shape)

    # --- who

    def _people(self, number: int, stream: Stream, day: int, count: int) -> dict[str, np.ndarray]:
        menu = self._menus.get(stream.number) if stream.number else None
        if menu is None:
            assert stream.queue is not None, "reading a scenario refuses this"
            own = self._lines[stream.queue]
            found = self._matter(number, own, day, count)
            return {
                **found,
                "line": np.full(count, own, dtype=np.int64),
                "think": np.zeros(count, dtype=np.int64),
                "option": np.zeros(count, dtype=np.int64),
            }
        option = self._choose(number, menu, day, count)
        of_option = np.array([self._lines[c.queue] for c in menu.choices] + [-1], dtype=np.int64)
        line = of_option[option]  # the last one is "hangs up", also counted as -1
        found = self._matter(number, max(0, int(of_option[0])), day, count)
        for own in sorted(set(of_option.tolist()) - {-1, int(of_option[0])}):
            other = self._matter(number, own, day, count)
            for column, values in other.items():
                found[column] = np.where(line == own, values, found[column])
        think = self._chance(Purpose.THINK, number, day)
        return {
            **found,
            "line": line,
            "think": durations(menu.think, count, think),
            "option": option,
        }

    def _choose(self, number: int, menu: Menu, day: int, count: int) -> Whole:
        """Numbers of choices, -1 for hanging up; shares need not sum to one."""
        weights = np.array([c.share for c in menu.choices], dtype=np.float64)
        edges = menu.hang_up + (1.0 - menu.hang_up) * np.cumsum(weights) / weights.sum()
        drawn = self._chance(Purpose.CHOICE, number, day).random(count)
        option = np.minimum(np.searchsorted(edges, drawn, side="right"), len(weights) - 1)
        return np.where(drawn < menu.hang_up, NOT_SAID, option).astype(np.int64)

    def _matter(self, number: int, own: int, day: int, count: int) -> dict[str, np.ndarray]:
        """What callers of one queue bring along."""
        line: Line = self._scenario.lines[own]
        again = self._chance(Purpose.AGAIN, number, day)
        wrap_up = (
            np.full(count, NOT_SAID, dtype=np.int64)
            if isinstance(line.wrap_up, Never)
            else durations(line.wrap_up, count, self._chance(Purpose.WRAP_UP, number, day))
        )
        pick_up = durations(line.pick_up, count, self._chance(Purpose.PICK_UP, number, day))
        if line.missed > 0.0:
            missed = self._chance(Purpose.MISSED, number, day).random(count) < line.missed
            pick_up = np.where(missed, -1 - pick_up, pick_up)
        return {
            "patience": durations(
                line.patience, count, self._chance(Purpose.PATIENCE, number, day)
            ),
            "handling": durations(
                line.handling, count, self._chance(Purpose.HANDLING, number, day)
            ),
            "wrap_up": wrap_up,
            "pick_up": pick_up,
            "again": tries(line.again.share, line.again.at_most, count, again),
            "again_after": durations(
                line.again.after, count, self._chance(Purpose.AGAIN_AFTER, number, day)
            ),
            "leaves": self._chance(Purpose.LEAVE, number, day).random(count),
        }

    def _chance(self, purpose: Purpose, who: int, day: int) -> np.random.Generator:
        return source(self._scenario.seed, self._replication, purpose, who, day)


def touches(happening: Storm | Announcement, stream: Stream) -> bool:
    """Whether a storm or an announcement is about this stream."""
    if not happening.queues and not happening.numbers:
        return True
    return stream.queue in happening.queues or stream.number in happening.numbers
