"""Items of recordings: played by ranges, copied with a trace, on demand, after a notice, held."""

import asyncio
import contextlib
import io
import wave
from array import array
from collections.abc import Mapping
from typing import Any

from lianxi.drills.voice.agent import Agent
from lianxi.drills.voice.customer import Customer
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.person import AskRefused, Person
from lianxi.drills.voice.stage import SERVICE, Stage

READY_WITHIN_S = 30.0
ENOUGH_PACKETS = 50
GOOD_MOS = 4.0
QUIET = 200
"""Of 32,768."""
FIELD = {"cause": "payment_field"}


async def recording_is_kept(stage: Stage) -> None:
    """A conversation can be heard afterwards, in two channels; a copy says who took it."""
    agent, customer = await stage.talk("8001")
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("Both hear each other", both)
    await agent.ask("hang-up", customer)
    await stage.fact("contact.ended.v1", customer)
    supervisor = await stage.supervisor()
    made = await _recording(supervisor, customer)
    stage.state("It is ready", made["state"] == "ready", made)
    path = f"/api/records/{customer.contact}/recording"
    whole = await supervisor.read_bytes(path)
    with wave.open(io.BytesIO(whole)) as heard:
        channels, seconds = heard.getnchannels(), heard.getnframes() / heard.getframerate()
    stage.state("It has two channels", channels == 2, f"{channels}, {seconds:.1f} s")
    copy = await supervisor.read_bytes(f"{path}?download=1&why=drill")
    said = copy[-200:].decode(errors="replace")
    stage.state("A copy says why it was taken", said.find("drill") > 0, said[-60:])
    admin = await stage.person("admin")
    rows = (await admin.get("/api/audit"))["items"]
    told = [row for row in rows if row["object"] == f"recording:{customer.contact}"]
    acts = sorted(row["act"] for row in told)
    stage.state(
        "The audit has both",
        acts == ["recording.downloaded", "recording.played"],
        ", ".join(acts),
    )


async def recording_is_held(stage: Stage) -> None:
    """A recording under legal hold is not deleted; after it, it is, and that is known."""
    agent, customer = await stage.talk("8001")
    await agent.ask("hang-up", customer)
    await stage.fact("contact.ended.v1", customer)
    admin = await stage.person("admin")
    made = await _recording(admin, customer)
    stage.state("It is ready", made["state"] == "ready", made)
    path = f"/api/records/{customer.contact}/recording"
    await admin.change("POST", f"{path}/hold", {"reason": "案件"})
    code = await _code(admin, f"{path}/delete")
    stage.state("While it is held it is not deleted", code == "recording_held", code)
    await admin.change("POST", f"{path}/release", {"reason": "结案"})
    code = await _code(admin, f"{path}/delete")
    stage.state("Afterwards it is", code == "", code)
    gone = await _recording(admin, customer)
    stage.state("And that is known", gone["state"] == "deleted", gone)


async def recorded_on_demand(stage: Stage) -> None:
    """Where the agent chooses, a conversation is recorded from then on."""
    admin = await stage.person("admin")
    before = await _rule(admin, {"recording": "on_demand"})
    try:
        agent, customer = await stage.talk("8001")
        shown = (await agent.desk())["contact"]["recording"]
        stage.state("At first it is not recorded", shown == "off", shown)
        await agent.ask("recording/start", customer)
        await stage.fact("contact.recording_started.v1", customer)
        shown = (await agent.desk())["contact"]["recording"]
        stage.state("Then it is", shown == "on", shown)
    finally:
        await _rule(admin, before)


async def caller_is_told(stage: Stage) -> None:
    """Where the law asks for it, callers hear of the recording before anybody is rung."""
    admin = await stage.person("admin")
    before = await _rule(admin, {"recording_rule": {"notice": ["recording_notice"]}})
    try:
        agent = await stage.agent("8001")
        customer = await stage.customer(SERVICE)
        told = await stage.fact("contact.recording_notice_ended.v1", customer)
        stage.state("The caller heard it to its end", told.facts["heard"] is True)
        rung = await stage.fact("offer.made.v1", customer)
        stage.state("Only then somebody was rung", rung.at >= told.at)
        await stage.fact("contact.connected.v1", customer)
        both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
        stage.state("And they hear each other", both)
    finally:
        await _rule(admin, before)


async def legs_are_measured(stage: Stage) -> None:
    """At the end of each leg it is told how well it was heard."""
    agent, customer = await stage.talk("8001")
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("Both hear each other", both)
    await asyncio.sleep(2.0)  # pace: of shorter legs nothing is asked
    await agent.ask("hang-up", customer)
    await stage.fact("contact.ended.v1", customer)
    first = await stage.fact("leg.quality.v1", customer)
    await stage.fact("leg.quality.v1", customer, after=first.position)
    told = stage.journal.every("leg.quality.v1", contact=customer.contact)
    for one in told:
        facts = one.facts
        stage.state(
            "A leg was heard well",
            facts["mos"] > GOOD_MOS and facts["packets"] > ENOUGH_PACKETS,
            f"opinion {facts['mos']}, {facts['packets']} packets, {facts['loss']:.2%} lost, "
            f"jitter {facts['jitter_ms']} ms",
        )
    stage.state("Both legs are told", len(told) == 2, f"{len(told)} legs")


