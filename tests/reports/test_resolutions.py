"""K17.b: who comes again, or had to be called back, was not settled at once."""

import pytest

from lianxi.engine.messages.values import Channel
from lianxi.kernel.ids import ContactId, QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.models import FactContact
from lianxi.projections.outcomes import Direction
from lianxi.reports.duck import in_memory
from lianxi.reports.store.resolutions import add_resolutions

pytestmark = pytest.mark.unit

DAY = 86_400_000


def contact(
    name: str, caller: str, day: float, category: str = "bill", **how: object
) -> FactContact:
    at = Instant(round(day * DAY))
    given: dict[str, object] = {
        "direction": Direction.INBOUND,
        "number": "4001",
        "answered_at": at,
        "ended_at": Instant(at + 60_000),
        "last_queue": QueueId("sales"),
    } | how
    return FactContact(
        contact=ContactId(name),
        arrived_at=at,
        channel=Channel.VOICE,
        caller=caller,
        disposition=category,
        position=1,
        **given,  # type: ignore[arg-type]
    )


def settled(*contacts: FactContact) -> dict[str, tuple[bool, bool]]:
    """By contact: repeated, called back."""
    with in_memory(contacts) as facts:
        add_resolutions(facts)
        rows = facts.execute(
            "SELECT contact, repeated, called_back FROM fact_resolution"
        ).fetchall()
    return {name: (repeated, called_back) for name, repeated, called_back in rows}


def test_the_same_matter_within_seven_days_is_a_repeat_and_later_it_is_not() -> None:
    found = settled(contact("a", "138", 1), contact("b", "138", 7.5), contact("c", "138", 20))
    assert found == {"a": (True, False), "b": (False, False), "c": (False, False)}


def test_another_matter_or_another_customer_is_no_repeat() -> None:
    found = settled(
        contact("a", "138", 1), contact("b", "138", 2, "repair"), contact("c", "139", 2)
    )
    assert set(found.values()) == {(False, False)}


def test_who_came_again_and_gave_up_counts_as_a_repeat_of_whatever_it_was() -> None:
    gave_up = contact("b", "138", 2, "", answered_at=None)
    assert settled(contact("a", "138", 1), gave_up) == {"a": (True, False)}


def test_a_call_of_ours_within_seven_days_is_a_callback() -> None:
    ours = contact("b", "4001", 3, "", direction=Direction.OUTBOUND, number="138")
    assert settled(contact("a", "138", 1), ours) == {"a": (False, True)}


def test_callers_without_a_number_are_left_out() -> None:
    assert settled(contact("a", "", 1), contact("b", "", 2)) == {}
