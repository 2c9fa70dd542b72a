"""The parts of the telephone channel, each by itself: order, once-only, failures, sounds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.ami import Ami
from lianxi.channels.asterisk.bridging import Bridges
from lianxi.channels.asterisk.hands import Hands
from lianxi.channels.asterisk.legs import Legs
from lianxi.channels.asterisk.lines import Lines
from lianxi.channels.asterisk.naming import by_trunk
from lianxi.channels.asterisk.perform import Performer
from lianxi.channels.asterisk.provisioning import Provisioning, objects
from lianxi.channels.asterisk.registrations import Registrations
from lianxi.channels.asterisk.reporting import Reporter
from lianxi.channels.asterisk.session import AriAway, AriRefused, Body
from lianxi.channels.asterisk.sounds import Sounds
from lianxi.channels.asterisk.wire import ChannelView, EndpointView, Said
from lianxi.engine.messages import commands as c
from lianxi.engine.messages import inputs as i
from lianxi.engine.messages.sighting import Device
from lianxi.engine.messages.values import DeviceKind, LegCause
from lianxi.kernel.ids import (
    AgentId,
    ContactId,
    Endpoint,
    LegId,
    OfferId,
    PlaybackId,
    PromptName,
)
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant, Millis
from tests.channels.stage import Ear

pytestmark = pytest.mark.unit

CONTACT = ContactId("c1-5")
CUSTOMER = LegId("1.5")
LEG = LegId("leg-1")
Answer = TypeVar("Answer")


class Paper:
    """Writes requests down and answers as it was told."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Body | None]] = []
        self.answers: dict[str, str | Exception] = {}
        self.on_ask: Callable[[str], None] = lambda path: None

    async def call(self, method: str, path: str, *, body: Body | None = None) -> str:
        await asyncio.sleep(0)
        self.asked.append((method, path, body))
        answer = self.answers.get(path, "{}")
        self.on_ask(path)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def get(self, path: str, kind: type[Answer]) -> Answer:
        return msgspec.json.decode(await self.call("GET", path), type=kind)

    def paths(self) -> list[str]:
        return [f"{method} {path}" for method, path, _ in self.asked]


class Desk:
    """A performer and all it needs, over paper."""

    def __init__(self, prompts: Path) -> None:
        self.paper, self.ear, self.lines = Paper(), Ear(), Lines()
        self.reporter = Reporter(self.lines, self.name_of)
        self.reporter.begin(self.ear.hear)
        self.registrations = Registrations(
            self.paper, self.lines, self.reporter.say, lambda: Instant(1)
        )
        self.provisioning = Provisioning(self.paper, self.password, self.registrations)
        hands = Hands(self.paper)
        self.legs = Legs(hands, self.lines, outward=by_trunk)
        self.performer = Performer(
            self.lines,
            self.reporter,
            self.provisioning,
            ami=Ami(Address(port=1, password="none")),
            sounds=Sounds((prompts,), "zh"),
            shown=mask,
            now=lambda: Instant(1),
            hands=hands,
            legs=self.legs,
            bridges=Bridges(hands),
        )
        self.paper.on_ask = self._enter

    async def name_of(self, number: str) -> str:
        if number == "broken":
            raise ConnectionError("no database")
        return "王先生"

    async def password(self, endpoint: Endpoint) -> str | None:
        return None if endpoint == "ag-unknown" else "a-password"

    def _enter(self, path: str) -> None:
        if path == "channels/create":
            self.legs.note_entered(LEG)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "welcome.wav").touch()
    desk = Desk(tmp_path)
    running = asyncio.create_task(desk.lines.run())
    yield desk
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def ring(offer: OfferId | None = OfferId("offer-1")) -> c.RingAgent:
    return c.RingAgent(
        contact=CONTACT,
        customer_leg=CUSTOMER,
        agent=AgentId("8001"),
        endpoint=Endpoint("ag-8001-a"),
        leg=LEG,
        offer=offer,
        caller="13800138000",
        caller_name="王先生",
        ring=Millis(20_000),
    )


def arrival(caller: str = "13800138000") -> i.ContactArrived:
    at = Instant(1)
    return i.ContactArrived(at=at, contact=CONTACT, leg=CUSTOMER, dialled="4001", caller=caller)


