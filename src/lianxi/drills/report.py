"""What a drill found: sentences that held or did not, figures, and the times of one call."""

from collections.abc import Callable
from dataclasses import dataclass, field

Figure = float | int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim about the product, and what was seen."""

    step: str
    text: str
    ok: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One moment of a call. Milliseconds since its first."""

    at_ms: float
    what: str


def _nobody(_: object) -> None:
    """Nobody watches."""


@dataclass(slots=True)
class Report:
    """Collects what the steps of a drill state.

    Args:
        name: of the drill.
        told: called with each statement as it is made, for people who watch.
    """

    name: str
    told: Callable[[Statement], None] = _nobody
    step: str = ""
    """The step under way."""

    statements: list[Statement] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    ladder: list[Rung] = field(default_factory=list)
    machine: dict[str, Figure] = field(default_factory=dict)

    def state(self, text: str, ok: bool, seen: object = "") -> bool:
        """Make a claim; returns whether it held.

        Args:
            text: a sentence a supervisor would understand.
            ok: whether it was so.
            seen: the evidence, with units.
        """
        statement = Statement(step=self.step, text=text, ok=bool(ok), seen=str(seen))
        self.statements.append(statement)
        self.told(statement)
        return statement.ok

    def figure(self, name: str, value: Figure) -> None:
        """Note a measured value; its name carries the unit (`_ms`, `_s`, `_count`)."""
        self.figures[name] = round(value, 3) if isinstance(value, float) else value

    @property
    def ok(self) -> bool:
        """Whether there were statements and every one held."""
        return bool(self.statements) and all(one.ok for one in self.statements)

    def as_json(self) -> dict[str, object]:
        """The whole report, ready for `json.dumps`."""
        return {
            "name": self.name,
            "ok": self.ok,
            "statements": [
                {"text": one.text, "ok": one.ok, "seen": one.seen, "step": one.step}
                for one in self.statements
            ],
            "figures": dict(self.figures),
            "ladder": [{"at_ms": rung.at_ms, "what": rung.what} for rung in self.ladder],
            "machine": dict(self.machine),
        }
