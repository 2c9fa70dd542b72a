"""Items of flows: messages, secret digits, identity, look-ups, figures aloud, surveys, transfers
outside, new versions under calls in progress, and what the check finds."""

import asyncio
from typing import Any

from lianxi.channels.fake.sip.phone import Answering
from lianxi.drills.voice.flowing import (
    BYE,
    CALLER,
    TO_SERVICE,
    Nodes,
    calls,
    constant,
    keys,
    publish,
    step,
    variable,
)
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.outside import NUMBER, OUTSIDE_HZ, carrier, system
from lianxi.drills.voice.recordings import message_is_heard
from lianxi.drills.voice.stage import Stage
from lianxi.drills.voice.traces import customer_heard, files_with, longest_silence

PIN = "9047162538"
"""Long enough to stand nowhere by chance."""

CHECKS = 20
WITHIN_MS = 2_000


async def message_is_left(stage: Stage) -> None:
    """A caller leaves a message; it is offered to an agent of its queue as a contact."""
    leave = {
        "type": "voicemail", "queue": "service", "prompts": ["voicemail_ask"], "next": "thanks",
        "error": "bye",
    }  # fmt: skip
    thanks = {"type": "play", "prompts": ["voicemail_kept"], "next": "bye"}
    await publish(stage, "4210", {"leave": leave, "thanks": thanks, "bye": BYE})
    for ending in ("key", "hanging up"):
        customer = await calls(stage, "4210")
        await stage.fact("voicemail.began.v1", customer, within_s=20)
        await asyncio.sleep(3)  # pace: the caller speaks
        if ending == "key":
            await keys(customer, "#")
            await step(stage, customer, "thanks")
        await customer.hang_up()
        left = await stage.fact("voicemail.left.v1", customer)
        length = int(left.fact("length"))
        file = stage.product.home / "recordings" / "raw" / left.fact("recording")
        stage.state(
            f"Ended by {ending}, the message is there",
            2_000 <= length <= 8_000 and file.is_file() and file.stat().st_size > 20_000,
            f"{length} ms",
        )
        message = f"{customer.contact}-{left.fact('request')}"
        queued = await stage.fact("contact.queued.v1", contact=message)
        stage.state("It waits in its queue", queued.fact("queue") == "service")
    agent, after = await stage.agent("8005"), 0
    for _ in range(2):
        offer = await stage.fact("offer.made.v1", after=after, agent="8005", channel="voicemail")
        after, contact = offer.position, offer.fact("contact")
        await agent.person.change("POST", f"/api/desk/offers/{offer.fact('offer')}/take", {})
        taken = await stage.fact("contact.connected.v1", agent="8005", contact=contact)
        stage.state("An agent takes it", bool(taken.position))
        await message_is_heard(stage, agent, contact)
        await agent.person.change("POST", f"/api/desk/contacts/{contact}/hang-up", {})
        body = {"contact": contact, "disposition": "other", "note": "", "then": None}
        await agent.person.change("POST", "/api/desk/wrap-up/finish", body)


async def digits_stay_secret(stage: Stage) -> None:
    """Secret digits reach the system they are for, and neither journal, logs nor recording."""
    async with system(stage, "drill_bank") as bank:
        bank.answer = {"ok": True}
        ask = {
            "type": "collect", "prompts": ["identity_ask"], "variable": "pin", "secret": True,
            "shortest": 10, "longest": 10, "wait": 15_000, "next": "check", "default": "bye",
        }  # fmt: skip
        check = {
            "type": "http", "connector": "drill_bank", "arguments": {"pin": variable("pin")},
            "results": {"ok": "ok"}, "next": "thanks", "error": "bye",
        }  # fmt: skip
        thanks = {"type": "play", "prompts": ["outage_notice"] * 2, "next": "bye"}
        nodes: Nodes = {"ask": ask, "check": check, "thanks": thanks, "bye": BYE}
        await publish(stage, "4211", nodes, variables=(("pin", "text"), ("ok", "boolean")))
        customer = await calls(stage, "4211")
        await stage.fact("flow.input_awaited.v1", customer, within_s=20)
        await keys(customer, PIN)
        await step(stage, customer, "thanks")
        sent = [body.get("pin") for body in bank.came]
        stage.state("The system it is for has them", sent == [PIN], f"{len(sent)} requests")
    await asyncio.sleep(4)  # pace: the recording is written a second at a time
    raw = stage.product.home / "recordings" / "raw" / customer.began.fact("recording")
    loud = await asyncio.to_thread(customer_heard, raw)
    silent = longest_silence(loud)
    stage.state(
        "The recording is silent meanwhile and sounds before and after",
        silent >= 20 and any(loud[:10]) and any(loud[-10:]),
        f"{silent / 10:g} s of {len(loud) / 10:g} s",
    )
    await customer.hang_up()
    told = [line for line in stage.journal.lines if PIN[:6] in str(line.facts)]
    stage.state("The journal has none of it", not told, f"{len(stage.journal.lines)} lines read")
    files, found = await asyncio.to_thread(files_with, stage.product.home, PIN.encode())
    found += (await asyncio.to_thread(files_with, stage.room, PIN.encode()))[1]
    stage.state("No file of the centre has it", not found, f"{files} files read, {sorted(found)}")


