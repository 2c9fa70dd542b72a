"""What a scripted agent decides: a pure function of what the desk shows, and of drawn chance."""

import random
from dataclasses import dataclass
from enum import StrEnum

from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant, Millis, after
from lianxi.projections.presence import ShownState

BREAK = "break"
"""The reason of a short break; without such a reason nobody takes one."""

MISSES = 0.05
HOLDS = 0.25
TAKES_BREAK = 0.10
FORGETS_CODE = 0.03


class Wish(StrEnum):
    """What an agent may want to do next."""

    SIGN_IN = "sign_in"
    READY = "ready"
    HOLD = "hold"
    RESUME = "resume"
    HANG_UP = "hang_up"
    FINISH = "finish"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the desk shows."""

    state: ShownState
    reason: str = ""
    since: Instant
    contact: ContactId | None = None
    codes: tuple[str, ...] = ()
    """Dispositions that the wrap-up offers."""
    reasons: tuple[str, ...] = ()
    """Reasons for being not ready that the centre knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One wish and the moment it is due."""

    at: Instant
    wish: Wish
    code: str = ""
    """The disposition, of FINISH."""
    takes_break: bool = False
    """Not ready after the wrap-up, of FINISH."""


@dataclass(slots=True, kw_only=True)
class Talk:
    """How one conversation shall go."""

    contact: ContactId
    ends_at: Instant
    hold_at: Instant | None
    hold_for: Millis


class AgentScript:
    """Draws each decision once per situation, so that asking again gives the same answer.

    Args:
        chance: the source of every draw; the same seed gives the same day.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._situation: tuple[object, ...] = ()
        self._move: Move | None = None
        self._talk: Talk | None = None
        self._was_here = False
        self.answers_after_s: float | None = None
        """Seconds the telephone rings before the next call is answered; None = it is not."""

    def move(self, seen: Seen) -> Move | None:
        """What to do next and when; None = wait for something to happen."""
        situation = (seen.state, seen.reason, seen.since, seen.contact)
        if situation != self._situation:
            self._situation = situation
            self._move = self._decided(seen)
        return self._move

    def _decided(self, seen: Seen) -> Move | None:
        match seen.state:
            case ShownState.SIGNED_OUT:
                pause = self._between(30, 60) if self._was_here else Millis(0)
                return Move(at=after(seen.since, pause), wish=Wish.SIGN_IN)
            case ShownState.NOT_READY:
                self._was_here = True
                return Move(at=after(seen.since, self._pause(seen.reason)), wish=Wish.READY)
            case ShownState.NOT_RESPONDING:
                return Move(at=after(seen.since, self._between(8, 20)), wish=Wish.READY)
            case ShownState.READY:
                is_missed = self._chance.random() < MISSES
                self.answers_after_s = None if is_missed else self._chance.triangular(2, 6, 3)
                return None
            case ShownState.TALKING | ShownState.HOLD:
                return self._in_conversation(seen)
            case ShownState.ACW:
                return self._wrap_up(seen)
            case _:
                return None

    def _pause(self, reason: str) -> Millis:
        if reason in ("signed_in", "lost"):
            return self._between(1, 4)
        if reason == BREAK:
            return self._between(20, 50)
        return self._between(60, 120)  # somebody else decided so

    def _in_conversation(self, seen: Seen) -> Move | None:
        if seen.contact is None:
            return None
        if self._talk is None or self._talk.contact != seen.contact:
            self._talk = self._drawn_talk(seen.contact, seen.since)
        talk = self._talk
        if seen.state is ShownState.HOLD:
            talk.hold_at = None
            return Move(at=after(seen.since, talk.hold_for), wish=Wish.RESUME)
        if talk.hold_at is not None:
            return Move(at=talk.hold_at, wish=Wish.HOLD)
        return Move(at=talk.ends_at, wish=Wish.HANG_UP)

    def _drawn_talk(self, contact: ContactId, since: Instant) -> Talk:
        length_s = self._chance.triangular(15, 60, 20)
        is_held = self._chance.random() < HOLDS
        hold_at_s = length_s * self._chance.uniform(0.3, 0.6)
        return Talk(
            contact=contact,
            ends_at=after(since, Millis(round(length_s * 1000))),
            hold_at=after(since, Millis(round(hold_at_s * 1000))) if is_held else None,
            hold_for=self._between(4, 10),
        )

    def _wrap_up(self, seen: Seen) -> Move | None:
        if self._chance.random() < FORGETS_CODE:
            return None  # the clock of the wrap-up ends it
        code = self._chance.choice(seen.codes) if seen.codes else ""
        wants_break = self._chance.random() < TAKES_BREAK
        return Move(
            at=after(seen.since, self._between(3, 12)),
            wish=Wish.FINISH,
            code=code,
            takes_break=wants_break and BREAK in seen.reasons,
        )

    def _between(self, shortest_s: float, longest_s: float) -> Millis:
        return Millis(round(self._chance.uniform(shortest_s, longest_s) * 1000))
