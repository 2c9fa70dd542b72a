"""Where items are played: a centre of its own, agents with desk phones, customers who call."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from lianxi.channels.fake.sip.address import Address
from lianxi.channels.fake.sip.call import Call
from lianxi.channels.fake.sip.caller import ScriptedCaller
from lianxi.channels.fake.sip.sound import Tone
from lianxi.channels.fake.sip.timeline import Step
from lianxi.drills.product import PROGRAM, Product
from lianxi.drills.report import Report
from lianxi.drills.tail import JournalTail, Line
from lianxi.drills.voice.agent import Agent
from lianxi.drills.voice.customer import Customer
from lianxi.drills.voice.person import Person
from lianxi.kernel.masking import mask

SERVICE, SALES = "4100", "4101"
"""Numbers that lead straight into a queue: no menu before it."""

FIRST_CALLER = 13_700_000_001
VOICES_HZ = (453, 611, 733, 857, 977, 1103, 1229, 1361, 1487, 1613, 1741, 1867)
"""No notes and no multiples of each other: music and other voices have little at them."""

LISTEN_S = 0.4
VOICE_SHARE = 0.08
"""Of six who talk at once each has about a sixth of the sound; music has less at any of these."""

FEWEST_PACKETS = 5
TAKEN_WITHIN_S = 10.0
JOURNAL_WITHIN_S = 60.0

Speaking = Agent | Customer


class Stage:
    """What an item has at hand.

    Args:
        product: the running centre.
        journal: follows its journal.
        room: a folder for files.
    """

    def __init__(self, report: Report, product: Product, journal: JournalTail, room: Path) -> None:
        self.report = report
        self.product = product
        self.journal = journal
        self.room = room
        self.agents: dict[str, Agent] = {}
        """Who sits at a desk in this item, by user name."""

        self.customers: list[Customer] = []
        self._persons: dict[str, Person] = {}
        self._callers: list[ScriptedCaller] = []
        self._numbers = itertools.count(FIRST_CALLER)
        self._voices = iter(VOICES_HZ)
        self._began = 0

    @property
    def server(self) -> Address:
        """Host and UDP port of the switch."""
        return "127.0.0.1", self.product.sip_port

    def state(self, text: str, ok: bool, seen: object = "") -> bool:
        """State something about the product."""
        return self.report.state(text, ok, seen)

    # --- people

    async def person(self, username: str) -> Person:
        """Somebody signed in at the web desktop: `supervisor`, `lead`, `admin`, an agent."""
        if username not in self._persons:
            known = Person(self.product.url, username, self.product.accounts()[username])
            await known.sign_in()
            self._persons[username] = known
        return self._persons[username]

    def knows(self, username: str) -> bool:
        """Whether somebody is signed in already."""
        return username in self._persons

    def introduce(self, person: Person) -> None:
        """Somebody whom the item made itself, and who is signed in."""
        self._persons[person.username] = person

    async def supervisor(self) -> Person:
        """The supervisor, who sees the whole centre."""
        return await self.person("supervisor")

    async def agent(self, username: str, *, ready: bool = True) -> Agent:
        """An agent of the demonstration centre (8001 to 8006) at a desk with a telephone.

        8001 and 8002 serve all queues, 8003 and 8004 sales, 8005 and 8006 service.
        """
        if username not in self.agents:
            agent = Agent(await self.person(username), self.server, next(self._voices))
            self.agents[username] = agent
            before = self.journal.position
            await agent.sit_down()
            await self.journal.expect(
                "agent.device_changed.v1", after=before, agent=username, registered="True"
            )
        if ready:
            await self.agents[username].be("ready")
        return self.agents[username]

    async def customer(
        self,
        number: str = SERVICE,
        *,
        caller: str | None = None,
        press: tuple[tuple[str, float], ...] = (),
    ) -> Customer:
        """A customer calls a number; returns when the switchboard knows the contact.

        Args:
            number: what is dialled; by default one that leads straight to the queue of service.
            caller: the caller's own number; by default a new one.
            press: keys and the seconds after the answer.
        """
        shown = caller or str(next(self._numbers))
        hz, line, before = next(self._voices), ScriptedCaller(), self.journal.position
        self._callers.append(line)
        call = await line.call(number, self.server, caller=shown, press=press, say=Tone(hz))
        began = await self.journal.expect(
            "contact.began.v1", after=before, within_s=TAKEN_WITHIN_S, caller=mask(shown)
        )
        customer = Customer(
            call=call, number=shown, hz=hz, contact=began.fact("contact"), began=began
        )
        self.customers.append(customer)
        return customer

    async def talk(self, username: str, number: str = SERVICE) -> tuple[Agent, Customer]:
        """A customer calls and an agent, who becomes ready, answers; both are joined."""
        agent = await self.agent(username)
        customer = await self.customer(number)
        await self.fact("contact.connected.v1", customer)
        return agent, customer

    # --- what is seen and heard

    async def fact(
        self,
        type_: str,
        customer: Customer | None = None,
        *,
        after: int = 0,
        within_s: float = TAKEN_WITHIN_S,
        **facts: str,
    ) -> Line:
        """Wait for a fact of this item, of a customer's contact when one is given.

        Raises:
            FactNeverCame: it did not come in time.
        """
        if customer is not None:
            facts["contact"] = customer.contact
        after = max(after, self._began)
        return await self.journal.expect(type_, after=after, within_s=within_s, **facts)

    async def heard(self, listener: Speaking) -> tuple[frozenset[str], bool]:
        """Who is heard just now, by user name or number, and whether any sound is."""
        hearing = listener.call.hearing
        before = len(hearing.levels_dbfs)
        # poll: sound has no event; this is how long is listened
        await asyncio.sleep(LISTEN_S)
        packets = len(hearing.levels_dbfs) - before
        if packets < FEWEST_PACKETS:
            return frozenset(), False
        last_s = packets * 0.02
        shares = {name_of(one): hearing.tone_share(one.hz, last_s=last_s) for one in self.present}
        voices = frozenset(name for name, share in shares.items() if share > VOICE_SHARE)
        return voices, hearing.loudness_dbfs(last_s=last_s) > -50

    async def hears(self, listener: Speaking, *speakers: Speaking, within_s: float = 5.0) -> bool:
        """Whether somebody comes to hear exactly these voices (in two looks) before time is up."""
        return await self._comes_to_hear(listener, speakers, within_s=within_s, sound=None)

    async def hears_music(self, listener: Speaking, *, within_s: float = 5.0) -> bool:
        """Whether somebody comes to hear sound that is nobody's voice, before time is up."""
        return await self._comes_to_hear(listener, (), within_s=within_s, sound=True)

    async def _comes_to_hear(
        self,
        listener: Speaking,
        speakers: tuple[Speaking, ...],
        *,
        within_s: float,
        sound: bool | None,
    ) -> bool:
        wanted, right = {name_of(one) for one in speakers}, 0
        loop = asyncio.get_running_loop()
        end = loop.time() + within_s
        while right < 2 and loop.time() < end:
            voices, is_sound = await self.heard(listener)
            fits = voices == wanted and (sound is None or is_sound is sound)
            right = right + 1 if fits else 0
        return right >= 2

    async def moment(self) -> None:
        """A moment between two looks at what follows the journal without a word."""
        await asyncio.sleep(0.1)  # poll: see each caller

    @property
    def present(self) -> tuple[Speaking, ...]:
        """Everybody of this item who has a voice."""
        return (*self.agents.values(), *self.customers)

    # --- between items

    async def clear(self) -> None:
        """Everybody of this item goes home; returns when the switchboard knows."""
        for customer in self.customers:
            if not customer.call.is_over:
                await customer.hang_up()
        for line in self._callers:
            await line.stop()
        for agent in self.agents.values():
            await agent.hang_up_all()
        for customer in self.customers:
            await self.fact("contact.ended.v1", customer)
        supervisor = await self.supervisor()
        for agent in self.agents.values():
            if (await agent.desk())["signed_in"]:
                body = {"to": "signed_out", "reason": "the item is over"}
                await supervisor.change("POST", f"/api/agents/{agent.username}/force", body)
        for callback in await supervisor.get("/api/callbacks"):
            await supervisor.change("DELETE", f"/api/callbacks/{callback['id']}")
        await self.forget()

    async def forget(self) -> None:
        """Close what is open here, and begin the next item with nobody."""
        for agent in self.agents.values():
            await agent.forget()
        self.agents, self.customers, self._callers = {}, [], []
        self._voices, self._began = iter(VOICES_HZ), self.journal.position

    async def close(self) -> None:
        """Everything is over."""
        await self.forget()
        for person in self._persons.values():
            await person.close()


