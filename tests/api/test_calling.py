"""Calls that agents make, over HTTP: one intention is one call, and what speaks against it."""

import pytest

from lianxi.engine.messages.calling import CallPlaced
from lianxi.engine.messages.events import ContactEnded
from lianxi.engine.messages.inputs import LegAnswered, LegEnded
from lianxi.engine.messages.values import LegCause
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers import keeping
from lianxi.modules.customers.contracts import Purpose, WhyNot
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository
from tests.builders.cases import somebody
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

NUMBER = {"number": "139 0013-9000"}


async def sits(centre: WebCentre, agent: Browser, username: str) -> None:
    await agent.takes_desk()
    await centre.device_registers(username)


def placed(centre: WebCentre, contact: str) -> CallPlaced:
    known = centre.hub.centre.state.calls[ContactId(contact)]
    leg = centre.hub.centre.state.contacts[known.contact].agent_leg
    assert leg is not None
    return CallPlaced(
        at=centre.now(), contact=known.contact, agent=known.agent, agent_leg=leg,
        endpoint=centre.hub.centre.state.agents[known.agent].endpoint, leg=known.leg,
        number="", caller_number="", caller_name="", dialled=known.dialled, trunk=known.trunk,
        queue=None, to=known.to, ring=known.ring, device_by=centre.now(),
    )  # fmt: skip


