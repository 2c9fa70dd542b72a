"""What a person cannot have now, and the code that says why."""

from collections.abc import Callable

import msgspec
import pytest

from lianxi.engine.asked import refusal
from lianxi.engine.messages.agent_inputs import (
    AgentForced,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    OfferRefused,
    ResumeAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.routing import WrapUpRule
from lianxi.engine.messages.values import DeviceKind, Intent, WrapUpMode
from lianxi.kernel.ids import AgentId, ContactId, Endpoint, OfferId
from lianxi.kernel.time import Instant
from tests.builders.centre import ANNA, BEN, SALES, Centre, a_queue, a_routing, at

pytestmark = pytest.mark.unit

NOW = Instant(0)
C1 = ContactId("c1")


def nobody() -> Centre:
    return Centre()


def idle() -> Centre:
    centre = Centre()
    centre.signs_in(ANNA)
    return centre


def ringing(*, may_refuse: bool = True) -> Centre:
    centre = Centre(a_routing(a_queue(SALES, agent_may_refuse=may_refuse)))
    centre.signs_in(ANNA)
    centre.calls("c1")
    return centre


def accepted() -> Centre:
    centre = ringing()
    centre.picks_up(ANNA)
    return centre


def talking() -> Centre:
    centre = Centre()
    centre.talk(ANNA, "c1")
    return centre


def held() -> Centre:
    centre = talking()
    centre.holds(ANNA, "c1")
    return centre


def recovering() -> Centre:
    centre = talking()
    centre.reloads(ANNA)
    return centre


def wrapping(mode: WrapUpMode = WrapUpMode.LIMITED) -> Centre:
    centre = Centre(a_routing(a_queue(SALES, wrap_up=WrapUpRule(mode=mode))))
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    return centre


def extended() -> Centre:
    centre = wrapping()
    for _ in range(2):
        centre.say(WrapUpExtended(at=NOW, agent=ANNA, contact=C1))
    return centre


def without_codes() -> Centre:
    centre = Centre(a_routing(a_queue(SALES, dispositions=())))
    centre.talk(ANNA, "c1")
    centre.hangs_up("c1")
    return centre


def forgotten() -> Centre:
    centre = idle()
    centre.publishes(msgspec.structs.replace(centre.state.routing, agents=()))
    return centre


SIGN_IN = AgentSignedIn(
    at=NOW, agent=ANNA, session="t", device=DeviceKind.BROWSER, endpoint=Endpoint("e")
)
STRANGER = msgspec.structs.replace(SIGN_IN, agent=AgentId("9999"))
READY = AgentStateAsked(at=NOW, agent=ANNA, to=Intent.READY)
BREAK = AgentStateAsked(at=NOW, agent=ANNA, to=Intent.NOT_READY, reason="break")
REFUSE = OfferRefused(at=NOW, agent=ANNA, offer=OfferId("o1"))
FINISH = WrapUpFinished(at=NOW, agent=ANNA, contact=C1, disposition="other")
NOTE = WrapUpNoted(at=NOW, agent=ANNA, contact=C1, disposition="other")
MORE_TIME = WrapUpExtended(at=NOW, agent=ANNA, contact=C1)
HOLD = HoldAsked(at=NOW, agent=ANNA, contact=C1)
RESUME = ResumeAsked(at=NOW, agent=ANNA, contact=C1)
HANG_UP = HangUpAsked(at=NOW, agent=ANNA, contact=C1)
LEG = LegAsked(at=NOW, agent=ANNA)
SIGN_OUT = AgentSignedOut(at=NOW, agent=ANNA)
FORCE_READY = AgentForced(at=NOW, agent=ANNA, to=Intent.READY, reason="", by="lead")
FORCE_OUT = msgspec.structs.replace(FORCE_READY, to=None)
UNRESPONSIVE = Intent.NOT_RESPONDING

REFUSED: list[tuple[str, Callable[[], Centre], Input]] = [
    ("agent_unknown", nobody, STRANGER),
    ("agent_unknown", forgotten, SIGN_IN),
    *[
        ("not_signed_in", nobody, given)
        for given in (
            SIGN_OUT, READY, LEG, FORCE_READY, HOLD, RESUME, HANG_UP, REFUSE, NOTE, FINISH,
            MORE_TIME,
        )
    ],
    ("in_call", talking, SIGN_OUT),
    ("in_call", recovering, SIGN_OUT),
    ("in_call", talking, FORCE_OUT),
    ("reason_unknown", idle, msgspec.structs.replace(BREAK, reason="dancing")),
    ("reason_unknown", idle, msgspec.structs.replace(BREAK, reason="")),
    ("reason_unknown", wrapping, msgspec.structs.replace(FINISH, then=Intent.NOT_READY)),
    ("state_unknown", idle, msgspec.structs.replace(READY, to=UNRESPONSIVE)),
    ("state_unknown", idle, msgspec.structs.replace(FORCE_READY, to=UNRESPONSIVE)),
    ("not_talking", idle, LEG),
    ("not_talking", wrapping, LEG),
    ("not_talking", recovering, HOLD),
    ("not_talking", recovering, RESUME),
    ("not_talking", wrapping, HANG_UP),
    ("not_your_contact", idle, HOLD),
    ("already_held", held, HOLD),
    ("not_your_contact", accepted, HANG_UP),
    ("not_your_contact", idle, NOTE),
    ("offer_over", idle, REFUSE),
    ("offer_over", accepted, REFUSE),
    ("offer_over", talking, REFUSE),
    ("refusing_not_allowed", lambda: ringing(may_refuse=False), REFUSE),
    ("wrap_up_over", idle, FINISH),
    ("wrap_up_over", talking, FINISH),
    ("wrap_up_over", talking, MORE_TIME),
    ("wrap_up_over", wrapping, msgspec.structs.replace(FINISH, contact=ContactId("c2"))),
    ("disposition_missing", wrapping, msgspec.structs.replace(FINISH, disposition="")),
    ("disposition_unknown", wrapping, msgspec.structs.replace(FINISH, disposition="invented")),
    ("disposition_unknown", without_codes, FINISH),
    ("wrap_up_fixed", lambda: wrapping(WrapUpMode.FIXED), FINISH),
    ("no_extension_left", extended, MORE_TIME),
    ("no_extension_left", lambda: wrapping(WrapUpMode.FREE), MORE_TIME),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "reached", "given"),
    REFUSED,
    ids=[f"{code}-{type(given).__name__}-{n}" for n, (code, _, given) in enumerate(REFUSED)],
)
def test_what_cannot_be_had_is_refused_with_its_code_and_changes_nothing(
    code: str, reached: Callable[[], Centre], given: Input
) -> None:
    centre = reached()
    assert refusal(given, centre.state) == code
    assert centre.say(given) == []