async def identity_is_checked(stage: Stage) -> None:
    """A caller's code is checked, in time; three tries, then an agent."""
    admin, number = await stage.person("admin"), "13800138000"
    await admin.change("PUT", "/api/customers/code", {"number": number, "code": "135790"})

    def asking(place: int) -> dict[str, Any]:
        following = f"try{place + 1}" if place + 1 < CHECKS else "right"
        return {
            "type": "identity", "prompts": ["digits_1"], "invalid": ["digits_2"],
            "variable": "code", "number": CALLER, "shortest": 6, "longest": 6,
            "next": following, "default": "wrong", "error": "broken",
        }  # fmt: skip

    nodes: Nodes = {f"try{place}": asking(place) for place in range(CHECKS)}
    ends = {"right": BYE, "wrong": TO_SERVICE, "broken": BYE}
    await publish(stage, "4212", {**nodes, **ends}, variables=(("code", "text"),))
    customer = await calls(stage, "4212", caller=number)
    took: list[float] = []
    for place in range(CHECKS):
        await step(stage, customer, f"try{place}")
        await keys(customer, "135790")
        asked = await stage.fact("flow.identity_asked.v1", customer, node=f"try{place}")
        request = asked.fact("request")
        ended = await stage.fact("flow.request_ended.v1", customer, request=request)
        took.append((ended.at - asked.at) * 1000)
    await step(stage, customer, "right")
    slowest = sorted(took)[round(CHECKS * 0.95) - 1]
    stage.state(
        f"Of {CHECKS} codes 95 % are checked within 2 s", slowest <= WITHIN_MS, f"{slowest:.0f} ms"
    )
    stage.report.figure("identity_p95_ms", round(slowest))
    await customer.hang_up()
    customer = await calls(stage, "4212", caller=number)
    for tries in range(1, 4):
        await step(stage, customer, "try0")
        await stage.fact("flow.digits_hidden.v1", customer)
        await keys(customer, "111111")
        rejected = await stage.fact("flow.input_rejected.v1", customer, tries=str(tries))
    stage.state("A wrong code is written down as x", rejected.fact("digit").strip("x") == "")
    queued = await stage.fact("contact.queued.v1", customer)
    stage.state("After three tries the caller waits for an agent", bool(queued.position))


async def systems_are_asked(stage: Stage) -> None:
    """A system outside answers, and is said aloud; one that is too slow is not waited for."""
    async with system(stage, "drill_bills") as bills:
        bills.answer = {"bill": {"amount": 1234.56, "due": "2026-12-01"}}
        ask = {
            "type": "http", "connector": "drill_bills", "arguments": {"number": CALLER},
            "results": {"amount": "bill.amount", "due": "bill.due"}, "next": "amount",
            "error": "broken", "timeout": "late",
        }  # fmt: skip
        amount = {"type": "say", "value": variable("amount"), "how": "money", "next": "due"}
        due = {"type": "say", "value": variable("due"), "how": "date", "next": "bye"}
        nodes: Nodes = {
            "ask": ask, "amount": amount, "due": due, "bye": BYE, "broken": BYE, "late": TO_SERVICE,
        }  # fmt: skip
        await publish(stage, "4213", nodes, variables=(("amount", "number"), ("due", "text")))
        customer = await calls(stage, "4213")
        said = await stage.fact("prompt.began.v1", customer)
        heard = await stage.hears_music(customer)
        stage.state("The amount is said", "money_yuan" in said.fact("prompts") and heard)
        await step(stage, customer, "due")
        ended = await stage.fact("prompt.ended.v1", customer, within_s=15)
        stage.state("No word of it is missing", ended.fact("failed") == "", ended.facts)
        await customer.hang_up()
        bills.takes_s = 5
        customer = await calls(stage, "4213")
        asked = await stage.fact("flow.http_asked.v1", customer)
        late = await step(stage, customer, "late")
        took = (late.at - asked.at) * 1000
        stage.state("After 2 s the caller goes on", 1_900 <= took <= 2_500, f"{took:.0f} ms")


