"""A calendar as JSON, so that a clock keeps the one it was started with."""

import datetime as dt
from typing import Any

from lianxi.office.calendar.contracts import WorkCalendar


def to_json(calendar: WorkCalendar) -> dict[str, Any]:
    """What `from_json` reads."""
    return {
        "id": calendar.id,
        "zone": calendar.zone,
        "always": calendar.always,
        "weekly": {str(day): [list(w) for w in found] for day, found in calendar.weekly.items()},
        "special": {
            day.isoformat(): [list(w) for w in found] for day, found in calendar.special.items()
        },
        "known_until": calendar.known_until.isoformat() if calendar.known_until else None,
    }


def from_json(kept: dict[str, Any]) -> WorkCalendar:
    """The calendar that `to_json` wrote."""
    known = kept["known_until"]
    return WorkCalendar(
        id=kept["id"],
        zone=kept["zone"],
        always=kept["always"],
        weekly={int(day): tuple((a, b) for a, b in found) for day, found in kept["weekly"].items()},
        special={
            dt.date.fromisoformat(day): tuple((a, b) for a, b in found)
            for day, found in kept["special"].items()
        },
        known_until=dt.date.fromisoformat(known) if known else None,
    )
