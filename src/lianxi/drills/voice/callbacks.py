"""Items of callbacks: registered by the caller, kept in line, dialled for an agent who has it in
hand, tried again when nobody answers."""

from lianxi.channels.fake.sip.phone import Answering
from lianxi.drills.voice.flowing import BYE, calls, constant, keys, publish, step
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.outside import NUMBER, OUTSIDE_HZ, telephone
from lianxi.drills.voice.stage import Stage
from lianxi.kernel.masking import mask


async def register(stage: Stage, line: str) -> str:
    """A caller confirms the number that is read out; gives the contact of the callback."""
    offer = {
        "type": "callback", "queue": "service", "number": constant(NUMBER),
        "prompts": ["callback_number"], "ask": ["callback_confirm"], "next": "kept",
        "declined": "bye",
    }  # fmt: skip
    kept = {"type": "play", "prompts": ["callback_kept"], "next": "bye"}
    await publish(stage, line, {"offer": offer, "kept": kept, "bye": BYE})
    customer = await calls(stage, line)
    said = await stage.fact("prompt.began.v1", customer)
    spoken = [f"digits_{digit}" for digit in NUMBER]
    heard = str(said.facts["prompts"])
    stage.state("The number is read out", all(word in heard for word in spoken))
    await keys(customer, "1")
    told = await stage.fact("contact.callback_registered.v1", customer)
    await step(stage, customer, "kept")
    await keys(customer, "1")
    await customer.hang_up()
    again = await calls(stage, line)
    await keys(again, "1")
    await step(stage, again, "kept")
    twice = stage.journal.every("contact.callback_registered.v1", contact=again.contact)
    stage.state("Who asks twice is called back once", not twice)
    await again.hang_up()
    return told.fact("callback")


async def customer_is_called_back(stage: Stage) -> None:
    """A callback is dialled only when an agent has it in hand; the two hear each other."""
    async with telephone(stage):
        callback = await register(stage, "4220")
        early = stage.journal.every("call.dialled.v1", contact=callback)
        stage.state("Nobody is dialled while nobody is there", not early)
        agent = await stage.agent("8005")
        offer = await stage.fact("offer.made.v1", agent="8005", contact=callback)
        path = f"/api/desk/offers/{offer.fact('offer')}/take"
        await agent.person.change("POST", path, {})
        await stage.fact("call.placed.v1", contact=callback)
        await stage.fact("call.answered.v1", contact=callback)
        share = 0.0
        for _ in range(30):
            await stage.moment()
            share = agent.call.hearing.tone_share(OUTSIDE_HZ)
            if share > 0.8:
                break
        stage.state("The agent hears the customer", share > 0.8, f"{share:.2f}")
        await agent.person.change("POST", f"/api/desk/contacts/{callback}/hang-up", {})
        await stage.fact("contact.ended.v1", contact=callback)


async def missed_callback_is_tried_again(stage: Stage) -> None:
    """A callback to somebody who is busy is planned once more, and only once."""
    async with telephone(stage, Answering(refuse_with=486)):
        callback = await register(stage, "4221")
        agent = await stage.agent("8005")
        offer = await stage.fact("offer.made.v1", agent="8005", contact=callback)
        path = f"/api/desk/offers/{offer.fact('offer')}/take"
        await agent.person.change("POST", path, {})
        ended = await stage.fact("contact.ended.v1", contact=callback)
        stage.state("Busy is told", ended.fact("cause") == "busy", ended.fact("cause"))
        planned = await stage.fact(
            "contact.callback_registered.v1", number=mask(NUMBER), attempt="2"
        )
        stage.state("It is planned again", planned.fact("due") != "", planned.fact("callback"))
        supervisor = await stage.supervisor()
        rows = await supervisor.get("/api/callbacks")
        stage.state("It is shown as waiting", len(rows) == 1, f"{len(rows)} rows")
        for row in rows:
            await supervisor.change("DELETE", f"/api/callbacks/{row['id']}")


ITEMS = (
    Item(name="callback", run=customer_is_called_back, limit_s=120),
    Item(name="callback-missed", run=missed_callback_is_tried_again, limit_s=120),
)
