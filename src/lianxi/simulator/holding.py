"""Which customers are put on hold, and when. A hold lies inside the conversation."""

from lianxi.simulator.actors import Caller
from lianxi.simulator.drawing import Purpose, durations, source_of_one
from lianxi.simulator.scenario import DAY, Scenario


class Holding:
    """The holds of one replication."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self._holds = [line.hold for line in scenario.lines]
        self._begins: int = scenario.begins
        self._seed = scenario.seed
        self._replication = replication

    def planned(self, caller: Caller, lasts: int) -> tuple[int, int] | None:
        """Moment and length of the hold, in milliseconds from the answer; `None` without one.

        Args:
            lasts: length of the whole conversation.
        """
        hold = self._holds[caller.line]
        if hold.share <= 0.0:
            return None
        chance = source_of_one(
            self._seed,
            self._replication,
            Purpose.HOLD,
            caller.day.stream[caller.row],
            (caller.day.at[caller.row] - self._begins) // DAY,
            caller.row,
            caller.hops,
        )
        is_held = float(chance.random()) < hold.share
        after = int(durations(hold.after, 1, chance)[0])
        if not is_held or after >= lasts:
            return None
        return after, int(durations(hold.lasts, 1, chance)[0])


def holding_of(scenario: Scenario, replication: int) -> Holding | None:
    """`None` where no queue has holds."""
    has_any = any(line.hold.share > 0.0 for line in scenario.lines)
    return Holding(scenario, replication) if has_any else None
