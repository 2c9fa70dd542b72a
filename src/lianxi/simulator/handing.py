"""Which conversations agents hand on, when, and to whom.

Drawn from a source of each contact's own, so that a queue without transfers costs nothing, and a
change of staff leaves the same contacts to be handed on.
"""

from collections.abc import Mapping

import numpy as np

from lianxi.engine.messages.routing import Destination
from lianxi.simulator.actors import Caller, Seat
from lianxi.simulator.centre import agents_of
from lianxi.simulator.drawing import Purpose, durations, source_of_one
from lianxi.simulator.laws import Never
from lianxi.simulator.scenario import DAY, Scenario


class Handing:
    """The transfers of one replication."""

    def __init__(self, scenario: Scenario, replication: int) -> None:
        self._lines = scenario.lines
        self._begins: int = scenario.begins
        self._seed = scenario.seed
        self._replication = replication
        self._members = {team.id: agents_of(team) for team in scenario.teams}

    def planned(self, caller: Caller) -> int:
        """How long the conversation that begins now lasts; sets what it will end with."""
        caller.transfer = None
        transfers = self._lines[caller.line].transfers
        if not transfers:
            return caller.handling
        chance = self._chance(caller)
        drawn = float(chance.random())
        for transfer in transfers:
            drawn -= transfer.share
            if drawn < 0.0:
                caller.transfer = transfer
                return int(durations(transfer.after, 1, chance)[0])
        return caller.handling

    def begin_anew(self, caller: Caller) -> None:
        """Handed on: the matter is one of the queue it came to."""
        line = self._lines[caller.line]
        chance = self._chance(caller)
        chance.random(4)  # of what `planned` draws, nothing is used twice
        caller.handling = int(durations(line.handling, 1, chance)[0])
        caller.wrap_up = -1
        if not isinstance(line.wrap_up, Never):
            caller.wrap_up = int(durations(line.wrap_up, 1, chance)[0])

    def destination(self, caller: Caller, seats: Mapping[str, Seat]) -> Destination | None:
        """Where the conversation goes; `None` when nobody of the team is signed in."""
        transfer = caller.transfer
        if transfer is None or transfer.team is None:
            return Destination(queue=transfer.queue) if transfer is not None else None
        others = [
            agent
            for agent in self._members[transfer.team]
            if seats[agent].here and seats[agent] is not caller.seat
        ]
        if not others:
            return None
        chance = self._chance(caller)
        chance.random(8)
        return Destination(agent=others[int(chance.random() * len(others))])

    def _chance(self, caller: Caller) -> np.random.Generator:
        at = caller.day.at[caller.row]
        return source_of_one(
            self._seed,
            self._replication,
            Purpose.TRANSFER,
            caller.day.stream[caller.row],
            (at - self._begins) // DAY,
            caller.row,
            caller.hops,
        )


def handing_of(scenario: Scenario, replication: int) -> Handing | None:
    """`None` where no queue has transfers."""
    has_any = any(line.transfers for line in scenario.lines)
    return Handing(scenario, replication) if has_any else None
