"""How long something takes: the laws that a scenario may name."""

import msgspec

from lianxi.kernel.time import Millis


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what a scenario is made of: a key nobody knows is an error, not a wish unheard."""


class Law(Part, frozen=True, kw_only=True, tag_field="kind"):
    """A distribution of durations."""


class Fixed(Law, frozen=True, kw_only=True, tag="fixed"):
    """Always the same."""

    value: Millis


class Exponential(Law, frozen=True, kw_only=True, tag="exponential"):
    """Without memory: what the Erlang formulas assume."""

    mean: Millis


class LogNormal(Law, frozen=True, kw_only=True, tag="lognormal"):
    """What handling times of telephone calls look like."""

    mean: Millis
    cv: float = 1.0
    """Standard deviation over mean, > 0."""


class Empirical(Law, frozen=True, kw_only=True, tag="empirical"):
    """As measured: drawn between the sorted values."""

    values: tuple[Millis, ...] = ()
    file: str = ""
    """A CSV file beside the scenario instead of values; durations in seconds."""
    column: str = ""


class Never(Law, frozen=True, kw_only=True, tag="never"):
    """Does not happen: callers who wait for ever."""


AnyLaw = Fixed | Exponential | LogNormal | Empirical | Never
