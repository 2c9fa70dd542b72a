"""The list of those who are to be called back, as desks and the floor show it."""

import pytest

from lianxi.engine.messages.calling import CallPlaced
from lianxi.engine.snapshot import frozen, thawed
from lianxi.projections.live.callbacks import callback_rows
from lianxi.projections.live.centre import Centre
from tests.builders.calling import CallingCentre
from tests.builders.centre import ANNA, SALES, only
from tests.engine.specs.test_calling_back import owed, takes

pytestmark = pytest.mark.unit


def phases(centre: CallingCentre) -> list[str]:
    """What the list shows of each."""
    board = Centre(thawed(frozen(centre.state)))
    return [row["phase"] for row in callback_rows(board, {SALES})]


def test_a_callback_is_listed_until_the_conversation_is_over() -> None:
    # Given somebody who waits for a callback
    centre = owed()
    assert phases(centre) == ["waiting"]
    # Then it stays in the list while it is offered, dialled and spoken
    centre.signs_in(ANNA)
    assert phases(centre) == ["offered"]
    call = only(takes(centre), CallPlaced)
    assert phases(centre) == ["dialling"]
    centre.device_answers(call)
    centre.is_answered(call)
    assert phases(centre) == ["talking"]
    # And not in the after-call work: nobody waits any more
    centre.ends(ANNA, "web-callback")
    assert centre.agent(ANNA).wrap_up is not None
    assert phases(centre) == []
