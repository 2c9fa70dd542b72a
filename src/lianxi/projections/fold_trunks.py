"""How events about trunks become rows: how each stands, and calls that did not come about."""

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.trunks import ContactBlocked, TrunkChanged
from lianxi.projections.memory import Memory
from lianxi.projections.trunk_models import FactBlocked, TrunkStanding


def fold_trunk(event: Event, position: int, memory: Memory) -> None:
    """Apply one fact about a trunk."""
    match event:
        case ContactBlocked() if event.contact not in memory.blocked:
            memory.add(
                FactBlocked(
                    contact=event.contact,
                    at=event.at,
                    channel=event.channel,
                    trunk=event.trunk,
                    number=event.dialled,
                    caller=event.caller,
                    why=event.why,
                    position=position,
                )
            )
        case TrunkChanged():
            row = memory.trunks.get(event.trunk)
            if row is None:
                new = TrunkStanding(
                    trunk=event.trunk, is_up=event.is_up, why=event.why, since=event.at
                )
                memory.add(new)
            else:
                row.is_up, row.why, row.since = event.is_up, event.why, event.at
        case _:
            pass
