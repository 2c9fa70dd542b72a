"""Items of the floor and of callers: forced states, waiting callers who are pulled, missed calls,
the menu."""

from lianxi.drills.voice.item import Item
from lianxi.drills.voice.person import AskRefused
from lianxi.drills.voice.stage import SALES, Stage

MENU_READ_S = 7.5
HOTLINE = "4001"


async def agents_are_forced(stage: Stage) -> None:
    """A supervisor sets an agent ready, not ready and signed out, each with a reason."""
    agent, supervisor = await stage.agent("8001", ready=False), await stage.supervisor()
    path = "/api/agents/8001/force"
    for to, shown in (("ready", "ready"), ("not_ready", "not_ready"), ("signed_out", "signed_out")):
        await supervisor.change("POST", path, {"to": to, "reason": "演练"})
        right = await agent.is_in_state(shown)
        stage.state(f"Forced: {to}", right, f"the desk shows {(await agent.desk())['state']}")
    try:
        await supervisor.change("POST", path, {"to": "ready", "reason": ""})
        code = "no refusal"
    except AskRefused as refused:
        code = str(refused.status)
    stage.state("Without a reason it is refused", code == "422", code)


async def waiting_caller_is_pulled(stage: Stage) -> None:
    """A supervisor moves a waiting caller to a chosen agent."""
    customer = await stage.customer(SALES)
    await stage.fact("contact.queued.v1", customer)
    stage.state("Who waits hears music", await stage.hears_music(customer))
    agent = await stage.agent("8005")  # not of this queue
    supervisor = await stage.supervisor()
    body = {"to": {"agent": "8005"}, "reason": "熟客"}
    await supervisor.change("POST", f"/api/contacts/{customer.contact}/pull", body)
    await stage.fact("contact.connected.v1", customer, agent="8005")
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("The chosen agent and the caller hear each other", both)


async def waiting_caller_is_moved(stage: Stage) -> None:
    """A supervisor moves a waiting caller into another queue."""
    customer = await stage.customer(SALES)
    await stage.fact("contact.queued.v1", customer)
    agent = await stage.agent("8006")
    supervisor = await stage.supervisor()
    body = {"to": {"queue": "service"}, "reason": "打错了"}
    await supervisor.change("POST", f"/api/contacts/{customer.contact}/pull", body)
    await stage.fact("contact.connected.v1", customer, agent="8006")
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("An agent of the other queue and the caller hear each other", both)


async def first_in_line_is_ranked(stage: Stage) -> None:
    """A supervisor gives a later caller the first place: that one is served first."""
    first, second = await stage.customer(SALES), await stage.customer(SALES)
    await stage.fact("contact.queued.v1", second)
    supervisor = await stage.supervisor()
    body = {"priority": 100, "reason": "急"}
    await supervisor.change("POST", f"/api/contacts/{second.contact}/rank", body)
    agent = await stage.agent("8003")
    served = await stage.fact("contact.connected.v1", agent="8003")
    stage.state(
        "The ranked caller is served first",
        served.fact("contact") == second.contact != first.contact,
    )
    stage.state("The other one still hears music", await stage.hears_music(first))
    stage.state("And the ranked one the agent", await stage.hears(second, agent))


async def missed_call_is_listed(stage: Stage) -> None:
    """Who gave up stands in the list of missed calls once, and no more once spoken to."""
    number = "13755550001"
    for _ in range(2):
        customer = await stage.customer(SALES, caller=number)
        await stage.fact("contact.queued.v1", customer)
        await customer.hang_up()
        await stage.fact("contact.ended.v1", customer)
    mine = await _missed(stage, 1, contacts={one.contact for one in stage.customers})
    stage.state(
        "Two calls of one number are one line of the list",
        len(mine) == 1 and mine[0] == 2,
        f"{len(mine)} lines, missed {mine} times",
    )
    await stage.agent("8003")
    customer = await stage.customer(SALES, caller=number)
    await stage.fact("contact.connected.v1", customer)
    await customer.hang_up()
    await stage.fact("contact.ended.v1", customer)
    mine = await _missed(stage, 0, contacts={one.contact for one in stage.customers})
    stage.state("Once spoken to, it is gone from the list", not mine, f"{len(mine)} lines")


async def _missed(stage: Stage, wanted: int, *, contacts: set[str]) -> list[int]:
    """How often each number was missed; the list follows the journal within moments."""
    supervisor = await stage.supervisor()
    times: list[int] = []
    for _ in range(50):
        rows = (await supervisor.get("/api/contacts/missed"))["items"]
        times = [row["times"] for row in rows if row["record"]["id"] in contacts]
        if len(times) == wanted and (not times or times[0] > 1):
            break
        await stage.moment()
    return times


async def menu_leads_to_a_queue(stage: Stage) -> None:
    """The hotline's menu is heard, and a key leads to its queue."""
    agent = await stage.agent("8005")
    customer = await stage.customer(HOTLINE, press=(("2", MENU_READ_S),))
    stage.state("The greeting is heard", await stage.hears_music(customer))
    queued = await stage.fact("contact.queued.v1", customer, within_s=20)
    stage.state("Key 2 leads to service", queued.fact("queue") == "service", queued.fact("queue"))
    await stage.fact("contact.connected.v1", customer, within_s=20)
    both = await stage.hears(customer, agent) and await stage.hears(agent, customer)
    stage.state("An agent and the caller hear each other", both)


ITEMS = (
    Item(name="forced-states", run=agents_are_forced),
    Item(name="pull-to-agent", run=waiting_caller_is_pulled),
    Item(name="pull-to-queue", run=waiting_caller_is_moved),
    Item(name="rank", run=first_in_line_is_ranked),
    Item(name="missed-calls", run=missed_call_is_listed),
    Item(name="menu", run=menu_leads_to_a_queue),
)
