"""Laws that sums of one window obey. A residual that is not zero is a fault, and is printed.

I4 and I5 are laws of the code (what occupancy is made of; seconds are cut at the edges): tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lianxi.reports.sums import contacts, entries, people
from lianxi.reports.terms import Sums, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Left side minus right side is zero."""

    id: str
    text: str
    left: Term
    right: Term


IDENTITIES = (
    Identity(
        id="I1",
        text="offered = answered + long abandons + short abandons + flow-outs + callbacks"
        " + ended by us + still waiting",
        left=entries.OFFERED,
        right=entries.ANSWERED
        + entries.LONG
        + entries.SHORT
        + entries.FLOW_OUT
        + entries.CALLBACK
        + entries.ENDED_BY_SYSTEM
        + entries.WAITING,
    ),
    Identity(
        id="I2",
        text="arrived = served by the flow + left in the flow + still in it + came to a queue",
        left=contacts.ARRIVED,
        right=contacts.CONTAINED + contacts.LEFT_IN_FLOW + contacts.IN_FLOW + contacts.TO_QUEUE,
    ),
    Identity(
        id="I3",
        text="signed in = talk + hold + after-call work + ringing + ready + not ready"
        " + not reached",
        left=people.SIGNED_IN,
        right=people.IN_TALK
        + people.IN_HOLD
        + people.IN_ACW
        + people.IN_RING
        + people.IN_READY
        + people.IN_NOT_READY
        + people.UNREACHED,
    ),
)


def needed_by(identity: Identity) -> frozenset[str]:
    """The measures of both sides."""
    return identity.left.needs | identity.right.needs


def residuals(sums: Sums, measures: frozenset[str]) -> Mapping[str, float]:
    """By identity, of those whose measures were asked for."""
    return {
        identity.id: (identity.left.value(sums) or 0.0) - (identity.right.value(sums) or 0.0)
        for identity in IDENTITIES
        if needed_by(identity) <= measures
    }
