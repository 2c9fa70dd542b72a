"""Ten lines of the engine that matter, and how each could be wrong."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One line of the engine, broken."""

    name: str
    rule: str
    """What it endangers, as a supervisor would say it."""
    file: str
    """Below src/lianxi/engine."""
    line: str
    """The whole line as it stands there, without its indentation; it must stand there once."""
    instead: str


MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        name="offered while not heard",
        rule="ACD-12: available = intent and registered and heartbeat",
        file="state.py",
        line="and self.linked",
        instead="",
    ),
)
