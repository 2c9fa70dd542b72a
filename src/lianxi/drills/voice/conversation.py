"""Items of a conversation of two: hold and its limits, a paused recording, transfers without
consulting."""

from lianxi.drills.voice.item import Item
from lianxi.drills.voice.person import AskRefused
from lianxi.drills.voice.stage import SALES, Stage
from lianxi.kernel.masking import mask

BRIEF_ALARM_MS, BRIEF_RECALL_MS = 2_000, 4_000


async def customer_is_held(stage: Stage) -> None:
    """Hold gives the customer music, resume gives the conversation back."""
    agent, customer = await stage.talk("8001")
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("Both hear each other", both)
    await agent.ask("hold", customer)
    await stage.fact("contact.held.v1", customer)
    stage.state("On hold the customer hears music and nobody", await stage.hears_music(customer))
    stage.state("On hold the agent hears nobody", await stage.hears(agent))
    await agent.ask("resume", customer)
    await stage.fact("contact.resumed.v1", customer)
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("After it both hear each other again", both)


async def hold_is_remembered(stage: Stage) -> None:
    """A hold that lasts is an alarm; one that lasts too long brings the customer back."""
    admin = await stage.person("admin")
    rule = (await admin.get("/api/routing"))["hold"]
    brief = {"alarm": BRIEF_ALARM_MS, "recall": BRIEF_RECALL_MS}
    await admin.change("PATCH", "/api/routing", {"hold": brief})
    try:
        agent, customer = await stage.talk("8001")
        await agent.ask("hold", customer)
        held = await stage.fact("contact.held.v1", customer)
        alarmed = await stage.fact("contact.hold_alarmed.v1", customer)
        alarm_ms = (alarmed.at - held.at) * 1000
        stage.state(
            "The alarm comes at its time",
            abs(alarm_ms - BRIEF_ALARM_MS) < 500,
            f"{alarm_ms:.0f} ms on hold, the rule says {BRIEF_ALARM_MS}",
        )
        back = await stage.fact("contact.resumed.v1", customer)
        recall_ms = (back.at - held.at) * 1000
        stage.state(
            "The customer is brought back at the limit",
            back.facts["recalled"] is True and abs(recall_ms - BRIEF_RECALL_MS) < 500,
            f"{recall_ms:.0f} ms on hold, recalled {back.facts['recalled']}",
        )
        both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
        stage.state("And both hear each other", both)
    finally:
        await admin.change("PATCH", "/api/routing", {"hold": rule})


async def telephone_holds(stage: Stage) -> None:
    """The hold key of the desk phone itself is a hold: music, the alarm, and only it ends it."""
    admin = await stage.person("admin")
    rule = (await admin.get("/api/routing"))["hold"]
    brief = {"alarm": BRIEF_ALARM_MS, "recall": BRIEF_RECALL_MS}
    await admin.change("PATCH", "/api/routing", {"hold": brief})
    try:
        agent, customer = await stage.talk("8001")
        await agent.call.hold()
        held = await stage.fact("contact.held.v1", customer)
        stage.state("It is known who holds", held.facts["by_device"] is True)
        stage.state("The customer hears music", await stage.hears_music(customer))
        code = ""
        try:
            await agent.ask("resume", customer)
        except AskRefused as refused:
            code = refused.code
        stage.state("The desk cannot take it back", code == "held_at_device", code)
        alarmed = await stage.fact("contact.hold_alarmed.v1", customer)
        stage.state("The alarm comes", alarmed.at >= held.at)
        await agent.call.take_back()
        back = await stage.fact("contact.resumed.v1", customer)
        stage.state("The same key ends it", back.facts.get("recalled") is not True)
        both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
        stage.state("And both hear each other", both)
    finally:
        await admin.change("PATCH", "/api/routing", {"hold": rule})


async def recording_is_paused(stage: Stage) -> None:
    """The agent pauses the recording: nobody hears a difference; it is a fact, and goes on."""
    agent, customer = await stage.talk("8001")
    await agent.ask("recording/pause", customer)
    paused = await stage.fact("contact.recording_paused.v1", customer)
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("While the recording is paused both hear each other", both)
    await agent.ask("recording/resume", customer)
    went_on = await stage.fact("contact.recording_resumed.v1", customer)
    stage.state(
        "It goes on when the agent says so",
        went_on.fact("agent") == "8001",
        f"paused for {went_on.at - paused.at:.1f} s",
    )
    troubles = stage.journal.every("contact.recording_problem.v1", contact=customer.contact)
    stage.state("The switch did both", not troubles, f"{len(troubles)} problems")


async def handed_on_to_an_agent(stage: Stage) -> None:
    """A transfer to an agent: the new one and the customer talk, the old one wraps up."""
    first, customer = await stage.talk("8001")
    second = await stage.agent("8002")
    await first.ask("transfer", customer, {"to": {"agent": "8002"}, "reason": "懂这个产品"})
    after = stage.journal.position
    await stage.fact("contact.connected.v1", customer, after=after, agent="8002")
    both = await stage.hears(customer, second) and await stage.hears(second, customer)
    stage.state("The new agent and the customer hear each other", both)
    wraps = await first.is_in_state("acw")
    stage.state("The old agent is in after-call work", wraps, (await first.desk())["state"])


async def handed_on_to_a_queue(stage: Stage) -> None:
    """A transfer to a queue: the customer is served there, and stays one contact."""
    first, customer = await stage.talk("8005")
    await first.ask("transfer", customer, {"to": {"queue": "sales"}, "reason": "想买新的"})
    await stage.fact("contact.queued.v1", customer, queue="sales")
    second = await stage.agent("8003")
    await stage.fact("contact.connected.v1", customer, agent="8003")
    both = await stage.hears(customer, second) and await stage.hears(second, customer)
    stage.state("An agent of the other queue and the customer hear each other", both)
    began = stage.journal.every("contact.began.v1", caller=mask(customer.number))
    stage.state("It is one contact all along", len(began) == 1, f"{len(began)} contacts")


async def sales_has_its_line(stage: Stage) -> None:
    """A number that leads straight to a queue is served by that queue's agents alone."""
    other = await stage.agent("8005")
    agent, customer = await stage.talk("8003", SALES)
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("An agent of the queue and the customer hear each other", both)
    stage.state("Nobody else's telephone rang", other.offered == 0, f"{other.offered} offers")


ITEMS = (
    Item(name="hold", run=customer_is_held),
    Item(name="hold-limits", run=hold_is_remembered),
    Item(name="hold-key", run=telephone_holds),
    Item(name="recording-pause", run=recording_is_paused),
    Item(name="transfer-to-agent", run=handed_on_to_an_agent),
    Item(name="transfer-to-queue", run=handed_on_to_a_queue),
    Item(name="number-to-queue", run=sales_has_its_line),
)