async def test_a_double_click_is_one_call(centre: WebCentre) -> None:
    """Given a click on a number that is sent twice with one key, then one call is placed; it is
    answered, shown at the desk, and ended from there."""
    async with centre.browser("8001") as agent:
        await sits(centre, agent, "8001")
        key = {"Idempotency-Key": "0123456789abcdef-click"}
        answers = [
            await agent.client.post("/api/desk/calls", json=NUMBER, headers=key) for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
        contact = answers[0].json()["contact"]
        assert answers[1].json() == {"contact": contact}
        again = await agent.post("/desk/calls", NUMBER)
        assert again.json()["code"] == "in_call"
        call = placed(centre, contact)
        assert call.dialled == "13900139000"
        view = await agent.desk()
        assert (view["state"], view["contact"]["id"]) == ("talking", contact)
        await centre.told(LegAnswered(at=centre.now(), leg=call.agent_leg))
        await centre.told(LegAnswered(at=centre.now(), leg=call.leg))
        assert (await agent.desk())["contact"]["id"] == contact
        assert (await agent.post(f"/desk/contacts/{contact}/hang-up")).status_code == 204
        assert (await agent.desk())["state"] == "not_ready"


async def test_what_speaks_against_a_call_is_said_with_a_code(centre: WebCentre) -> None:
    """Given a desk without a telephone, then a call is refused; so is what is no number, a queue
    not served, and a colleague who is not there."""
    async with centre.browser("8001") as agent:
        assert (await agent.post("/desk/calls", NUMBER)).json()["code"] == "desk_not_signed_in"
        await agent.takes_desk()
        assert (await agent.post("/desk/calls", NUMBER)).json()["code"] == "device_away"
        await centre.device_registers("8001")
        for body, code in (
            ({"number": "abc"}, "number_invalid"),
            ({**NUMBER, "queue": "no-such"}, "queue_unknown"),
        ):
            assert (await agent.post("/desk/calls", body)).json()["code"] == code
        answer = await agent.post("/desk/calls/colleague", {"agent": "8002"})
        assert answer.json()["code"] == "transfer_target_unknown"


async def test_a_colleague_is_called_and_free_when_it_is_over(centre: WebCentre) -> None:
    """Given two agents at their desks, then one calls the other, and both are free afterwards."""
    async with centre.browser("8001") as agent, centre.browser("8002") as other:
        await sits(centre, agent, "8001")
        await sits(centre, other, "8002")
        answer = await agent.post("/desk/calls/colleague", {"agent": "8002"})
        assert answer.status_code == 201, answer.text
        call = placed(centre, answer.json()["contact"])
        await centre.told(LegAnswered(at=centre.now(), leg=call.agent_leg))
        assert (await other.desk())["state"] == "ringing"
        await centre.told(LegAnswered(at=centre.now(), leg=call.leg))
        assert (await other.desk())["state"] == "talking"
        ended = LegEnded(at=centre.now(), leg=call.leg, cause=LegCause.NORMAL)
        events = await centre.told(ended)
        assert any(isinstance(event, ContactEnded) for event in events)
        assert (await agent.desk())["state"] == (await other.desk())["state"] == "not_ready"


async def test_a_number_that_does_not_want_to_be_called_is_not_called(centre: WebCentre) -> None:
    """Given a number that is not to be called until tomorrow, then a click on it, however
    it is written, is refused with the reason, and so is a promise to call back; the day after it
    is called."""
    tomorrow = Instant(centre.now() + 86_400_000)
    async with centre.database.sessions.begin() as session:
        id = await customers.add(session, "王小双", ["13900139000"], at=centre.now())
        (number,) = (await customers.customer(session, id)).numbers
        quiet = ("不要再打来", tomorrow)
        by = somebody("lead", Permission.CUSTOMERS_EDIT)
        await keeping.do_not_call(session, id, number.id, quiet, by=by, at=centre.now())
    async with centre.browser("8001") as agent:
        await sits(centre, agent, "8001")
        refused = await agent.post("/desk/calls", {"number": "0 139 0013-9000"})
        assert (refused.status_code, refused.json()["code"]) == (409, "number_do_not_call")
        assert refused.json()["facts"] == {"reason": "不要再打来", "until": tomorrow}
        promised = await agent.post("/desk/callbacks", {"number": "13900139000", "queue": "sales"})
        assert promised.json()["code"] == "number_do_not_call"
    async with centre.database.sessions() as session:
        later = await customers.may_contact(session, "13900139000", None, at=tomorrow)
        assert later.allowed
        asked = await customers.may_contact(session, id, Purpose.MARKETING, at=tomorrow)
        assert (asked.allowed, asked.why) == (False, WhyNot.NOT_ASKED)


async def test_a_promise_that_became_unwanted_is_marked_and_not_called(centre: WebCentre) -> None:
    """Given a callback that was promised, when its number is not to be called any more, then the
    lists say why; who takes it is refused and free again, and nobody else is offered it."""
    async with centre.browser("8005") as agent, centre.browser("supervisor") as boss:
        await sits(centre, agent, "8005")
        promised = {"number": "13900139000", "queue": "service"}
        row = (await agent.post("/desk/callbacks", promised)).json()
        assert row["do_not_call"] is None
        async with centre.database.sessions.begin() as session:
            id = await customers.add(session, "王小双", ["13900139000"], at=centre.now())
            (number,) = (await customers.customer(session, id)).numbers
            by = somebody("lead", Permission.CUSTOMERS_EDIT)
            quiet = ("不要再打来", None)
            await keeping.do_not_call(session, id, number.id, quiet, by=by, at=centre.now())
        for browser, path in ((agent, "/desk/callbacks"), (boss, "/callbacks")):
            (shown,) = (await browser.get(path)).json()
            assert shown["do_not_call"] == {"reason": "不要再打来", "until": None}
        await agent.post("/desk/state", {"to": "ready"})
        offer = (await agent.desk())["offer"]["id"]
        refused = await agent.post(f"/desk/offers/{offer}/take")
        assert refused.json()["code"] == "number_do_not_call"
        assert (await agent.get("/desk/callbacks")).json() == []
        view = await agent.desk()
        assert (view["state"], view["offer"]) == ("ready", None)
    async with centre.database.sessions() as session:
        (told,) = await AuditRepository(session).newest(limit=5, act=Act.CALLBACK_CANCELLED)
    assert (told.object, told.facts["do_not_call"]) == (f"contact:{row['id']}", "不要再打来")
