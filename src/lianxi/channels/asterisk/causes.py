"""Why a leg ended: what the network says (Q.850 causes, SIP answers) in the engine's few words.

Asterisk turns SIP answers into Q.850 causes (measured with 22.10: 486 is 17, 603 is 21, 480 and
its own time-out are 19, 408 is 18, 404 is 1, 3xx is 23, 500 is 38, 503 is 34).
"""

from typing import Final

from lianxi.engine.messages.values import LegCause

BUSY: Final = frozenset({17})
NO_ANSWER: Final = frozenset({18, 19})
REJECTED: Final = frozenset({21})
NORMAL: Final = frozenset({0, 16, 26, 31, 32})
"""Also 26 (answered elsewhere) and 32, which Asterisk uses for "normal, unspecified"."""

CARRIER: Final = frozenset({27, 34, 38, 41, 42, 44, 47, 102})
"""What a network says of itself: no circuit, out of order, a temporary failure, congestion, a timer
of its own ran out."""
OF_CARRIER: Final = frozenset({401, 403, 407, 500, 502, 503, 504})
"""The same as SIP answers, and that it does not let us in: who was called does not say so."""
SILENT: Final = 408
"""The answer that Asterisk makes up when nobody gave one; a network's own comes after ringing."""

NO_SUCH_NUMBER: Final = frozenset({1, 2, 3, 20, 22, 23, 27, 28})
"""Unallocated, no route there, absent, changed, out of order, incomplete."""


def cause_outward(cause: int, *, status: int = 0, rang: bool = False) -> LegCause:
    """The engine's word for why somebody whom we called did not come to speak.

    Args:
        cause: the Q.850 cause of the channel's end. A number that does not exist, is changed or
            cannot be reached is "unreachable"; what only the carrier could not do is
            "trunk_failed"; the rest is "failed".
        status: the SIP answer that ended it; 0 = none did.
        rang: whether it had rung there.
    """
    if status in OF_CARRIER or (status == SILENT and not rang) or (not status and cause in CARRIER):
        return LegCause.TRUNK_FAILED
    if cause in BUSY:
        return LegCause.BUSY
    if cause in NO_ANSWER:
        return LegCause.NO_ANSWER
    if cause in REJECTED or cause in NORMAL - {0}:
        return LegCause.REJECTED
    return LegCause.UNREACHABLE if cause in NO_SUCH_NUMBER else LegCause.FAILED


def cause_of(*, cause: int, state: str) -> LegCause:
    """The engine's word for the end of a leg.

    Args:
        cause: the Q.850 cause of the channel's end.
        state: the channel's last state. "Up" = it was answered; "Down" = it never rang.
    """
    if cause in NORMAL:
        return LegCause.NORMAL
    if state == "Up":
        return LegCause.FAILED
    if cause in BUSY:
        return LegCause.BUSY
    if cause in REJECTED:
        return LegCause.REJECTED
    if cause in NO_ANSWER:
        # A device that gave no sign at all did not let its agent miss anything.
        return LegCause.NO_ANSWER if state == "Ringing" else LegCause.UNREACHABLE
    return LegCause.UNREACHABLE