def name_of(one: Speaking) -> str:
    """User name of an agent, number of a customer."""
    return one.username if isinstance(one, Agent) else one.number


async def answered(call: Call, *, within_s: float = TAKEN_WITHIN_S) -> None:
    """Wait until a call was answered. Raises StepNeverCame."""
    await call.wait(Step.ANSWERED, timeout_s=within_s)


@asynccontextmanager
async def stage(
    report: Report, *, keep: bool, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Stage]:
    """A running centre in a temporary home; everything is taken down again at the end."""
    room = Path(tempfile.mkdtemp(prefix="lianxi-voice-"))
    product = Product(room / "home", settings or {})
    report.step = "start"
    try:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(_stop, product, report)
            report.figure("start_s", await product.start())
            journal = await stack.enter_async_context(JournalTail(PROGRAM, product.environment))
            playing = Stage(report, product, journal, room)
            stack.push_async_callback(playing.close)
            await _lay_lines(playing)
            yield playing
    finally:
        if keep:
            report.figure("folder", str(room))
        else:
            shutil.rmtree(room, ignore_errors=True)


async def _lay_lines(playing: Stage) -> None:
    """Numbers without a menu."""
    admin = await playing.person("admin")
    for number, queue in ((SERVICE, "service"), (SALES, "sales")):
        await admin.change("PUT", f"/api/numbers/{number}", {"queue": queue})
    # Whoever follows the journal has to be there before anything is looked for in it.
    await playing.journal.expect("routing.changed.v1", within_s=JOURNAL_WITHIN_S)


async def _stop(product: Product, report: Report) -> None:
    report.step = "stop"
    status = await product.stop()
    report.state("The centre stops when it is asked to", status == 0, f"exit status {status}")
