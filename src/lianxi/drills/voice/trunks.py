"""Trunks: brought in while the centre runs, limited, changed under calls, freed of the dead, and
the strangers who knock."""

import asyncio
import socket

from lianxi.channels.fake.sip.call import Call
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.drills.tail import Line
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.stage import Stage

CARRIER, STRANGER = "127.0.0.2", "127.0.0.3"
NUMBER = "4001"
TRUNK = "/api/trunks/drill"
PATIENCE_S = 15.0


async def _trunk(stage: Stage, **fields: object) -> None:
    """The drill's trunk is as said; done when the switch lets the carrier in."""
    admin, before = await stage.person("admin"), stage.journal.position
    body = {"name": "演练中继", "addresses": [CARRIER], **fields}
    await admin.change("PUT", TRUNK, body)
    await stage.journal.expect("routing.changed.v1", after=before)


async def _no_trunk(stage: Stage) -> None:
    admin = await stage.person("admin")
    await admin.change("DELETE", TRUNK)


async def _comes_in(stage: Stage, caller: ScriptedCaller) -> tuple[Call, Line]:
    """A call of the carrier that reaches the centre. The switch may be a moment behind."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            before = stage.journal.position
            call = await caller.call(NUMBER, stage.server, caller="13900000001", say=Tone(440))
            step = await _first(call)
            if step is Step.ANSWERED:
                began = await stage.journal.expect("contact.began.v1", after=before, trunk="drill")
                return call, began
            await stage.moment()


async def _first(call: Call) -> Step:
    """Whether a call is answered or refused."""
    async for happened in call.timeline.follow():
        if happened.step in (Step.ANSWERED, Step.REFUSED, Step.FAILED):
            return happened.step
    return Step.FAILED


async def _refused_with(stage: Stage, host: str) -> int:
    async with ScriptedCaller(local_host=host) as caller:
        call = await caller.call(NUMBER, stage.server)
        refused = await call.wait(Step.REFUSED)
        return int(refused.facts["status"])


async def trunk_comes_and_goes(stage: Stage) -> None:
    """A trunk is brought in, changed and taken away while a call on it goes on."""
    await _trunk(stage)
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call, began = await _comes_in(stage, carrier)
        stage.state("A call of the carrier says its trunk", True, began.fact("contact"))
        status = await _refused_with(stage, STRANGER)
        stage.state("A stranger does not come in", status == 401, f"answered {status}")
        await _trunk(stage, codecs=["ulaw", "alaw"], silence=60_000)
        await _no_trunk(stage)
        async with asyncio.timeout(PATIENCE_S):
            while (status := await _refused_with(stage, CARRIER)) != 401:
                await stage.moment()
        stage.state("Taken away, it lets nobody in", True, f"answered {status}")
        stage.state("The call went on through all of it", not call.is_over)
        await call.hang_up()
        await stage.fact("contact.ended.v1", contact=began.fact("contact"))


async def trunk_is_full(stage: Stage) -> None:
    """On a trunk of one channel the second caller is turned away, and counted."""
    await _trunk(stage, channels=1)
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call, began = await _comes_in(stage, carrier)
        status = await _refused_with(stage, CARRIER)
        stage.state("The second caller hears that no channel is free", status == 503, status)
        blocked = await stage.fact("contact.blocked.v1", trunk="drill")
        stage.state("The attempt is a fact", blocked.fact("why") == "no_channel")
        admin = await stage.person("admin")
        shown: dict[str, object] = {}
        async with asyncio.timeout(PATIENCE_S):
            while (shown.get("taken"), shown.get("blocked")) != (1, 1):
                await stage.moment()
                rows = await admin.get("/api/trunks")
                shown = next(row for row in rows if row["id"] == "drill")
        stage.state("Taken and blocked are shown", True, f"{shown['taken']}, {shown['blocked']}")
        await call.hang_up()
        await stage.fact("contact.ended.v1", contact=began.fact("contact"))
        after, _ = await _comes_in(stage, carrier)
        stage.state("The channel is free as soon as the call is gone", after.is_answered)
        await after.hang_up()
    await _no_trunk(stage)


async def dead_peer_is_let_go(stage: Stage) -> None:
    """A peer that fell silent without a word frees its channel."""
    await _trunk(stage, silence=2_000)
    async with ScriptedCaller(local_host=CARRIER) as carrier:
        call, began = await _comes_in(stage, carrier)
        call.vanish()
        loop = asyncio.get_running_loop()
        since = loop.time()
        await stage.fact("contact.ended.v1", contact=began.fact("contact"), within_s=20)
        stage.state("The contact has ended", True, f"after {loop.time() - since:.1f} s")
    await _no_trunk(stage)


async def scanners_get_nowhere(stage: Stage) -> None:
    """A scanner's flood gets nobody in and does not touch a conversation."""
    agent, customer = await stage.talk("8001")
    position = stage.journal.position
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.bind((STRANGER, 0))
    for number in range(300):
        for method in ("REGISTER", "OPTIONS", "INVITE"):
            sender.sendto(_scan(method, number), stage.server)
        if number % 20 == 0:
            await stage.moment()
    sender.close()
    hears = await stage.hears(agent, customer)
    stage.state("The conversation is heard as before", hears)
    status = await _refused_with(stage, STRANGER)
    stage.state("The scanner cannot tell what it met", status == 401, f"answered {status}")
    contacts = stage.journal.every("contact.began.v1", after=position)
    stage.state("No call of it got through", contacts == [], f"{len(contacts)} of 300")


def _scan(method: str, number: int) -> bytes:
    lines = (
        f"{method} sip:{number}@127.0.0.1 SIP/2.0",
        f"Via: SIP/2.0/UDP {STRANGER}:5099;rport;branch=z9hG4bK{method}{number}",
        "Max-Forwards: 70",
        f'From: "sipvicious" <sip:{100 + number}@1.1.1.1>;tag={number}',
        f"To: <sip:{number}@127.0.0.1>",
        f"Call-ID: {method}{number}-scan",
        f"CSeq: 1 {method}",
        f"Contact: <sip:{100 + number}@{STRANGER}:5099>",
        "User-Agent: friendly-scanner' OR 1=1;--",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


ITEMS = (
    Item(name="trunk-live", run=trunk_comes_and_goes),
    Item(name="trunk-full", run=trunk_is_full),
    Item(name="trunk-dead-peer", run=dead_peer_is_let_go),
    Item(name="scanners", run=scanners_get_nowhere),
)