ALLOWED: list[tuple[Callable[[], Centre], Input]] = [
    (nobody, SIGN_IN),
    (idle, SIGN_IN),
    (idle, SIGN_OUT),
    (ringing, SIGN_OUT),
    (wrapping, SIGN_OUT),
    (idle, READY),
    (idle, BREAK),
    (talking, BREAK),
    (idle, FORCE_READY),
    (idle, FORCE_OUT),
    (idle, msgspec.structs.replace(FORCE_READY, to=Intent.NOT_READY, reason="any words")),
    (ringing, REFUSE),
    (talking, HOLD),
    (talking, RESUME),
    (held, RESUME),
    (talking, HANG_UP),
    (recovering, HANG_UP),
    (recovering, LEG),
    (talking, NOTE),
    (wrapping, NOTE),
    (wrapping, FINISH),
    (wrapping, MORE_TIME),
    (without_codes, msgspec.structs.replace(FINISH, disposition="")),
    (wrapping, msgspec.structs.replace(FINISH, then=Intent.NOT_READY, reason="meal")),
]


@pytest.mark.parametrize(
    ("reached", "given"),
    ALLOWED,
    ids=[f"{type(given).__name__}-{n}" for n, (_, given) in enumerate(ALLOWED)],
)
def test_what_can_be_had_is_not_refused(reached: Callable[[], Centre], given: Input) -> None:
    assert refusal(given, reached().state) is None


def test_an_offer_of_somebody_else_is_over_for_me() -> None:
    centre = ringing()
    centre.signs_in(BEN)
    given = OfferRefused(at=NOW, agent=BEN, offer=OfferId("o1"))
    assert refusal(given, centre.state) == "offer_over"


def test_what_the_world_says_is_never_refused() -> None:
    assert refusal(Tick(at=at(1)), nobody().state) is None
