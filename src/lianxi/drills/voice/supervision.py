"""Items of supervisors in conversations: listen, whisper, barge in, take over, end, help, words."""

from lianxi.drills.voice.agent import Agent
from lianxi.drills.voice.customer import Customer
from lianxi.drills.voice.item import Item
from lianxi.drills.voice.person import AskRefused, Person
from lianxi.drills.voice.stage import Stage

LEAD = "7001"
_PASSWORD = "correct-horse-battery"


async def lead(stage: Stage) -> Agent:
    """The lead of team 1 at a desk of her own; made when there is none yet."""
    admin = await stage.person("admin")
    known = {row["username"] for row in await admin.get("/api/users")}
    if LEAD not in known:
        desk = {"id": LEAD, "no": LEAD, "name": "赵班长", "team": "team-1", "queues": []}
        await admin.change("POST", "/api/agents", desk)
        person = {
            "username": LEAD, "name": "赵班长", "role": "team_lead", "team": "team-1",
            "agent": LEAD, "password": _PASSWORD,
        }  # fmt: skip
        await admin.change("POST", "/api/users", person)
    if not stage.knows(LEAD):
        own = Person(stage.product.url, LEAD, _PASSWORD)
        await own.sign_in()
        stage.introduce(own)
    return await stage.agent(LEAD, ready=False)


async def listens(stage: Stage) -> tuple[Agent, Agent, Customer, str]:
    """A lead who listens to an agent and a customer; and the listening's id."""
    agent, customer = await stage.talk("8001")
    boss = await lead(stage)
    made = await boss.person.change("POST", "/api/monitors", {"agent": "8001"})
    await stage.fact("monitor.tuned.v1", customer)
    return boss, agent, customer, made["id"]


async def mode(boss: Agent, monitor: str, to: str) -> None:
    """Heard by others than until now."""
    await boss.person.change("POST", f"/api/monitors/{monitor}/mode", {"mode": to})


async def supervisor_is_heard_by_whom_it_is_meant_for(stage: Stage) -> None:
    """Listen, whisper, barge in: switched in place, each heard by just those who should."""
    boss, agent, customer, monitor = await listens(stage)
    both = await stage.hears(boss, agent, customer)
    stage.state("Listening, the lead hears agent and customer", both)
    alone = await stage.hears(agent, customer) and await stage.hears(customer, agent)
    stage.state("And nobody hears the lead", alone)
    await mode(boss, monitor, "whisper")
    stage.state("Whispering, the agent hears the lead", await stage.hears(agent, customer, boss))
    stage.state("And the customer does not", await stage.hears(customer, agent))
    await mode(boss, monitor, "barge")
    stage.state("Barged in, the customer hears the lead", await stage.hears(customer, agent, boss))
    stage.state("And so does the agent", await stage.hears(agent, customer, boss))
    await mode(boss, monitor, "listen")
    stage.state("Listening again, nobody does", await stage.hears(customer, agent))
    stage.state("And the lead still hears both", await stage.hears(boss, agent, customer))
    stage.state("All over one call to the lead's telephone", boss.offered == 1, boss.offered)
    await boss.person.change("DELETE", f"/api/monitors/{monitor}")
    ended = await stage.fact("monitor.ended.v1", customer)
    stage.state("The end is a fact", ended.fact("why") == "asked", ended.fact("why"))
    admin = await stage.person("admin")
    acts: set[str] = set()
    for _ in range(30):
        rows = await admin.get("/api/audit")
        acts = {row["act"] for row in (rows["items"] if isinstance(rows, dict) else rows)}
        if "monitor.ended" in acts:
            break
        await stage.moment()
    stage.state(
        "Beginning and end are in the audit", {"monitor.began", "monitor.ended"} <= acts, acts
    )


