"""The two models every simulator is asked for, and what it gives back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """M/M/c+M: one queue, Poisson arrivals, exponential work and patience. Seconds."""

    load: float = 100.0
    """Offered work in Erlang: arrivals per second times `handle_s`."""
    agents: int = 100
    handle_s: float = 300.0
    patience_s: float = 120.0
    within_s: float = 20.0
    """Threshold of the service level."""

    @property
    def every_s(self) -> float:
        """Mean time from one arrival to the next."""
        return self.handle_s / self.load


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSkills:
    """N-design: class A may be served by both pools and prefers the first; B by the second alone,
    which serves B before A. Same work, patience and load for both classes."""

    load: float = 10.0
    """Erlang of each class."""
    agents: int = 11
    """In each pool."""
    handle_s: float = 300.0
    patience_s: float = 120.0

    @property
    def every_s(self) -> float:
        """Mean time from one arrival of a class to the next of the same class."""
        return self.handle_s / self.load


LINE = Line()
TWO_SKILLS = TwoSkills()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRun:
    """What one run of a `Line` gave."""

    contacts: int
    cpu_s: float
    """Processor time of this process for the simulation alone."""
    abandoned_share: float
    answered_after_s: float
    """Mean wait of those who were answered."""
    service_level: float
    """Answered within the threshold, of all who came."""

    @property
    def rate(self) -> float:
        """Contacts per second of processor time."""
        return self.contacts / self.cpu_s


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSkillsRun:
    """What one run of `TwoSkills` gave."""

    contacts: int
    cpu_s: float
    abandoned_share_a: float
    abandoned_share_b: float

    @property
    def rate(self) -> float:
        """Contacts per second of processor time."""
        return self.contacts / self.cpu_s
