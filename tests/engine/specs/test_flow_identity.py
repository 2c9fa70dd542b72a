"""The identity step: three tries, nobody reads the code, and whoever cannot be asked is no wall."""

import msgspec
import pytest

from lianxi.engine.messages.base import Event
from lianxi.engine.messages.expressions import FactName, FromFact, Variable
from lianxi.engine.messages.flow import IdentityNode
from lianxi.engine.messages.flow_commands import CheckIdentity, HideDigits, ShowDigits
from lianxi.engine.messages.flowing import (
    DigitCollected,
    DigitKept,
    IdentityAsked,
    RequestAnswered,
    RequestFailed,
)
from lianxi.kernel.ids import ContactId, RequestId
from lianxi.kernel.time import Millis
from tests.builders.centre import Centre, at, only
from tests.builders.flows import HELLO, called, dials, held, n, outcomes, path

pytestmark = pytest.mark.unit

C1 = ContactId("c1")


def identifying(**rules: object) -> tuple[Centre, list[Event]]:
    """A caller who is asked for a code of six digits."""
    node = IdentityNode(
        prompts=HELLO,
        variable="code",
        number=FromFact(fact=FactName.CALLER),
        shortest=6,
        longest=6,
        next=n("sales"),
        default=n("service"),
        error=n("operator"),
    )
    node = msgspec.structs.replace(node, **rules)
    return called({"start": node}, variables=(Variable(name="code"),))


def checks(centre: Centre) -> list[CheckIdentity]:
    return [c for c in centre.commands if isinstance(c, CheckIdentity)]


def says(centre: Centre, verified: bool) -> list[Event]:
    """Whoever is asked answers."""
    request = checks(centre)[-1].request
    return centre.say(
        RequestAnswered(
            at=at(centre.now), contact=C1, request=request, values={"verified": verified}
        )
    )


def test_a_right_code_opens_the_way_and_is_in_no_event() -> None:
    centre, events = identifying()
    # When the caller keys it in
    events += dials(centre, "c1", "135790")
    (asked,) = checks(centre)
    (hide,) = [c for c in centre.commands if isinstance(c, HideDigits)]
    # Then whether the code of that input is right is asked, within two seconds
    assert (asked.secret, asked.limit) == (hide.request, Millis(2_000))
    assert any(isinstance(c, ShowDigits) for c in centre.commands)
    # And with the answer the way is open; nothing written down has the code
    events += says(centre, True)
    assert path(events)[-1] == "sales"
    assert b"13579" not in msgspec.json.encode(events)
    assert held(centre, "code") == "xxxxxx"


def test_three_tries_each_an_input_of_its_own() -> None:
    centre, events = identifying()
    for number in range(3):
        events += dials(centre, "c1", "111111")
        assert len(checks(centre)) == number + 1
        events += says(centre, False)
        centre.hears_all("c1")
    assert path(events)[-1] == "service"
    assert outcomes(events)[0] == "defaulted"
    assert len({c.secret for c in checks(centre)}) == 3


def test_a_code_too_short_is_a_try_and_asks_nobody() -> None:
    centre, _ = identifying()
    dials(centre, "c1", "12#")
    assert checks(centre) == []
    dials(centre, "c1", "123456")
    hidden = [c.request for c in centre.commands if isinstance(c, HideDigits)]
    assert [c.secret for c in checks(centre)] == [hidden[1]]


def test_nobody_who_can_say_is_no_wrong_code() -> None:
    # Given one who fails, and one who is silent
    centre, _ = identifying()
    dials(centre, "c1", "123456")
    request = checks(centre)[0].request
    failed = RequestFailed(at=at(0), contact=C1, request=request, cause="unreachable")
    assert path(centre.say(failed))[-1] == "operator"
    centre, _ = identifying()
    dials(centre, "c1", "123456")
    assert path(centre.wait(2))[-1] == "operator"


def test_digits_that_cannot_be_hidden_are_not_asked_for() -> None:
    centre, _ = identifying()
    (hide,) = [c for c in centre.commands if isinstance(c, HideDigits)]
    failed = RequestFailed(at=at(0), contact=C1, request=hide.request, cause="not_supported")
    events = centre.say(failed)
    assert path(events)[-1] == "operator"


def test_keys_pressed_while_the_code_is_checked_mean_nothing() -> None:
    centre, _ = identifying()
    dials(centre, "c1", "123456")
    late = dials(centre, "c1", "78")
    assert not [e for e in late if isinstance(e, DigitCollected | DigitKept)]
    # And the pause after the last digit is not the end of a further try
    assert centre.wait(1.9) == []
    assert path(says(centre, True)) == ["sales"]


def test_a_repeated_answer_counts_once() -> None:
    centre, _ = identifying()
    dials(centre, "c1", "123456")
    assert path(says(centre, True)) == ["sales"]
    assert says(centre, True) == []


def test_a_connector_is_asked_where_one_is_named() -> None:
    centre, _ = identifying(connector="bank")
    events = dials(centre, "c1", "123456")
    assert only(events, IdentityAsked).connector == "bank"
    assert checks(centre)[0].connector == "bank"
    assert RequestId(checks(centre)[0].request) != checks(centre)[0].secret