async def bad_leg_is_an_alarm(stage: Stage) -> None:
    """A leg that loses every fifth packet is told while the call lasts, and is in the record."""
    agent, customer = await stage.talk("8001")
    customer.call.lose(5)
    told = await stage.fact("leg.quality.v1", customer, within_s=40)
    stage.state(
        "It is heard badly",
        told.facts["is_bad"] is True and told.facts["leg"] == customer.began.facts["leg"],
        f"opinion {told.facts['mos']}, {told.facts['loss']:.1%} lost",
    )
    await agent.ask("hang-up", customer)
    await stage.fact("contact.ended.v1", customer)
    supervisor = await stage.supervisor()
    record = await supervisor.get(f"/api/records/{customer.contact}")
    kinds = [rung["kind"] for rung in record["ladder"]]
    stage.state("The ladder has it", "leg_bad" in kinds, ", ".join(kinds[-4:]))


async def payment_is_not_kept(stage: Stage) -> None:
    """While a payment field has the focus the recording is silent; it goes on when it is left."""
    agent, customer = await stage.talk("8001")
    await stage.hears(agent, customer)
    await agent.ask("recording/pause", customer, FIELD)
    paused = await stage.fact("contact.recording_paused.v1", customer)
    stage.state("The field paused it", paused.facts["cause"] == "payment_field")
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("Both hear each other all the same", both)
    await agent.ask("recording/resume", customer, FIELD)
    went_on = await stage.fact("contact.recording_resumed.v1", customer)
    await stage.hears(agent, customer)
    await agent.ask("hang-up", customer)
    await stage.fact("contact.ended.v1", customer)
    supervisor = await stage.supervisor()
    made = await _recording(supervisor, customer)
    stage.state("It is ready", made["state"] == "ready", made)
    sound = await supervisor.read_bytes(f"/api/records/{customer.contact}/recording")
    silent, lasted = silence_s(sound), went_on.at - paused.at
    stage.state(
        "The recording is silent for as long",
        lasted - 0.5 < silent < lasted + 0.5,
        f"{silent:.1f} s of silence, {lasted:.1f} s of pause",
    )


def silence_s(sound: bytes) -> float:
    """The longest stretch of a WAV in which neither side is heard, in seconds."""
    with wave.open(io.BytesIO(sound)) as file:
        samples = array("h", file.readframes(file.getnframes()))
        step = file.getframerate() * file.getnchannels() // 10
    longest = run = 0
    for at in range(0, len(samples) - step, step):
        run = run + 1 if max(map(abs, samples[at : at + step])) < QUIET else 0
        longest = max(longest, run)
    return longest / 10


async def message_is_heard(stage: Stage, agent: Agent, contact: str) -> None:
    """The agent who took a message hears it and has it read; what it says can be written down."""
    path = f"/api/voicemails/{contact}"
    loop = asyncio.get_running_loop()
    end = loop.time() + READY_WITHIN_S
    while await _state_of(agent.person, contact) != "ready":
        if loop.time() > end:
            break
        await asyncio.sleep(0.3)  # poll: as a page that is loaded anew
    sound = await agent.person.read_bytes(f"{path}/sound")
    stage.state("The agent hears it", len(sound) > 20_000, f"{len(sound)} bytes")
    supervisor = await stage.supervisor()
    words = {"text": "请回电", "source": "drill"}
    await supervisor.change("PUT", f"{path}/transcript", words)
    told = (await agent.person.get(f"/api/records/{contact}"))["recording"]["voicemail"]
    stage.state(
        "It is read, and its words stand in the record",
        told["heard_at"] is not None and told["transcript"]["text"] == words["text"],
        told,
    )


async def _state_of(person: Person, contact: str) -> str:
    try:
        told = await person.get(f"/api/records/{contact}")
    except AskRefused:
        return ""  # not taken by this person yet, as far as the records know
    return str(told["recording"]["state"])


async def _recording(person: Person, customer: Customer) -> dict[str, Any]:
    """Of the contact, as soon as it is no longer being made."""
    loop = asyncio.get_running_loop()
    end = loop.time() + READY_WITHIN_S
    while True:
        told: dict[str, Any] = {"state": "pending"}
        with contextlib.suppress(AskRefused):  # the record of a call is written soon after it
            told = (await person.get(f"/api/records/{customer.contact}"))["recording"]
        if told["state"] != "pending" or loop.time() > end:
            return told
        await asyncio.sleep(0.3)  # poll: the record is looked at as a page that is loaded anew


async def _code(person: Person, path: str) -> str:
    try:
        await person.change("POST", path, {"reason": "演练"})
    except AskRefused as refused:
        return refused.code
    return ""


async def _rule(admin: Person, change: Mapping[str, object]) -> dict[str, object]:
    """Change the rule of the service queue; what it was before."""
    rule = await admin.get("/api/queues/service")
    await admin.change("PATCH", "/api/queues/service", dict(change))
    return {name: rule[name] for name in change}


ITEMS = (
    Item(name="recording-kept", run=recording_is_kept),
    Item(name="recording-held", run=recording_is_held),
    Item(name="recording-on-demand", run=recorded_on_demand),
    Item(name="recording-notice", run=caller_is_told),
    Item(name="recording-payment", run=payment_is_not_kept),
    Item(name="leg-quality", run=legs_are_measured),
    Item(name="leg-bad", run=bad_leg_is_an_alarm),
)
