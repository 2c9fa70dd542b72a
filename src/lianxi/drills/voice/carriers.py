"""Items of calls out over several carriers: one does not take a call, or has no channel left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.drills.voice.calling import hears_tone, of, place
from lianxi.drills.voice.flowing import BYE, TO_SERVICE, calls, constant, publish, step
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.outside import NOWHERE, NUMBER, OUTSIDE_HZ, PATTERN
from lianxi.drills.voice.stage import Stage

FIRST, SECOND = "drill-a", "drill-b"
LINE = "4216"
SILENT_CARRIER_S = 25.0


@dataclass(slots=True, kw_only=True)
class Carriers:
    """Two of them, and how the first one is as a trunk."""

    first: ScriptedPhone
    second: ScriptedPhone


@asynccontextmanager
async def two_carriers(stage: Stage, **first: object) -> AsyncIterator[Carriers]:
    """One route over two trunks, tried in this order."""
    phones = [ScriptedPhone(NOWHERE, name, "", retry_s=60) for name in (FIRST, SECOND)]
    admin = await stage.person("admin")
    others = (await admin.get("/api/routes"))["items"]
    for phone, name in zip(phones, (FIRST, SECOND), strict=True):
        phone.answering = Answering(script=Script(say=Tone(OUTSIDE_HZ)))
        await phone.start()
        host, port = phone.address
        trunk = {"name": name, "server": f"{host}:{port}", "check_every": 0}
        more = first if name == FIRST else {}
        await admin.change("PUT", f"/api/trunks/{name}", {**trunk, **more})
    items = [{"pattern": PATTERN, "trunks": [FIRST, SECOND]}, *others]
    await admin.change("PUT", "/api/routes", {"items": items})
    try:
        yield Carriers(first=phones[0], second=phones[1])
    finally:
        await admin.change("PUT", "/api/routes", {"items": others})
        for phone, name in zip(phones, (FIRST, SECOND), strict=True):
            await phone.vanish()
            await admin.change("DELETE", f"/api/trunks/{name}")


async def next_carrier_is_tried(stage: Stage) -> None:
    """A call goes out over the next trunk when a carrier has no channel, or gives no sign."""
    agent = await stage.agent("8001", ready=False)
    loop = asyncio.get_running_loop()
    async with two_carriers(stage) as carriers:
        carriers.first.answering = Answering(refuse_with=503)
        contact = await place(agent, "calls", {"number": NUMBER})
        anew = await of(stage, "call.rerouted.v1", contact)
        tries = (anew.fact("former_trunk"), anew.fact("trunk"))
        stage.state("Both tries are told", tries == (FIRST, SECOND), " then ".join(tries))
        await of(stage, "call.answered.v1", contact)
        there = await hears_tone(stage, agent, OUTSIDE_HZ)
        stage.state("The agent hears who answers there", there)
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        await of(stage, "contact.ended.v1", contact)
        carriers.first.answering = Answering(refuse_with=486)
        contact = await place(agent, "calls", {"number": NUMBER})
        ended = await of(stage, "contact.ended.v1", contact)
        once = not stage.journal.every("call.rerouted.v1", contact=contact)
        stage.state("Who is busy is called once", once and ended.fact("cause") == "busy")
        await carriers.first.vanish()
        since = loop.time()
        contact = await place(agent, "calls", {"number": NUMBER})
        await stage.fact("call.rerouted.v1", contact=contact, within_s=SILENT_CARRIER_S)
        took_s = loop.time() - since
        stage.state("A carrier without a sign is left", True, f"after {took_s:.1f} s")
        await of(stage, "call.answered.v1", contact)
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        await of(stage, "contact.ended.v1", contact)


async def flow_takes_the_next_carrier(stage: Stage) -> None:
    """A caller handed on by a flow goes out over the next trunk; a full one is passed over."""
    transfer = {
        "type": "transfer", "to": {"type": "number", "number": constant(NUMBER)},
        "prompts": [], "failed": "failed", "next": "after",
    }  # fmt: skip
    async with two_carriers(stage, channels=1) as carriers:
        carriers.second.answering = Answering(refuse_with=503)
        await publish(stage, LINE, {"out": transfer, "failed": TO_SERVICE, "after": BYE})
        customer = await calls(stage, LINE)
        await stage.fact("flow.transfer_connected.v1", customer)
        other = await calls(stage, LINE)
        await step(stage, other, "failed")
        tries = stage.journal.every("flow.transfer_asked.v1", contact=other.contact)
        over = [line.fact("trunk") for line in tries]
        stage.state("The full trunk is passed over", over == [SECOND], ", ".join(over))
        stage.state("And no further one is left", True, "the flow goes its other way")
        carriers.second.answering = Answering(after_s=None)
        third = await calls(stage, LINE)
        await stage.fact("flow.transfer_asked.v1", third)
        admin = await stage.person("admin")
        shown = {row["id"]: row["taken"] for row in await admin.get("/api/trunks")}
        stage.state("Both hold a channel", shown[FIRST] == shown[SECOND] == 1, shown)
        for each in (customer, third, other):
            await each.hang_up()
            await stage.fact("contact.ended.v1", each)


ITEMS = (
    Item(name="failover", run=next_carrier_is_tried, limit_s=90),
    Item(name="failover-by-flow", run=flow_takes_the_next_carrier, limit_s=60),
)
