"""What others may ask of the workforce module: expected figures and required agents. Pure."""

import numpy as np
import numpy.typing as npt

from lianxi.modules.workforce import erlang_a, erlang_b, erlang_c, staffing
from lianxi.modules.workforce.checks import (
    MAX_LOAD_ERLANG,
    NEGLIGIBLE_ERLANG,
    check_positive,
    check_target,
)
from lianxi.modules.workforce.contracts import (
    Expected,
    FloatArray,
    Requirement,
    Staffing,
    Target,
)
from lianxi.modules.workforce.errors import StaffingInputInvalid
from lianxi.modules.workforce.grids import Columns, Intervals

Numbers = npt.ArrayLike
"""One number for all intervals, or one for each."""


def load_erlang(*, contacts: float, per_s: float, aht_s: float) -> float:
    """Offered load: the mean number of agents that the contacts keep busy.

    Args:
        contacts: that arrive in the interval. >= 0.
        per_s: length of the interval. Seconds, > 0.
        aht_s: mean handling time, talk + hold + wrap-up. Seconds, > 0.

    Raises:
        StaffingInputInvalid.

    >>> load_erlang(contacts=120, per_s=1800, aht_s=300)
    20.0
    """
    check_positive("per_s", per_s)
    check_positive("aht_s", aht_s)
    return contacts * aht_s / per_s


def blocking(*, load_erlang: float, lines: int) -> float:
    """Share of contacts that find every line busy (Erlang B); see `erlang_b.blocking`."""
    return erlang_b.blocking(load_erlang=load_erlang, lines=lines)


def expected(
    *,
    load_erlang: float,
    agents: int,
    aht_s: float,
    patience_s: float | None = None,
    answer_within_s: float = 20.0,
) -> Expected:
    """What callers meet: exact Erlang A with a patience, Erlang C without one.

    Args:
        load_erlang: offered load, arrivals per second x handling time in seconds. 0..1,000,000.
        agents: who are there, already net of shrinkage. >= 0.
        aht_s: mean handling time, talk + hold + wrap-up. Seconds, > 0.
        patience_s: mean time until a waiting caller hangs up. Seconds, > 0; None = never.
        answer_within_s: the threshold of the service level ("20" in 80/20). Seconds, >= 0.

    Returns:
        Ratios in 0..1 of all contacts, and seconds.

    Raises:
        LoadExceedsAgents: without patience, and no more agents than load.
        StaffingInputInvalid.
    """
    if patience_s is None:
        return erlang_c.expected(
            load_erlang=load_erlang, agents=agents, aht_s=aht_s, answer_within_s=answer_within_s
        )
    return erlang_a.expected(
        load_erlang=load_erlang,
        agents=agents,
        aht_s=aht_s,
        patience_s=patience_s,
        answer_within_s=answer_within_s,
    )


def required_agents(
    *,
    load_erlang: float,
    aht_s: float,
    target: Target,
    patience_s: float | None = None,
    shrinkage: float = 0.0,
) -> Requirement:
    """The smallest number of agents that meets the target in one interval.

    Args:
        load_erlang: offered load, arrivals per second x handling time in seconds. 0..1,000,000.
        aht_s: mean handling time, talk + hold + wrap-up. Seconds, > 0.
        target: every part of it must hold.
        patience_s: mean time until a waiting caller hangs up. Seconds, > 0; None = never.
        shrinkage: share of planned agents who are not there (leave, training, breaks). 0..1.

    Raises:
        StaffingInputInvalid.

    >>> target = Target(service_level=0.8, answer_within_s=20)
    >>> required_agents(load_erlang=20, aht_s=300, target=target, shrinkage=0.3).scheduled
    36
    >>> required_agents(load_erlang=20, aht_s=300, target=target, patience_s=120).agents
    22
    """
    return staffing.required_agents(
        load_erlang=load_erlang,
        aht_s=aht_s,
        target=target,
        patience_s=patience_s,
        shrinkage=shrinkage,
    )


def required_by_interval(
    *,
    load_erlang: Numbers,
    aht_s: Numbers,
    target: Target,
    patience_s: Numbers | None = None,
    shrinkage: Numbers = 0.0,
) -> Staffing:
    """As `required_agents`, for many intervals at once: a year of half-hours in a blink.

    Args:
        load_erlang: one number for each interval.
        aht_s, patience_s, shrinkage: one number for all or one for each.
        target: of all intervals.

    Raises:
        StaffingInputInvalid.
    """
    check_target(target, has_patience=patience_s is not None)
    loads = _column("load_erlang", load_erlang, None)
    _refuse_unless(((loads >= 0) & (loads <= MAX_LOAD_ERLANG)).all(), "load_erlang", "0..1000000")
    length = len(loads)
    given = Intervals(
        load_erlang=loads,
        aht_s=_positive("aht_s", aht_s, length),
        patience_s=None if patience_s is None else _positive("patience_s", patience_s, length),
        answer_within_s=target.answer_within_s,
    )
    shrink = _column("shrinkage", shrinkage, length)
    _refuse_unless(((shrink >= 0) & (shrink < 1)).all(), "shrinkage", "from 0 to below 1")
    busy = np.flatnonzero(loads >= NEGLIGIBLE_ERLANG)
    solved, figures = staffing.solve(given.at(busy), target)
    agents = np.zeros(length, dtype=np.int64)
    agents[busy] = solved
    every = Columns.undisturbed(length)
    every.put(busy, figures, np.arange(len(busy)))
    every.occupancy[agents == 0] = np.nan
    return Staffing(
        load_erlang=loads,
        agents=agents,
        scheduled=np.ceil(agents / (1 - shrink) - staffing.ROUNDING).astype(np.int64),
        waits=every.waits,
        answered=every.answered,
        answered_in_time=every.answered_in_time,
        abandoned=every.abandoned,
        abandoned_in_time=every.abandoned_in_time,
        asa_s=every.asa_s,
        wait_s=every.wait_s,
        occupancy=every.occupancy,
    )


def _positive(field: str, values: Numbers, length: int) -> FloatArray:
    column = _column(field, values, length)
    _refuse_unless(((column > 0) & np.isfinite(column)).all(), field, "more than 0")
    return column


def _column(field: str, values: Numbers, length: int | None) -> FloatArray:
    """One number for each interval."""
    column = np.asarray(values, dtype=np.float64)
    if column.ndim == 0 and length is not None:
        return np.full(length, float(column))
    fits = column.ndim == 1 and (length is None or len(column) == length)
    _refuse_unless(fits, field, "one number for each interval")
    return column


def _refuse_unless(fits: object, field: str, why: str) -> None:
    if not fits:
        raise StaffingInputInvalid(field=field, why=why)