async def test_work_of_one_line_keeps_its_order_and_lines_do_not_wait_for_each_other() -> None:
    lines, done, gate = Lines(), list[str](), asyncio.Event()

    async def wait_first() -> None:
        await gate.wait()
        done.append("a1")

    async def note(what: str) -> None:
        done.append(what)
        if what == "b1":
            gate.set()

    lines.put("a", wait_first)
    lines.put("a", lambda: note("a2"))
    lines.put("b", lambda: note("b1"))
    ended = asyncio.Event()

    async def end() -> None:
        ended.set()

    lines.put("a", end)
    running = asyncio.create_task(lines.run())
    await ended.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert done == ["b1", "a1", "a2"]


async def test_what_follows_an_arrival_waits_until_the_callers_name_is_known(desk: Desk) -> None:
    channel = ChannelView(id=CUSTOMER, channelvars={"LX_ROLE": "customer"})
    desk.reporter.see(Said(type="StasisStart", channel=channel))
    desk.reporter.tell(arrival())
    desk.reporter.tell(i.DigitPressed(at=Instant(1), contact=CONTACT, digit="1"))
    desk.reporter.tell(i.ContactGone(at=Instant(1), contact=CONTACT))
    desk.reporter.tell(i.ContactGone(at=Instant(1), contact=CONTACT))
    await desk.ear.expect(i.ContactGone)
    assert [type(one) for one in desk.ear.told] == [
        i.ContactArrived,
        i.DigitPressed,
        i.ContactGone,
    ]
    assert desk.ear.all(i.ContactArrived)[0].caller_name == "王先生"


async def test_a_caller_is_told_even_if_the_name_cannot_be_looked_up(desk: Desk) -> None:
    desk.reporter.tell(arrival("broken"))
    assert (await desk.ear.expect(i.ContactArrived)).caller_name == ""


async def test_an_offer_travels_with_a_masked_number(desk: Desk) -> None:
    dialled = asyncio.Event()

    def on_ask(path: str) -> None:
        if path == "channels/create":
            desk.legs.note_entered(LEG)
        elif path.endswith("/dial"):
            dialled.set()

    desk.paper.on_ask = on_ask
    desk.performer.perform(ring())
    await dialled.wait()
    # The bridge is made beside the leg.
    paths = desk.paper.paths()
    assert sorted(paths) == [
        "POST bridges",
        "POST channels/create",
        f"POST channels/{LEG}/dial",
    ]
    body = desk.paper.asked[paths.index("POST channels/create")][2]
    assert body is not None
    assert (body["channelId"], body["originator"]) == (LEG, CUSTOMER)
    assert body["variables"] == {
        "LX_CONTACT": CONTACT,
        "LX_ROLE": "agent",
        "PJSIP_HEADER(add,X-Offer)": "offer-1",
        "CONNECTEDLINE(num,i)": "138****8000",
        "CONNECTEDLINE(name,i)": "王先生",
    }
    assert desk.paper.asked[2][2] == {"timeout": 22}


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (AriRefused("Allocation failed", 500), LegCause.UNREACHABLE),
        (AriAway("no answer"), LegCause.FAILED),
    ],
)
async def test_a_leg_that_cannot_be_made_has_ended(
    desk: Desk, fault: Exception, cause: LegCause
) -> None:
    desk.paper.answers["channels/create"] = fault
    desk.performer.perform(ring())
    await desk.ear.expect(i.LegEnded, leg=LEG, cause=cause)


async def test_a_leg_that_was_perhaps_made_is_ended_after_the_next_connection(desk: Desk) -> None:
    desk.paper.answers["channels/create"] = AriAway("no answer")
    desk.performer.perform(ring())
    await desk.ear.expect(i.LegEnded, leg=LEG)
    ended = asyncio.Event()
    desk.paper.on_ask = lambda path: ended.set()
    desk.performer.make_up()
    await ended.wait()
    assert desk.paper.paths()[-1] == f"DELETE channels/{LEG}"


async def test_joining_stops_what_plays_first_and_a_refusal_is_told(desk: Desk) -> None:
    bridge = f"bridges/br-{CONTACT}/addChannel"
    desk.paper.answers[bridge] = AriRefused("not in Stasis", 409)
    playback, prompts = PlaybackId("play-1"), (PromptName("welcome"),)
    desk.performer.perform(
        c.PlayPrompts(contact=CONTACT, leg=CUSTOMER, playback=playback, prompts=prompts)
    )
    desk.performer.perform(c.JoinLegs(contact=CONTACT, customer_leg=CUSTOMER, leg=LEG))
    await desk.ear.expect(i.JoinFailed, contact=CONTACT, leg=LEG)
    assert desk.paper.paths()[-4:] == [
        "DELETE playbacks/play-1",
        f"DELETE channels/{CUSTOMER}/moh",
        "POST bridges",
        f"POST {bridge}",
    ]


