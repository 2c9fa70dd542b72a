"""Items of calls out over several carriers: one does not take a call, or has no channel left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.tcp_peer import SDP, TcpPeer, header
from lianxi.drills.voice.calling import hears_tone, of, place
from lianxi.drills.voice.flowing import BYE, TO_SERVICE, calls, constant, publish, step
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.outside import NOWHERE, NUMBER, OUTSIDE_HZ, PATTERN
from lianxi.drills.voice.stage import Stage

FIRST, SECOND = "drill-a", "drill-b"
LINE = "4216"
SILENT_CARRIER_S = 25.0
CARRIER, SESSION_S = "127.0.0.2", 90


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
        carriers.second.answering = Answering(after_s=None)
        third = await calls(stage, LINE)
        await stage.fact("flow.transfer_asked.v1", third)
        admin = await stage.person("admin")
        shown = {row["id"]: row["taken"] for row in await admin.get("/api/trunks")}
        stage.state("Both hold a channel", shown[FIRST] == shown[SECOND] == 1, shown)
        for each in (customer, third, other):
            await each.hang_up()
            await stage.fact("contact.ended.v1", each)


async def session_is_refreshed(stage: Stage) -> None:
    """A call over TCP is confirmed by the switch itself within half of its session's time."""
    came: asyncio.Queue[TcpPeer] = asyncio.Queue()
    server = await asyncio.start_server(
        lambda reader, writer: came.put_nowait(TcpPeer(reader, writer)), CARRIER, 0
    )
    host, port = server.sockets[0].getsockname()
    admin = await stage.person("admin")
    others = (await admin.get("/api/routes"))["items"]
    trunk = {
        "name": FIRST, "server": f"{host}:{port}", "transport": "tcp", "check_every": 0,
        "session": SESSION_S * 1000, "silence": 0,
    }  # fmt: skip
    await admin.change("PUT", f"/api/trunks/{FIRST}", trunk)
    items = [{"pattern": PATTERN, "trunks": [FIRST]}, *others]
    await admin.change("PUT", "/api/routes", {"items": items})
    agent = await stage.agent("8001", ready=False)
    try:
        contact = await place(agent, "calls", {"number": NUMBER})
        async with asyncio.timeout(SILENT_CARRIER_S):
            peer = await came.get()
        invite = await peer.heard()
        offered = header(invite, "Session-Expires")
        stage.state("The call offers a session timer", offered.startswith(f"{SESSION_S}"), offered)
        timer = ("Require: timer", f"Session-Expires: {SESSION_S};refresher=uac")
        peer.answer(invite, "200 OK", *timer, body=SDP)
        await of(stage, "call.answered.v1", contact)
        acknowledged = await peer.heard()
        since = asyncio.get_running_loop().time()
        again = await peer.heard(within_s=SESSION_S)
        after_s = asyncio.get_running_loop().time() - since
        kind = again.split(" ")[0]
        is_same = header(again, "Call-ID") == header(acknowledged, "Call-ID")
        is_refresh = kind in ("INVITE", "UPDATE") and is_same
        stage.state("The switch refreshes it", is_refresh, f"{kind} after {after_s:.0f} s")
        peer.answer(again, "200 OK", *timer, body=SDP if kind == "INVITE" else "")
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        await of(stage, "contact.ended.v1", contact)
        peer.writer.close()
    finally:
        server.close()
        await admin.change("PUT", "/api/routes", {"items": others})
        await admin.change("DELETE", f"/api/trunks/{FIRST}")


ITEMS = (
    Item(name="failover", run=next_carrier_is_tried, limit_s=90),
    Item(name="failover-by-flow", run=flow_takes_the_next_carrier, limit_s=60),
    Item(name="session-timer", run=session_is_refreshed, limit_s=120),
)
