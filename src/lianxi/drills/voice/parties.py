"""Items with more than two: consult, swap, hand over, conference, and a number outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lianxi.channels.fake.sip.call import Script
from lianxi.channels.fake.sip.phone import Answering, ScriptedPhone
from lianxi.channels.fake.sip.sound import Tone
from lianxi.drills.voice.customer import Customer
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.person import AskRefused
from lianxi.drills.voice.stage import Stage

NOWHERE = ("127.0.0.1", 9)
"""Nobody takes registrations there: a telephone outside needs none."""

PATTERN, FRIEND = "0512X.", "051287654321"
FRIEND_HZ = 2111
BUSY = 486
WHY = {"reason": "懂这个产品"}


@asynccontextmanager
async def friend(stage: Stage, *, refuse_with: int | None = None) -> AsyncIterator[ScriptedPhone]:
    """A telephone outside that is reached under FRIEND, over a trunk of its own."""
    answering = Answering(refuse_with=refuse_with, script=Script(say=Tone(FRIEND_HZ)))
    phone = ScriptedPhone(NOWHERE, "friend", "", answering=answering, retry_s=60)
    await phone.start()
    host, port = phone.address
    name = f"drill-{port}"  # of its own: each telephone stands elsewhere
    admin = await stage.person("admin")
    trunk = {"name": "演练", "server": f"{host}:{port}", "check_every": 0}
    await admin.change("PUT", f"/api/trunks/{name}", trunk)
    routes = (await admin.get("/api/routes"))["items"]
    others = [one for one in routes if one["pattern"] != PATTERN]
    items = [{"pattern": PATTERN, "trunks": [name]}, *others]
    await admin.change("PUT", "/api/routes", {"items": items})
    try:
        yield phone
    finally:
        await phone.vanish()


def joined(phone: ScriptedPhone, stage: Stage, customer: Customer) -> Customer:
    """The friend, among those whose voices are known."""
    one = Customer(
        call=phone.calls[-1],
        number=FRIEND,
        hz=FRIEND_HZ,
        contact=customer.contact,
        began=customer.began,
    )
    stage.customers.append(one)
    return one


async def refused(stage: Stage, text: str, code: str, asking: object) -> None:
    """Something is turned down, with its code."""
    try:
        await asking  # type: ignore[misc]
    except AskRefused as answer:
        stage.state(text, answer.code == code, answer.code)
    else:
        stage.state(text, False, "it was done")


async def is_consulted(stage: Stage) -> None:
    """A colleague is consulted while the customer hears music; swapped, and handed over to."""
    first, customer = await stage.talk("8001")
    second = await stage.agent("8002")
    await first.ask("consult", customer, {"to": {"agent": "8002"}})
    await stage.fact("contact.party_joined.v1", customer, agent="8002")
    apart = await stage.hears(first, second) and await stage.hears(second, first)
    stage.state("The two agents hear each other and nobody else", apart)
    stage.state("The customer hears music", await stage.hears_music(customer))
    await refused(stage, "Nobody may hang up now", "consult_open", first.ask("hang-up", customer))
    await first.ask("consult/swap", customer)
    back = await stage.hears(first, customer) and await stage.hears(customer, first)
    stage.state("Swapped, agent and customer hear each other", back)
    stage.state("And the colleague hears music", await stage.hears_music(second))
    await first.ask("consult/swap", customer)
    stage.state("Swapped again, the colleague is heard", await stage.hears(first, second))
    await first.ask("consult/complete", customer, WHY)
    await stage.fact("contact.handed_over.v1", customer, to_agent="8002")
    over = await stage.hears(customer, second) and await stage.hears(second, customer)
    stage.state("Handed over, colleague and customer hear each other", over)
    wraps = await first.is_in_state("acw")
    stage.state("Who handed over is in after-call work", wraps)
    connected = stage.journal.every("contact.connected.v1", contact=customer.contact)
    stage.state("It was answered once", len(connected) == 1, f"{len(connected)} times")


async def consult_fails(stage: Stage) -> None:
    """A colleague who is busy, or does not come, brings the customer back."""
    first, customer = await stage.talk("8001")
    second = await stage.agent("8002")
    second.answers(refuse_with=BUSY)
    await first.ask("consult", customer, {"to": {"agent": "8002"}})
    left = await stage.fact("contact.party_left.v1", customer, agent="8002")
    stage.state("It is known to be busy", left.fact("cause") == "busy", left.fact("cause"))
    both = await stage.hears(customer, first) and await stage.hears(first, customer)
    stage.state("Agent and customer hear each other again", both)
    second.answers(after_s=None)
    after = stage.journal.position
    await first.ask("consult", customer, {"to": {"agent": "8002"}})
    await stage.fact("contact.party_rang.v1", customer, after=after)
    stage.state("While it rings the customer hears music", await stage.hears_music(customer))
    await first.ask("consult/cancel", customer)
    both = await stage.hears(customer, first) and await stage.hears(first, customer)
    stage.state("Cancelled, they hear each other again", both)


async def confer_with_four(stage: Stage) -> None:
    """Two agents, the customer and somebody outside; one is dropped, one leaves, two go on."""
    async with friend(stage) as phone:
        first, customer = await stage.talk("8001")
        second = await stage.agent("8002")
        await first.ask("consult", customer, {"to": {"agent": "8002"}})
        await stage.fact("contact.party_joined.v1", customer, agent="8002")
        await first.ask("conference", customer)
        three = (
            await stage.hears(customer, first, second)
            and await stage.hears(first, customer, second)
            and await stage.hears(second, customer, first)
        )
        stage.state("Three hear each other", three)
        after = stage.journal.position
        await first.ask("invite", customer, {"to": {"number": FRIEND}})
        came = await stage.fact("contact.party_joined.v1", customer, after=after)
        outside = joined(phone, stage, customer)
        four = await stage.hears(customer, first, second, outside) and await stage.hears(
            outside, customer, first, second
        )
        stage.state("Four hear each other, one of them outside", four)
        await first.ask(f"parties/{came.fact('leg')}/drop", customer)
        three = await stage.hears(customer, first, second)
        stage.state("One is dropped, three go on", three)
        await first.ask("leave", customer)
        two = await stage.hears(customer, second) and await stage.hears(second, customer)
        stage.state("The first agent leaves, two go on", two)
        ended = stage.journal.every("contact.ended.v1", contact=customer.contact)
        stage.state("It is still the same contact", not ended, f"{len(ended)} ends")


async def handed_outside(stage: Stage) -> None:
    """Handed on to a number outside, which answers; or is busy, and the customer comes back."""
    async with friend(stage) as phone:
        first, customer = await stage.talk("8001")
        await first.ask("transfer", customer, {"to": {"number": FRIEND}, **WHY})
        await stage.fact("contact.party_joined.v1", customer)
        outside = joined(phone, stage, customer)
        both = await stage.hears(customer, outside) and await stage.hears(outside, customer)
        stage.state("Customer and number outside hear each other", both)
        stage.state("The agent is through", await first.is_in_state("acw"))
        await outside.hang_up()
        ended = await stage.fact("contact.ended.v1", customer)
        stage.state("The contact ends as transferred", ended.fact("flow_end") == "transferred")


async def outside_is_busy(stage: Stage) -> None:
    """A number outside that is busy brings the customer back to the queue, first in line."""
    async with friend(stage, refuse_with=BUSY):
        first, customer = await stage.talk("8001")
        second = await stage.agent("8002")
        after = stage.journal.position
        await first.ask("transfer", customer, {"to": {"number": FRIEND}, **WHY})
        back = await stage.fact("contact.queued.v1", customer, after=after)
        stage.state("First in line", back.fact("recovered") == "True", back.fact("recovered"))
        both = await stage.hears(customer, second) and await stage.hears(second, customer)
        stage.state("The next free agent and the customer hear each other", both)


async def phone_hands_over(stage: Stage) -> None:
    """A desk phone that is hung up in a consult hands the customer over."""
    first, customer = await stage.talk("8001")
    second = await stage.agent("8002")
    await first.ask("consult", customer, {"to": {"agent": "8002"}})
    await stage.fact("contact.party_joined.v1", customer, agent="8002")
    stage.state("They speak aside", await stage.hears(first, second))
    await first.call.hang_up()
    await stage.fact("contact.handed_over.v1", customer, to_agent="8002")
    both = await stage.hears(customer, second) and await stage.hears(second, customer)
    stage.state("Colleague and customer hear each other", both)


ITEMS = (
    Item(name="consult", run=is_consulted),
    Item(name="consult-fails", run=consult_fails),
    Item(name="conference", run=confer_with_four, limit_s=90.0),
    Item(name="transfer-outside", run=handed_outside),
    Item(name="transfer-outside-busy", run=outside_is_busy),
    Item(name="consult-phone-hung-up", run=phone_hands_over),
)
