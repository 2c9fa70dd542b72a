"""Legs to numbers outside: what an end means, and a carrier that gives no sign."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from lianxi.channels.asterisk import legs as legs_module
from lianxi.channels.asterisk.causes import cause_outward
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.legs import NETWORK_OUT_OF_ORDER, REMOTE_TAG, Legs
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import by_trunk, contact_of, dial_of
from lianxi.engine.messages.sighting import LegRole
from lianxi.engine.messages.values import LegCause
from lianxi.kernel.ids import ContactId, LegId, TrunkId
from lianxi.kernel.time import Millis
from tests.channels.test_asterisk_parts import Paper

pytestmark = pytest.mark.unit

LEG = LegId("to-out-c1")
VARIABLE = f"channels/{LEG}/variable?variable={REMOTE_TAG}"


@pytest.mark.parametrize(
    ("cause", "status", "rang", "word"),
    [
        (17, 486, True, LegCause.BUSY),
        (21, 603, True, LegCause.REJECTED),
        (1, 404, False, LegCause.UNREACHABLE),
        (19, 480, False, LegCause.NO_ANSWER),
        (34, 503, False, LegCause.TRUNK_FAILED),
        (34, 503, True, LegCause.TRUNK_FAILED),
        (38, 500, False, LegCause.TRUNK_FAILED),
        (27, 502, False, LegCause.TRUNK_FAILED),
        (102, 504, False, LegCause.TRUNK_FAILED),
        # Our account is not let in: who was called says nothing of that
        (21, 403, False, LegCause.TRUNK_FAILED),
        (21, 401, False, LegCause.TRUNK_FAILED),
        # Nobody answered the INVITE; after ringing it is who was called that did not
        (18, 408, False, LegCause.TRUNK_FAILED),
        (18, 408, True, LegCause.NO_ANSWER),
        # Ended by us, with a cause of our own
        (NETWORK_OUT_OF_ORDER, 0, False, LegCause.TRUNK_FAILED),
        (127, 420, False, LegCause.FAILED),
    ],
)
def test_only_what_the_carrier_says_of_itself_is_its_failure(
    cause: int, status: int, rang: bool, word: LegCause
) -> None:
    assert cause_outward(cause, status=status, rang=rang) is word


def test_a_further_try_is_of_the_same_contact() -> None:
    assert contact_of("to-out-c1.2") == contact_of("to-out-c1") == "out-c1"
    assert contact_of("to-web-callback.3") == "web-callback"
    assert dial_of("to-out-d7.2") == dial_of("to-out-d7") == "d7"
    assert dial_of("to-out-c7.2") is None


class Sheet(Paper):
    """Paper that tells what is written on it."""

    def __init__(self) -> None:
        super().__init__()
        self.came: asyncio.Queue[str] = asyncio.Queue()


@pytest.fixture
async def paper(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Sheet, Legs]]:
    """Legs over paper, to which a carrier must give a sign at once."""
    monkeypatch.setattr(legs_module, "SIGN_WITHIN_S", 0.01)
    paper, lines = Sheet(), Lines()
    legs = Legs(Hands(paper), lines, outward=by_trunk)

    def enter(path: str) -> None:
        paper.came.put_nowait(path)
        if path == "channels/create":
            legs.note_entered(LEG)

    paper.on_ask = enter
    running = asyncio.create_task(lines.run())
    yield paper, legs
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def dialled(legs: Legs) -> None:
    await legs.call_outside(
        LEG, ContactId("out-c1"), LegRole.CUSTOMER, number="139", trunk=TrunkId("telco"),
        caller="4001", ring=Millis(30_000), beside=None,
    )  # fmt: skip


async def until_asked(paper: Sheet, request: str) -> None:
    async with asyncio.timeout(10):
        while request not in paper.paths():
            await paper.came.get()


async def test_a_carrier_that_gave_no_sign_is_given_up(paper: tuple[Sheet, Legs]) -> None:
    written, legs = paper
    written.answers[VARIABLE] = '{"value": ""}'
    await dialled(legs)
    await until_asked(written, f"DELETE channels/{LEG}")
    assert written.asked[-1][2] == {"reason_code": str(NETWORK_OUT_OF_ORDER)}


async def test_a_network_that_lets_its_own_sound_be_heard_is_there(
    paper: tuple[Sheet, Legs],
) -> None:
    written, legs = paper
    written.answers[VARIABLE] = '{"value": "as5d0"}'
    await dialled(legs)
    await until_asked(written, f"GET {VARIABLE}")
    assert not [path for path in written.paths() if path.startswith("DELETE")]


async def test_who_rings_is_not_asked_about(paper: tuple[Sheet, Legs]) -> None:
    written, legs = paper
    written.answers[VARIABLE] = '{"value": "as5d0"}'
    await dialled(legs)
    legs.note_sign(LEG)
    assert written.came.qsize() == 2
    # When the same leg is dialled once more and gives no sign, it is asked about for that alone
    await dialled(legs)
    await until_asked(written, f"GET {VARIABLE}")
    assert written.paths().count(f"GET {VARIABLE}") == 1