async def test_things_that_are_gone_already_are_no_failure(desk: Desk) -> None:
    gone = AriRefused("not found", 404)
    desk.paper.answers = {f"channels/{CUSTOMER}": gone, f"bridges/br-{CONTACT}": gone}
    done = asyncio.Event()
    desk.performer.perform(c.CloseContact(contact=CONTACT, leg=CUSTOMER))
    desk.paper.on_ask = lambda path: done.set() if path.startswith("bridges") else None
    await done.wait()
    assert desk.ear.told == []


async def test_a_device_that_takes_its_own_place_never_looks_gone(desk: Desk) -> None:
    endpoint = Endpoint("ag-8001-a")
    path = f"endpoints/PJSIP/{endpoint}"
    announced = Said(type="ContactStatusChange", endpoint=EndpointView("PJSIP", endpoint))
    desk.registrations.watch(endpoint)
    for state in ("online", "offline", "online", "offline"):
        desk.paper.answers[path] = f'{{"technology":"PJSIP","resource":"x","state":"{state}"}}'
        asked, seen = len(desk.paper.asked), asyncio.Event()
        desk.paper.on_ask = lambda path, seen=seen: seen.set()  # type: ignore[misc]
        desk.registrations.hear(announced)
        await seen.wait()
        assert len(desk.paper.asked) == asked + 1
    await desk.ear.expect(i.DeviceChanged, registered=False)
    assert [one.registered for one in desk.ear.all(i.DeviceChanged)] == [True, False]


async def test_missing_devices_are_pushed_and_foreign_ones_retired(desk: Desk) -> None:
    wanted = Device(agent=AgentId("8001"), endpoint=Endpoint("ag-8001-b"), kind=DeviceKind.BROWSER)
    unknown = Device(agent=AgentId("8002"), endpoint=Endpoint("ag-unknown"), kind=DeviceKind.PHONE)
    present = frozenset({Endpoint("trunk"), Endpoint("ag-8001-a")})
    await desk.provisioning.settle(desk.paper, [wanted, unknown], present)
    root = "asterisk/config/dynamic/res_pjsip"
    assert [path for path in desk.paper.paths() if "config" in path] == [
        f"DELETE {root}/endpoint/ag-8001-a",
        f"DELETE {root}/aor/ag-8001-a",
        f"DELETE {root}/auth/ag-8001-a",
        f"PUT {root}/auth/ag-8001-b",
        f"PUT {root}/aor/ag-8001-b",
        f"PUT {root}/endpoint/ag-8001-b",
    ]


def test_devices_keep_one_registration_and_speak_a_law_first() -> None:
    for kind in DeviceKind:
        device = Device(agent=AgentId("1"), endpoint=Endpoint("ag-1-a"), kind=kind)
        made = objects(device, "secret")
        assert made["endpoint"]["allow"].split(",")[0] == "alaw"
        assert made["aor"]["max_contacts"] == "1"
        assert made["endpoint"].get("webrtc", "no") == (
            "yes" if kind is DeviceKind.BROWSER else "no"
        )


def test_the_centres_own_prompt_comes_before_the_one_that_comes_along(tmp_path: Path) -> None:
    own, ours = tmp_path / "own", tmp_path / "ours"
    for path in (own / "zh" / "welcome.wav", ours / "zh" / "welcome.wav", ours / "zh" / "bye.wav"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    sounds = Sounds((own, ours), "zh")
    prompts = tuple(PromptName(name) for name in ("welcome", "bye", "no_such_prompt"))
    assert sounds.all_media(prompts) == (f"sound:{own}/zh/welcome", f"sound:{ours}/zh/bye")


def test_a_prompt_is_said_in_the_callers_language_where_it_exists(tmp_path: Path) -> None:
    for path in (tmp_path / "zh" / "welcome.wav", tmp_path / "zh" / "bye.wav"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "bye.wav").touch()
    prompts = (PromptName("welcome"), PromptName("bye"))
    said = Sounds((tmp_path,), "zh").all_media(prompts, "en")
    assert said == (f"sound:{tmp_path}/zh/welcome", f"sound:{tmp_path}/en/bye")


async def test_work_that_comes_while_the_lines_end_is_done_by_the_next_run() -> None:
    lines, came, done = Lines(), asyncio.Event(), asyncio.Event()

    async def later() -> None:
        done.set()

    async def ends_with_a_wish() -> None:
        came.set()
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            lines.put("other", later)

    lines.put("one", ends_with_a_wish)
    running = asyncio.create_task(lines.run())
    await came.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not done.is_set()
    running = asyncio.create_task(lines.run())
    await done.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
