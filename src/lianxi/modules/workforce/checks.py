"""What may be calculated with."""

import math

from lianxi.modules.workforce.contracts import Target
from lianxi.modules.workforce.errors import StaffingInputInvalid

MAX_LOAD_ERLANG = 1_000_000.0
NEGLIGIBLE_ERLANG = 1e-9
"""Less load than this, one second of work in thirty years, counts as none."""

MAX_AGENTS = 10_000_000


FINEST = 1e-9
"""A target nearer to 0 or 1 than this is beyond what rounding lets anybody tell."""


def check_load(load_erlang: float) -> None:
    """Refuse a load that is negative, no number, or beyond any centre."""
    if not 0 <= load_erlang <= MAX_LOAD_ERLANG:
        raise StaffingInputInvalid(
            field="load_erlang", why=f"from 0 to {MAX_LOAD_ERLANG:.0f} erlangs"
        )


def check_agents(agents: int) -> None:
    """Refuse a number of agents that is negative or beyond any centre."""
    if not 0 <= agents <= MAX_AGENTS:
        raise StaffingInputInvalid(field="agents", why=f"from 0 to {MAX_AGENTS}")


def check_positive(field: str, value: float) -> None:
    """Refuse a time that is not positive and finite."""
    if not 0 < value < math.inf:
        raise StaffingInputInvalid(field=field, why="more than 0")


def check_threshold(answer_within_s: float) -> None:
    """Refuse a negative threshold; 0 asks for those who do not wait at all."""
    if not 0 <= answer_within_s < math.inf:
        raise StaffingInputInvalid(field="answer_within_s", why="0 or more seconds")


def check_shrinkage(shrinkage: float) -> None:
    """Refuse a shrinkage that leaves nobody."""
    if not 0 <= shrinkage < 1:
        raise StaffingInputInvalid(field="shrinkage", why="from 0 to below 1; 0.3 for 30 %")


def refuse_target() -> StaffingInputInvalid:
    """The refusal of a target that needs more agents than any centre has."""
    return StaffingInputInvalid(field="target", why=f"needs more than {MAX_AGENTS} agents")


def check_target(target: Target, *, has_patience: bool) -> None:
    """Refuse a target that says nothing, or that no number of agents reaches."""
    check_threshold(target.answer_within_s)
    ratios = {"service_level": target.service_level, "max_abandoned": target.max_abandoned}
    for field, ratio in ratios.items():
        if ratio is not None and not FINEST <= ratio <= 1 - FINEST:
            raise StaffingInputInvalid(field=field, why="between 0 and 1; 0.8 for 80 %")
    if target.max_occupancy is not None and not 0 < target.max_occupancy <= 1:
        raise StaffingInputInvalid(field="max_occupancy", why="above 0, at most 1")
    if target.max_asa_s is not None:
        check_positive("max_asa_s", target.max_asa_s)
    if target.max_abandoned is not None and not has_patience:
        raise StaffingInputInvalid(
            field="max_abandoned", why="needs patience_s: patient callers never hang up"
        )
    parts = (target.service_level, target.max_asa_s, target.max_abandoned, target.max_occupancy)
    if all(part is None for part in parts):
        raise StaffingInputInvalid(field="target", why="at least one part must be given")
