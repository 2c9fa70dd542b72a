"""The desk over HTTP: taking it, one call from offer to wrap-up, refusals, doubles, take-over."""

import pytest

from lianxi.api.desk_sign_in import sip_host
from lianxi.engine.messages.holding import LegHoldTold
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.recordings import LegQualityMeasured
from lianxi.kernel.errors import DatabaseAway
from lianxi.kernel.ids import Endpoint
from lianxi.office.audit.contracts import Act
from lianxi.office.audit.repository import AuditRepository
from lianxi.projections.ladder import Names, ladder
from lianxi.projections.live.boards import agent_rows, contact_rows
from lianxi.projections.live.sight import Sight
from tests.builders.web_centre import WebCentre

pytestmark = pytest.mark.db

EVERYTHING = Sight(is_all=True)


async def test_a_call_goes_from_the_offer_to_the_wrap_up(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        answer = await agent.takes_desk()
        assert answer.status_code == 200, answer.text
        sip = answer.json()["sip"]
        assert sip["path"] == "/sip"
        assert sip["uri"] == f"sip:{sip['username']}@lianxi"
        assert await centre.desks.password(sip["username"]) == sip["password"]
        await centre.device_registers("8001")
        assert (await agent.post("/desk/state", {"to": "ready"})).status_code == 204
        assert (await agent.desk())["state"] == "ready"

        centre.later(1)
        contact = await centre.caller_waits()
        view = await agent.desk()
        assert view["state"] == "ringing"
        pop = view["offer"]["pop"]
        assert pop["number"] == "138****1234"
        assert pop["menu_path"] == [{"zh": "售后", "en": "Service"}]
        await centre.agent_picks_up("8001")
        view = await agent.desk()
        assert (view["state"], view["contact"]["id"]) == ("talking", contact)
        assert view["wrap_up"]["since"] is None
        assert view["wrap_up"]["about"] is None
        assert view["allowed"]["hold"] is True
        assert view["allowed"]["resume"] == "not_held"

        centre.later(10)
        assert (await agent.post(f"/desk/contacts/{contact}/hold")).status_code == 204
        assert (await agent.desk())["state"] == "hold"
        centre.later(5)
        assert (await agent.post(f"/desk/contacts/{contact}/resume")).status_code == 204
        draft = {"contact": contact, "disposition": "repair", "note": "屏幕不亮"}
        assert (await agent.client.put("/api/desk/wrap-up", json=draft)).status_code == 204
        centre.later(10)
        assert (await agent.post(f"/desk/contacts/{contact}/hang-up")).status_code == 204
        view = await agent.desk()
        assert (view["state"], view["contact"]) == ("acw", None)
        about = view["wrap_up"]["about"]
        assert (about["id"], about["number"]) == (contact, "138****1234")
        assert (about["held_ms"], about["recording"]) == (5_000, "on")
        assert view["wrap_up"]["disposition"] == "repair"
        assert view["wrap_up"]["limit_ms"] == 45_000
        assert view["wrap_up"]["extensions_left"] == 2
        extend = {"contact": contact}
        assert (await agent.post("/desk/wrap-up/extend", extend)).status_code == 204
        centre.later(20)
        done = {**draft, "then": {"to": "not_ready", "reason": "break"}}
        assert (await agent.post("/desk/wrap-up/finish", done)).status_code == 204
        view = await agent.desk()
        assert (view["state"], view["reason"]) == ("not_ready", "break")
        today = {"answered": 1, "talk_s": 20, "hold_s": 5, "wrap_up_s": 20, "aht_s": 45}
        assert view["today"] == today
        assert (await agent.post("/desk/sign-out")).status_code == 204
        assert (await agent.desk())["state"] == "signed_out"
        assert await centre.desks.password(sip["username"]) is None


async def test_acd_36_desk_and_board_show_a_forgotten_hold(centre: WebCentre) -> None:
    """https://github.com/signalwire/freeswitch/issues/1140"""
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits()
        await centre.agent_picks_up("8001")
        # Given a customer on hold
        assert (await agent.post(f"/desk/contacts/{contact}/hold")).status_code == 204
        again = await agent.post(f"/desk/contacts/{contact}/hold")
        assert (again.status_code, again.json()["code"]) == (409, "already_held")
        shown = (await agent.desk())["contact"]
        assert (shown["phase"], shown["hold_alarmed"]) == ("hold", False)
        assert shown["recall_at"] - shown["hold_since"] == 180_000
        # When a minute is over
        await centre.told(Tick(at=centre.later(60)))
        # Then the desk shows it, and the board of whoever looks after the team
        assert (await agent.desk())["contact"]["hold_alarmed"] is True
        replica = centre.hub.centre
        assert agent_rows(replica, EVERYTHING)["8001"]["hold_alarmed"] is True
        assert contact_rows(replica, EVERYTHING)[contact]["hold_alarmed"] is True
        # And two minutes later they talk again, unasked
        await centre.told(Tick(at=centre.later(120)))
        view = await agent.desk()
        assert (view["state"], view["contact"]["held_ms"]) == ("talking", 180_000)
        assert (view["contact"]["hold_alarmed"], view["contact"]["recall_at"]) == (False, None)
        assert agent_rows(replica, EVERYTHING)["8001"]["hold_alarmed"] is False
        assert (view["allowed"]["hold"], view["allowed"]["resume"]) == (True, "not_held")


async def test_an_agent_pauses_the_recording_for_a_while(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits()
        await centre.agent_picks_up("8001")
        view = await agent.desk()
        assert (view["contact"]["recording"], view["allowed"]["pause_recording"]) == ("on", True)
        # When the agent pauses it, and once more resumes it
        path = f"/desk/contacts/{contact}/recording"
        assert (await agent.post(f"{path}/pause")).status_code == 204
        shown = (await agent.desk())["contact"]
        assert (shown["recording"], shown["recording_resumes_at"]) == (
            "paused",
            centre.at + 120_000,
        )
        assert (await agent.post(f"{path}/resume")).status_code == 204
        assert (await agent.desk())["contact"]["recording"] == "on"
        # And when it is forgotten, it goes on by itself
        await agent.post(f"{path}/pause")
        await centre.told(Tick(at=centre.later(120)))
        assert (await agent.desk())["contact"]["recording"] == "on"
        rungs = [rung.kind for rung in ladder([x.event for x in centre.journal.lines], Names())]
        assert [kind for kind in rungs if "recording" in kind] == [
            "recording_paused", "recording_resumed", "recording_paused", "recording_resumed",
        ]  # fmt: skip


async def test_a_payment_field_pauses_the_recording_while_it_has_the_focus(
    centre: WebCentre,
) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits()
        await centre.agent_picks_up("8001")
        path = f"/desk/contacts/{contact}/recording"
        field = {"cause": "payment_field"}
        # When the field gets the focus, nothing is kept
        assert (await agent.post(f"{path}/pause", field)).status_code == 204
        assert (await agent.desk())["contact"]["recording"] == "paused"
        # And when it loses it, all is
        assert (await agent.post(f"{path}/resume", field)).status_code == 204
        assert (await agent.desk())["contact"]["recording"] == "on"
        # But what the agent paused stays so
        await agent.post(f"{path}/pause")
        await agent.post(f"{path}/resume", field)
        assert (await agent.desk())["contact"]["recording"] == "paused"
        rungs = [rung.kind for rung in ladder([x.event for x in centre.journal.lines], Names())]
        assert [kind for kind in rungs if "recording" in kind] == [
            "recording_paused_for_payment", "recording_resumed", "recording_paused",
        ]  # fmt: skip


async def test_a_hold_at_the_telephone_is_shown_and_only_ended_there(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk(device="phone")
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits()
        await centre.agent_picks_up("8001")
        leg = centre.hub.centre.state.contacts[contact].agent_leg
        assert leg is not None
        await centre.told(LegHoldTold(at=centre.later(1), leg=leg, held=True))
        view = await agent.desk()
        assert (view["state"], view["contact"]["phase"]) == ("hold", "hold")
        assert view["contact"]["recall_at"] is None
        assert view["allowed"]["resume"] == "held_at_device"
        answer = await agent.post(f"/desk/contacts/{contact}/resume")
        assert (answer.status_code, answer.json()["code"]) == (409, "held_at_device")
        await centre.told(LegHoldTold(at=centre.later(1), leg=leg, held=False))
        assert (await agent.desk())["state"] == "talking"
        rungs = [rung.kind for rung in ladder([x.event for x in centre.journal.lines], Names())]
        assert [kind for kind in rungs if "held" in kind] == ["held_at_device"]


async def test_a_leg_that_is_heard_badly_is_marked_on_the_board(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        await centre.device_registers("8001")
        await agent.post("/desk/state", {"to": "ready"})
        contact = await centre.caller_waits()
        await centre.agent_picks_up("8001")
        replica = centre.hub.centre
        for loss in (0.1, 0.0):
            leg = replica.state.contacts[contact].leg
            measured = LegQualityMeasured(
                at=centre.later(10), contact=contact, leg=leg, loss=loss, jitter_ms=1.0,
                round_trip_ms=0.0, packets=500,
            )  # fmt: skip
            await centre.told(measured)
            assert contact_rows(replica, EVERYTHING)[contact]["heard_badly"] is bool(loss)
        rungs = [rung.kind for rung in ladder([x.event for x in centre.journal.lines], Names())]
        assert rungs[-2:] == ["leg_bad", "leg_good_again"]


async def test_refusals_say_why_in_a_stable_code(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        for path, body, code in (
            ("/desk/state", {"to": "ready"}, "desk_not_signed_in"),
            ("/desk/sign-out", {}, "desk_not_signed_in"),
        ):
            answer = await agent.post(path, body)
            assert (answer.status_code, answer.json()["code"]) == (409, code)
        await agent.takes_desk()
        for path, body, code in (
            ("/desk/state", {"to": "not_ready", "reason": "lazy"}, "reason_unknown"),
            ("/desk/state", {"to": "not_ready"}, "reason_unknown"),
            ("/desk/state", {"to": "nowhere"}, "invalid_request"),
            ("/desk/offers/o1/reject", {}, "offer_over"),
            ("/desk/contacts/c9/hold", {}, "not_your_contact"),
            ("/desk/leg", {}, "not_talking"),
            ("/desk/wrap-up/finish", {"contact": "c9"}, "wrap_up_over"),
        ):
            answer = await agent.post(path, body)
            assert answer.json()["code"] == code, (path, answer.text)
            assert answer.json()["detail"].endswith(".") or code == "invalid_request"


async def test_the_same_intention_sent_twice_has_one_effect(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        first = await agent.post(
            "/desk/sign-in", {"device": "browser", "session": "tab-1"}, key="sign-in-1"
        )
        again = await agent.post(
            "/desk/sign-in", {"device": "browser", "session": "tab-1"}, key="sign-in-1"
        )
        assert first.json() == again.json()
        written = len(centre.journal.lines)
        for _ in range(2):
            break_ = {"to": "not_ready", "reason": "break"}
            assert (await agent.post("/desk/state", break_, key="k1")).status_code == 204
        assert len(centre.journal.lines) == written + 1
        # A key belongs to one address: elsewhere it is another intention.
        assert (await agent.post("/desk/sign-out", key="k1")).status_code == 204
        assert (await agent.desk())["signed_in"] is False
        assert (await agent.post("/desk/state", {"to": "ready"}, key="a b")).status_code == 400


async def test_a_second_computer_must_take_over(centre: WebCentre) -> None:
    async with centre.browser("8001") as first, centre.browser("8001") as second:
        mine = (await first.takes_desk("tab-1")).json()["sip"]["username"]
        centre.later(5)
        answer = await second.takes_desk("tab-2")
        assert answer.status_code == 409
        assert answer.json()["code"] == "signed_in_elsewhere"
        assert answer.json()["facts"] == {"device": "browser", "since": centre.at - 5000}
        assert (await second.desk())["here"] is False
        theirs = (await second.takes_desk("tab-2", take_over=True)).json()["sip"]["username"]
        assert (await second.desk())["here"] is True
        assert (await first.desk())["here"] is False
        assert theirs != mine
        await centre.reacted()
        assert await centre.desks.password(mine) is None


async def test_another_tab_of_the_same_browser_needs_no_take_over(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        first = (await agent.takes_desk("tab-1")).json()["sip"]["username"]
        assert (await agent.takes_desk("tab-1")).json()["sip"]["username"] == first
        assert (await agent.takes_desk("tab-2")).json()["sip"]["username"] != first


async def test_a_closing_page_counts_only_when_it_holds_the_desk(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk("tab-1")
        await centre.device_registers("8001")
        csrf = agent.client.headers.pop("X-CSRF-Token")
        left = "/api/desk/leave"
        beacon = await agent.client.post(left, params={"session": "tab-9", "csrf": csrf})
        assert beacon.status_code == 204
        registered = centre.inbox.engine.state.agents["8001"]  # type: ignore[index]
        assert registered.registered is True
        assert (await agent.client.post(left, params={"session": "tab-1"})).status_code == 403
        beacon = await agent.client.post(left, params={"session": "tab-1", "csrf": csrf})
        assert beacon.status_code == 204
        assert registered.registered is False


async def test_the_account_of_a_desk_phone_is_told_when_asked_for_and_audited(
    centre: WebCentre,
) -> None:
    async with centre.browser("8001") as agent:
        path = "/desk/phone-account"
        refused = await agent.post(path)
        assert (refused.status_code, refused.json()["code"]) == (409, "desk_not_signed_in")
        answer = await agent.post("/desk/sign-in", {"device": "phone", "session": "tab-1"})
        assert answer.json()["sip"] is None
        view = await agent.desk()
        assert (view["device"], view["registered"]) == ("phone", False)
        account = (await agent.post(path)).json()
        assert account == {
            "server": "127.0.0.1:5060",
            "transport": "udp",
            "username": "ph-8001",
            "password": await centre.desks.password(Endpoint("ph-8001")),
            "realm": "asterisk",
            "is_local_only": True,
        }
        await centre.device_registers("8001")
        assert (await agent.desk())["registered"] is True
    async with centre.database.sessions() as session:
        rows = await AuditRepository(session).newest(limit=9, act=Act.SIP_ACCOUNT_SHOWN)
    assert [(row.object, row.facts) for row in rows] == [("agent:8001", {"endpoint": "ph-8001"})]


async def test_a_browser_has_no_account_to_show(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        refused = await agent.post("/desk/phone-account")
        assert (refused.status_code, refused.json()["code"]) == (409, "no_desk_phone")


@pytest.mark.parametrize(
    ("bind", "host"),
    [
        ("192.0.2.5", "192.0.2.5"),
        ("0.0.0.0", "centre.example"),
        ("::", "centre.example"),
        ("sip.example", "sip.example"),
    ],
)
def test_a_telephone_registers_where_the_switch_listens(bind: str, host: str) -> None:
    assert sip_host(bind, "centre.example") == host


async def test_a_supervisor_forces_a_state_with_a_reason_that_is_kept(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent, centre.browser("supervisor") as supervisor:
        await agent.takes_desk()
        path = "/agents/8001/force"
        assert (await supervisor.post(path, {"to": "ready", "reason": ""})).status_code == 422
        forced = await supervisor.post(path, {"to": "not_ready", "reason": "临时会议"})
        assert forced.status_code == 204
        view = await agent.desk()
        assert (view["state"], view["reason"]) == ("not_ready", "临时会议")
        out = await supervisor.post(path, {"to": "signed_out", "reason": "下班"})
        assert out.status_code == 204
        refused = await supervisor.post(path, {"to": "ready", "reason": "回来"})
        assert refused.json()["code"] == "desk_not_signed_in"
        unknown = await supervisor.post("/agents/9999/force", {"to": "ready", "reason": "x"})
        assert unknown.status_code == 404
    async with centre.database.sessions() as session:
        rows = await AuditRepository(session).newest(limit=9, act=Act.AGENT_FORCED)
    # What was refused is not in the audit as done.
    assert [(row.object, row.reason) for row in rows] == [
        ("agent:8001", "下班"), ("agent:8001", "临时会议"),
    ]  # fmt: skip


async def test_a_team_lead_forces_nobody_of_another_team(centre: WebCentre) -> None:
    async with centre.browser("8005") as agent, centre.browser("lead") as lead:
        await agent.takes_desk()
        refused = await lead.post("/agents/8005/force", {"to": "ready", "reason": "x"})
        assert refused.status_code == 404


async def test_the_desk_still_shows_when_the_database_is_away(centre: WebCentre) -> None:
    async with centre.browser("8001") as agent:
        await agent.takes_desk()
        centre.inbox.failure = DatabaseAway()
        answer = await agent.post("/desk/state", {"to": "ready"})
        assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
        assert (await agent.get("/desk")).status_code == 200