async def next_call_is_followed(stage: Stage) -> None:
    """Who follows an agent hears silence between two calls, and the next one."""
    boss, agent, customer, _ = await listens(stage)
    await customer.hang_up()
    await stage.fact("contact.ended.v1", customer)
    stage.state("Between two calls there is silence", await stage.hears(boss))
    await agent.finish_wrap_up(customer)
    second = await stage.customer()
    await stage.fact("contact.connected.v1", second)
    stage.state("The next call is heard", await stage.hears(boss, agent, second))


async def conversation_is_taken_over(stage: Stage) -> None:
    """A lead takes over: customer and lead talk, the agent wraps up."""
    boss, agent, customer, monitor = await listens(stage)
    await agent.ask("hold", customer)
    body = {"reason": "客户骂人"}
    await boss.person.change("POST", f"/api/monitors/{monitor}/take-over", body)
    taken = await stage.fact("monitor.taken_over.v1", customer)
    stage.state("It is a fact", taken.fact("by") == LEAD, taken.fact("by"))
    both = await stage.hears(customer, boss) and await stage.hears(boss, customer)
    stage.state("Lead and customer hear each other", both)
    wraps = await agent.is_in_state("acw")
    stage.state("The agent is in after-call work", wraps, (await agent.desk())["state"])
    stage.state("The lead talks", await boss.is_in_state("talking"))
    await customer.hang_up()
    stage.state("And wraps up like anybody", await boss.is_in_state("acw"))
    await agent.finish_wrap_up(customer)
    await boss.finish_wrap_up(customer)


async def conversation_is_ended(stage: Stage) -> None:
    """A supervisor ends a conversation, with a reason."""
    agent, customer = await stage.talk("8001")
    supervisor = await stage.supervisor()
    path = f"/api/contacts/{customer.contact}/end"
    try:
        await supervisor.change("POST", path, {"reason": ""})
        code = "no refusal"
    except AskRefused as refused:
        code = str(refused.status)
    stage.state("Without a reason it is refused", code == "422", code)
    await supervisor.change("POST", path, {"reason": "骚扰电话"})
    await stage.fact("contact.end_forced.v1", customer)
    await stage.fact("contact.ended.v1", customer)
    await customer.call.wait_for_end()
    stage.state("The customer's call is over", customer.call.is_over)
    stage.state("The agent is in after-call work", await agent.is_in_state("acw"))
    await agent.finish_wrap_up(customer)


async def help_is_asked_for(stage: Stage) -> None:
    """An agent asks for help: the floor shows it, the lead comes and listens."""
    agent, customer = await stage.talk("8001")
    boss = await lead(stage)
    await agent.ask("help", customer, {"words": "客户要投诉"})
    await stage.fact("agent.help_asked.v1", customer)
    await boss.person.change("POST", "/api/agents/8001/help/take", {})
    await stage.fact("monitor.tuned.v1", customer)
    stage.state("The lead hears both", await stage.hears(boss, agent, customer))
    shown = (await agent.desk())["help"]
    stage.state("The agent sees who came", shown["taken_by"] == "赵班长", shown)


async def words_come_to_the_desks(stage: Stage) -> None:
    """Words for a team are at the desks of those who are there."""
    agent = await stage.agent("8001", ready=False)
    other = await stage.agent("8005", ready=False)
    boss = await lead(stage)
    words = "系统十分钟后重启"
    await boss.person.change("POST", "/api/desk-messages", {"words": words})
    await stage.fact("desk.message.v1")
    seen = (await agent.desk())["notice"]
    stage.state("The team's agent sees them", bool(seen) and seen["words"] == words, seen)
    stage.state("Another team's does not", (await other.desk())["notice"] is None)


ITEMS = (
    Item(name="listen-whisper-barge", run=supervisor_is_heard_by_whom_it_is_meant_for),
    Item(name="listen-next-call", run=next_call_is_followed),
    Item(name="take-over", run=conversation_is_taken_over),
    Item(name="end-by-supervisor", run=conversation_is_ended),
    Item(name="help", run=help_is_asked_for),
    Item(name="desk-message", run=words_come_to_the_desks),
)
