"""Items of calls that agents make: to a number outside, and to a colleague, with desk phones."""

import asyncio
import io
import wave
from typing import Any

from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering
from lianxi.channels.fake.sip.sound import Tone
from lianxi.drills.tail import Line
from lianxi.drills.voice.agent import Agent
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.kept import recording_of
from lianxi.drills.voice.outside import NUMBER, OUTSIDE_HZ, carrier, telephone
from lianxi.drills.voice.stage import Stage

SHARE = 0.2
"""Of the sound that a listener hears, what somebody who talks alone has at least."""

HEARD_WITHIN_S = 5.0


async def place(agent: Agent, path: str, body: dict[str, object]) -> str:
    """Ask for a call as a desk does; gives the contact."""
    answer: Any = await agent.person.change("POST", f"/api/desk/{path}", body)
    return str(answer["contact"])


async def of(stage: Stage, type_: str, contact: str) -> Line:
    """Wait for a fact of a call."""
    return await stage.fact(type_, contact=contact)


async def hears_tone(stage: Stage, agent: Agent, hz: int) -> bool:
    """Whether somebody comes to hear a tone."""
    for _ in range(int(HEARD_WITHIN_S / 0.1)):
        if agent.call.hearing.tone_share(hz, last_s=0.3) > SHARE:
            return True
        await stage.moment()
    return False


async def customer_is_called(stage: Stage) -> None:
    """An agent calls a number: it rings, is answered, both talk; wrap-up as after any call."""
    agent = await stage.agent("8001", ready=False)
    async with telephone(stage, Answering(after_s=1.0, script=Script(say=Tone(OUTSIDE_HZ)))) as out:
        contact = await place(agent, "calls", {"number": out, "queue": "sales"})
        rang = await of(stage, "call.progressed.v1", contact)
        answered = await of(stage, "call.answered.v1", contact)
        stage.state("It rings before it is answered", rang.at < answered.at)
        there = await hears_tone(stage, agent, OUTSIDE_HZ)
        stage.state("The agent hears the customer", there)
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        ended = await of(stage, "contact.ended.v1", contact)
        stage.state("The agent ends it", ended.fact("by") == "agent", ended.fact("cause"))
        wraps = await agent.is_in_state("acw")
        stage.state("After-call work of the queue follows", wraps)
        done = {"contact": contact, "disposition": "other", "note": "", "then": None}
        await agent.person.change("POST", "/api/desk/wrap-up/finish", done)
        before = await agent.is_in_state("not_ready")
        stage.state("Afterwards the agent is as before", before)


async def call_out_is_recorded(stage: Stage) -> None:
    """Who is called hears of the recording; both sides are kept and can be heard."""
    admin = await stage.person("admin")
    rule = {"recording_rule": {"notice": ["agents_busy"]}}
    before = (await admin.get("/api/queues/sales"))["recording_rule"]
    await admin.change("PATCH", "/api/queues/sales", rule)
    agent = await stage.agent("8001", ready=False)
    try:
        script = Script(say=Tone(OUTSIDE_HZ))
        async with telephone(stage, Answering(after_s=0.5, script=script)) as out:
            contact = await place(agent, "calls", {"number": out, "queue": "sales"})
            told = await of(stage, "contact.recording_notice_ended.v1", contact)
            stage.state("Who is called hears the notice", told.fact("heard") == "True")
            there = await hears_tone(stage, agent, OUTSIDE_HZ)
            stage.state("Then the two hear each other", there)
            shown = (await agent.desk())["contact"]["recording"]
            stage.state("The desk shows that it is recorded", shown == "on", shown)
            path = f"/api/desk/contacts/{contact}/"
            await agent.person.change("POST", f"{path}recording/pause", {})
            await of(stage, "contact.recording_paused.v1", contact)
            await agent.person.change("POST", f"{path}recording/resume", {})
            await of(stage, "contact.recording_resumed.v1", contact)
            await asyncio.sleep(1.5)  # pace: what is kept is to have a length
            await agent.person.change("POST", f"{path}hang-up", {})
            await of(stage, "contact.ended.v1", contact)
        supervisor = await stage.supervisor()
        made = await recording_of(supervisor, contact)
        stage.state("It is ready", made["state"] == "ready", made)
        whole = await supervisor.read_bytes(f"/api/records/{contact}/recording")
        with wave.open(io.BytesIO(whole)) as heard:
            channels, seconds = heard.getnchannels(), heard.getnframes() / heard.getframerate()
        stage.state("It has two channels", channels == 2, f"{channels}, {seconds:.1f} s")
    finally:
        await admin.change("PATCH", "/api/queues/sales", {"recording_rule": before})


async def a_call_comes_to_nothing(stage: Stage) -> None:
    """Busy, refused and a number that does not exist are told apart; a cancelled call is one."""
    agent = await stage.agent("8001", ready=False)
    async with carrier(stage) as outside:
        for status, cause in ((486, "busy"), (603, "rejected"), (404, "unreachable")):
            outside.answering = Answering(refuse_with=status)
            contact = await place(agent, "calls", {"number": NUMBER})
            ended = await of(stage, "contact.ended.v1", contact)
            seen = ended.fact("cause")
            stage.state(f"{status} is told as {cause}", seen == cause, seen)
        outside.answering = Answering(after_s=None)
        contact = await place(agent, "calls", {"number": NUMBER})
        await of(stage, "call.progressed.v1", contact)
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        ended = await of(stage, "contact.ended.v1", contact)
        by = (ended.fact("by"), ended.fact("cause"))
        stage.state("A call given up while it rings was ended by the agent", by[0] == "agent", by)


async def the_phone_hangs_up(stage: Stage) -> None:
    """A desk phone that is put down ends a call out."""
    agent = await stage.agent("8001", ready=False)
    async with telephone(stage) as out:
        contact = await place(agent, "calls", {"number": out})
        await of(stage, "call.answered.v1", contact)
        await agent.call.hang_up()
        ended = await of(stage, "contact.ended.v1", contact)
        stage.state("The call is over by the agent", ended.fact("by") == "agent")
        stage.state(
            "Without a queue there is no after-call work", await agent.is_in_state("not_ready")
        )


async def a_colleague_is_called(stage: Stage) -> None:
    """Two agents talk; nobody is offered a call meanwhile, nobody missed one."""
    agent, other = await stage.agent("8001"), await stage.agent("8002")
    contact = await place(agent, "calls/colleague", {"agent": "8002"})
    await of(stage, "call.answered.v1", contact)
    both = await stage.hears(agent, other) and await stage.hears(other, agent)
    stage.state("Both hear each other", both)
    await other.call.hang_up()
    await of(stage, "contact.ended.v1", contact)
    ready = await agent.is_in_state("ready") and await other.is_in_state("ready")
    stage.state("Both are ready afterwards", ready)
    other.answers(refuse_with=486)
    contact = await place(agent, "calls/colleague", {"agent": "8002"})
    ended = await of(stage, "contact.ended.v1", contact)
    stage.state("A colleague who declines is busy", ended.fact("cause") == "busy")
    stage.state("And misses nothing", await other.is_in_state("ready"))


ITEMS = (
    Item(name="call-out", run=customer_is_called),
    Item(name="call-out-recorded", run=call_out_is_recorded, limit_s=90),
    Item(name="call-out-unanswered", run=a_call_comes_to_nothing),
    Item(name="call-out-phone", run=the_phone_hangs_up),
    Item(name="call-colleague", run=a_colleague_is_called),
)
