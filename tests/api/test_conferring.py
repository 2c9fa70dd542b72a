"""Consulting, conferring and handing over: over HTTP, by whose contact it is, with a trace."""

from contextlib import AsyncExitStack

import msgspec
import pytest

from lianxi.engine.messages.inputs import ContactArrived, LegAnswered, RoutingPublished
from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.engine.messages.values import Phase, Talk
from lianxi.kernel.ids import AgentId, ContactId, LegId, TrunkId
from lianxi.office.audit.contracts import Act
from tests.api.test_floor import WHY, acts, code, ready, state
from tests.builders.web_centre import Browser, WebCentre

pytestmark = pytest.mark.db

TELCO = TrunkId("telco")


async def two(centre: WebCentre, stack: AsyncExitStack) -> tuple[Browser, Browser, ContactId]:
    """8005 talks to a customer, 8001 is free."""
    browser = await ready(centre, stack, "8005")
    contact = await centre.caller_waits("c1")
    await centre.agent_picks_up("8005")
    other = await ready(centre, stack, "8001")
    return browser, other, contact


async def party_answers(centre: WebCentre, contact: ContactId) -> LegId:
    leg = list(state(centre).contacts[contact].parties)[-1]
    await centre.told(LegAnswered(at=centre.now(), leg=leg))
    return leg


async def test_a_consult_from_its_beginning_to_the_hand_over(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser, other, contact = await two(centre, stack)
        path = f"/desk/contacts/{contact}"
        for to, said in (
            ({"agent": "8005"}, "transfer_to_self"),
            ({"queue": "nowhere"}, "transfer_target_unknown"),
            ({"number": "139/x"}, "number_invalid"),
        ):
            assert code(await browser.post(f"{path}/consult", {"to": to}))[1] == said
        assert code(await browser.post(f"{path}/consult/swap", {}))[1] == "no_consult"
        # When a colleague is consulted, by the own number
        assert code(await browser.post(f"{path}/consult", {"to": {"number": "8001"}})) == (204, "")
        assert (await other.desk())["state"] == "ringing"
        assert code(await browser.post(f"{path}/hang-up", {}))[1] == "consult_open"
        complete = f"{path}/consult/complete"
        assert code(await browser.post(complete, WHY))[1] == "party_not_there"
        await party_answers(centre, contact)
        view = (await browser.desk())["contact"]
        assert (view["talk"], view["parties"][0]["agent"]) == ("aside", "8001")
        assert code(await browser.post(f"{path}/consult/swap", {})) == (204, "")
        assert state(centre).contacts[contact].talk is Talk.WITH_CUSTOMER
        assert code(await other.post(complete, WHY))[1] == "not_talking"
        # Then the customer is handed over, with a reason
        assert code(await browser.post(complete, {}))[1] == "invalid_request"
        assert code(await browser.post(complete, WHY)) == (204, "")
        assert state(centre).contacts[contact].agent == AgentId("8001")
        assert (await browser.desk())["state"] == "acw"
    assert await acts(centre, Act.CONTACT_TRANSFERRED) == [(f"contact:{contact}", "客户要求")]
    assert len(await acts(centre, Act.PARTY_CALLED)) == 1


async def test_a_conference_grows_shrinks_and_goes_on_without_its_agent(
    centre: WebCentre,
) -> None:
    async with AsyncExitStack() as stack:
        browser, _, contact = await two(centre, stack)
        path = f"/desk/contacts/{contact}"
        assert code(await browser.post(f"{path}/consult", {"to": {"agent": "8001"}})) == (204, "")
        await party_answers(centre, contact)
        assert code(await browser.post(f"{path}/conference", {})) == (204, "")
        outside = {"to": {"number": "13900139000"}}
        assert code(await browser.post(f"{path}/invite", outside)) == (204, "")
        leg = await party_answers(centre, contact)
        shown = (await browser.desk())["contact"]["parties"]
        assert [party["number"] for party in shown] == ["", "139****9000"]
        assert code(await browser.post(f"{path}/parties/{leg}/drop", {})) == (204, "")
        assert code(await browser.post(f"{path}/parties/{leg}/drop", {}))[1] == "party_unknown"
        assert code(await browser.post(f"{path}/leave", {})) == (204, "")
        assert state(centre).contacts[contact].agent == AgentId("8001")


async def test_back_to_the_customer_and_then_to_a_number_outside(centre: WebCentre) -> None:
    async with AsyncExitStack() as stack:
        browser, _, contact = await two(centre, stack)
        path = f"/desk/contacts/{contact}"
        await browser.post(f"{path}/consult", {"to": {"agent": "8001"}})
        assert code(await browser.post(f"{path}/consult/cancel", {})) == (204, "")
        assert code(await browser.post(f"{path}/leave", {}))[1] == "not_in_conference"
        to = {"to": {"number": "13900139000"}, **WHY}
        # While no channel is free, nothing changes; what was wanted is counted
        before = state(centre).routing
        trunk = Trunk(id=TELCO, name="电信", server="sip.example", channels=1)
        routes = (Route(pattern="X.", trunks=(TELCO,)),)
        full = msgspec.structs.replace(before, version=90, trunks=(trunk,), routes=routes)
        await centre.told(RoutingPublished(at=centre.now(), routing=full))
        await centre.told(
            ContactArrived(
                at=centre.now(), contact=ContactId("c9"), leg=LegId("9"), dialled="4001",
                caller="138", trunk=TELCO,
            )
        )  # fmt: skip
        for way in ("transfer", "consult"):
            assert code(await browser.post(f"{path}/{way}", to)) == (503, "no_channel")
        await centre.told(RoutingPublished(at=centre.now(), routing=before))
        assert code(await browser.post(f"{path}/transfer", to)) == (204, "")
        assert state(centre).contacts[contact].phase is Phase.OUTSIDE