async def callers_are_asked(stage: Stage) -> None:
    """An announcement of an outage, then a survey with keys 1 to 5."""
    notice = {"type": "play", "prompts": ["outage_notice"], "next": "survey", "barge_in": True}
    questions = [{"id": name, "prompts": ["survey_ask"]} for name in ("service", "speed")]
    survey = {"type": "survey", "questions": questions, "next": "thanks"}
    thanks = {"type": "play", "prompts": ["survey_thanks"], "next": "bye"}
    nodes: Nodes = {"notice": notice, "survey": survey, "thanks": thanks, "bye": BYE}
    await publish(stage, "4214", nodes)
    customer = await calls(stage, "4214")
    stage.state("The announcement is heard", await stage.hears_music(customer))
    await keys(customer, "0")
    await step(stage, customer, "survey")
    for question, key in (("service", "5"), ("speed", "9"), ("speed", "1")):
        await stage.fact("prompt.began.v1", customer)
        await asyncio.sleep(1)  # pace: the question is heard
        await keys(customer, key)
        if key != "9":
            told = await stage.fact("survey.answered.v1", customer, question=question)
            stage.state(f"{question}: key {key} counts", told.fact("answer") == key)
        else:
            await stage.fact("flow.input_rejected.v1", customer)
    await step(stage, customer, "thanks")


async def caller_is_handed_outside(stage: Stage) -> None:
    """A flow hands the caller to a number outside; who is busy there leads on."""
    transfer = {
        "type": "transfer", "to": {"type": "number", "number": constant(NUMBER)},
        "prompts": [], "failed": "failed", "next": "after",
    }  # fmt: skip
    nodes: Nodes = {"out": transfer, "failed": TO_SERVICE, "after": BYE}
    async with carrier(stage) as outside:
        await publish(stage, "4215", nodes)
        customer = await calls(stage, "4215")
        await stage.fact("flow.transfer_connected.v1", customer)
        share = 0.0
        for _ in range(30):
            await asyncio.sleep(0.1)  # poll: sound has no event
            share = customer.call.hearing.tone_share(OUTSIDE_HZ)
            if share > 0.8:
                break
        stage.state("The caller hears the party outside", share > 0.8, f"{share:.2f}")
        await customer.hang_up()
        await stage.fact("contact.ended.v1", customer)
        outside.answering = Answering(refuse_with=486)
        customer = await calls(stage, "4215")
        ended = await stage.fact("flow.request_ended.v1", customer)
        stage.state("Busy is told", ended.fact("cause") == "busy", ended.fact("cause"))
        await step(stage, customer, "failed")


async def versions_change_under_calls(stage: Stage) -> None:
    """A new version is in force at once; calls in progress finish on theirs."""

    def menu(target: str) -> dict[str, dict[str, Any]]:
        choice = {"digit": "1", "next": target}
        asks = {
            "type": "menu", "prompts": ["main_menu"], "choices": [choice], "default": "menu2",
            "retries": 5,
        }  # fmt: skip
        return {"menu": asks, "menu2": BYE, target: BYE}

    first = await publish(stage, "4216", menu("old"))
    before = await calls(stage, "4216")
    await step(stage, before, "menu")
    second = await publish(stage, "4216", menu("new"))
    after = await calls(stage, "4216")
    begun = await stage.fact("flow.began.v1", after)
    stage.state(
        "A new caller begins the new version",
        second == first + 1 and begun.fact("version") == str(second),
        f"{first}, {second}",
    )
    await step(stage, after, "menu")
    await keys(before, "1")
    await keys(after, "1")
    await step(stage, before, "old")
    await step(stage, after, "new")
    stage.state("Each finishes on the version it began", True)


async def flaws_are_found(stage: Stage) -> None:
    """Dead ends, circles without an exit and missing prompts keep a flow from being published."""
    admin = await stage.person("admin")
    flawed = {
        "start": {"type": "play", "prompts": ["no_such_prompt"], "next": "circle"},
        "circle": {"type": "set", "assignments": [], "next": "circle2"},
        "circle2": {"type": "play", "prompts": ["welcome"], "next": "circle"},
        "nowhere": {"type": "play", "prompts": ["welcome"], "next": ""},
    }
    body = {"name": "演练", "start": "start", "nodes": flawed}
    told = await admin.change("POST", "/api/flows/drill_flawed/check", body)
    found = {problem["reason"] for problem in told}
    wanted = {"missing_prompt", "endless_loop", "no_exit", "unreachable"}
    stage.state("All of it is found", wanted <= found, ", ".join(sorted(found)))
    sentences = all(problem["sentence"] and problem["sentence_en"] for problem in told)
    stage.state("Each is a sentence in both languages", sentences)


ITEMS = (
    Item(name="voicemail", run=message_is_left, limit_s=90),
    Item(name="secret-digits", run=digits_stay_secret, limit_s=90),
    Item(name="identity", run=identity_is_checked, limit_s=180),
    Item(name="look-ups", run=systems_are_asked, limit_s=90),
    Item(name="survey", run=callers_are_asked, limit_s=90),
    Item(name="transfer-outside-by-flow", run=caller_is_handed_outside, limit_s=90),
    Item(name="hot-publish", run=versions_change_under_calls, limit_s=60),
    Item(name="flow-check", run=flaws_are_found, limit_s=30),
)
