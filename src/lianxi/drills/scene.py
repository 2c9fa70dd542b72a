"""Where a drill plays: a centre of its own, people at browsers, customers on the telephone."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lianxi.drills.browser import Desktop
from lianxi.drills.patience import patient
from lianxi.drills.people import People
from lianxi.drills.product import PROGRAM, Product
from lianxi.drills.report import Report
from lianxi.drills.sipp import Crowd, Customers, Statistics, call
from lianxi.drills.tail import JournalTail, Line
from lianxi.drills.wire import Sound, Wire

MENU_READ_MS = 7_500
"""After the answer: greeting and notice (6.1 s) are over, the menu is being read out."""

LONG_MS = 240_000
"""A customer who stays until the other side hangs up."""

SIGN_IN_WITHIN_S = 20.0


@dataclass(slots=True, kw_only=True)
class Customer:
    """One customer on the telephone."""

    crowd: Crowd
    hears: Sound
    """RTP that reached the customer."""

    says: Sound
    """RTP that the customer sent."""

    over: "asyncio.Task[Statistics]"
    contact: str
    """The contact it became."""

    began: Line


@dataclass(slots=True)
class Scene:
    """What the steps of a drill share."""

    report: Report
    room: Path
    product: Product
    wire: Wire
    journal: JournalTail
    people: People
    desks: dict[str, Desktop] = field(default_factory=dict)
    """Pages by user name."""

    customers: dict[str, Customer] = field(default_factory=dict)
    """Customers by the name a step gave them."""

    moments: dict[str, float] = field(default_factory=dict)
    """Moments that one step notes for another, epoch seconds."""

    strips_ms: list[float] = field(default_factory=list)
    """From each offer to the painted strip, milliseconds."""

    _folders: "itertools.count[int]" = field(default_factory=itertools.count)
    _crowds: list[Crowd] = field(default_factory=list)

    def state(self, text: str, ok: bool, seen: object = "") -> bool:
        """State something about the product."""
        return self.report.state(text, ok, seen)

    async def sign_in(self, username: str, page: Desktop | None = None) -> Desktop:
        """Somebody signs in on a computer of the own; the page is kept under the user name."""
        desktop = page or await self.people.desktop()
        await desktop.sign_in(username, self.product.accounts()[username])
        self.desks[username] = desktop
        return desktop

    async def sit_down(self, username: str) -> Desktop:
        """An agent signs in; returns when the telephone is registered and the state is shown."""
        before = self.journal.position
        desktop = await self.sign_in(username)
        await self.journal.expect(
            "agent.device_changed.v1",
            after=before,
            within_s=SIGN_IN_WITHIN_S,
            agent=username,
            registered="True",
        )
        await desktop.has('[data-testid="state-pill"]', within_s=SIGN_IN_WITHIN_S)
        return desktop

    async def place(self, customers: Customers) -> Crowd:
        """Customers call; nobody waits for what the switchboard makes of it."""
        folder = self.room / f"sipp-{next(self._folders)}"
        folder.mkdir()
        crowd = await call(customers, ("127.0.0.1", self.product.sip_port), folder)
        self._crowds.append(crowd)
        return crowd

    async def customer(self, name: str, customers: Customers) -> Customer:
        """A customer calls; returns when the switchboard knows the contact."""
        before = self.journal.position
        crowd = await self.place(customers)
        hears = self.wire.towards(crowd.media_port)
        says = self.wire.coming_from(crowd.media_port)
        over = asyncio.create_task(crowd.over())
        began = await self.journal.expect("contact.began.v1", after=before, within_s=15)
        customer = Customer(
            crowd=crowd,
            hears=hears,
            says=says,
            over=over,
            contact=began.fact("contact"),
            began=began,
        )
        self.customers[name] = customer
        return customer

    async def hotline_customer(self, name: str, caller: int) -> Customer:
        """A customer calls the hotline, will press 2 and stay; returns with the arrival."""
        plan = Customers(
            press=(("2", MENU_READ_MS),), hang_up_after_ms=LONG_MS, first_caller=caller
        )
        return await self.customer(name, plan)

    async def waiting_customer(self, name: str, caller: int) -> Customer:
        """The same; returns when the customer is in the queue."""
        customer = await self.hotline_customer(name, caller)
        await self.fact(customer, "contact.queued.v1", within_s=20)
        return customer

    async def fact(
        self,
        customer: Customer,
        type_: str,
        *,
        after: int = 0,
        within_s: float = 10.0,
        **facts: str,
    ) -> Line:
        """Wait for a fact about a customer's contact.

        Raises:
            FactNeverCame: it did not come in time.
        """
        return await self.journal.expect(
            type_, after=after, within_s=within_s, contact=customer.contact, **facts
        )

    async def rings(
        self, username: str, customer: Customer, cause: Awaitable[object] | None = None
    ) -> Line:
        """A customer's call is offered to an agent; the strip on the desk is timed.

        Args:
            cause: what makes the call come, begun when the desk is watched.
        """
        desk, before = self.desks[username], self.journal.position
        watching = asyncio.create_task(desk.when_shown('[data-testid="offer-strip"][data-offer]'))
        try:
            if cause is not None:
                await cause
            offer = await self.fact(
                customer, "offer.made.v1", after=before, agent=username, within_s=30
            )
            async with asyncio.timeout(patient(15)):
                self.strips_ms.append((await watching - offer.at) * 1000)
        finally:
            watching.cancel()
        return offer

    async def answer(self, username: str, customer: Customer) -> Line:
        """The customer's call rings at an agent's desk, who presses F2; returns when joined."""
        desk = self.desks[username]
        await self.fact(customer, "offer.rang.v1", within_s=15, agent=username)
        await desk.by("offer-answer").and_(desk.page.locator('[aria-disabled="false"]')).wait_for()
        await desk.press("F2")
        return await self.fact(customer, "contact.connected.v1", within_s=10)

    async def talk(self, username: str, name: str, caller: int) -> Customer:
        """A customer calls and the agent, who is ready, answers."""
        customer = await self.hotline_customer(name, caller)
        await self.rings(username, customer)
        await self.answer(username, customer)
        return customer

    async def hang_up(self, username: str, customer: Customer) -> Line:
        """The agent hangs up; returns when the contact has ended."""
        await self.desks[username].click("call-hangup")
        ended = await self.fact(customer, "contact.ended.v1")
        await self.desks[username].is_in_state("acw", within_s=5)
        return ended

    async def rest(self, username: str) -> None:
        """An agent takes a break."""
        desk = self.desks[username]
        await desk.by("state-pill").click()
        await desk.by("state-notready-break").click()
        await desk.is_in_state("not_ready", within_s=5)

    async def finish_wrap_up(self, username: str, code: str = "other") -> None:
        """The agent chooses a code and goes on to ready."""
        desk = self.desks[username]
        await desk.click(f"wrapup-code-{code}")
        await desk.press("Control+Enter")
        await desk.is_in_state("ready", within_s=5)

    async def pictures(self, name: str) -> None:
        """The journal, and what everybody sees, into the folder (of use with `--keep`)."""
        told = [
            f"{line.at:.3f} {line.position} {line.type} {dict(line.facts)}"
            for line in self.journal.lines
            if line.type != "routing.changed.v1"
        ]
        (self.room / f"{name}-journal.txt").write_text("\n".join(told), encoding="utf-8")
        for username, desktop in self.desks.items():
            await desktop.page.screenshot(path=self.room / f"{name}-{username}.png")

    async def close(self) -> None:
        """Customers and people go home."""
        for crowd in self._crowds:
            await crowd.stop()
        endings = [customer.over for customer in self.customers.values()]
        await asyncio.gather(*endings, return_exceptions=True)


@asynccontextmanager
async def scene(
    report: Report, *, keep: bool, settings: Mapping[str, str], options: tuple[str, ...] = ()
) -> AsyncIterator[Scene]:
    """A running centre in a temporary home; everything is taken down again at the end.

    Args:
        report: where the steps state.
        keep: leave the folder with home and logs.
        settings: further settings of the centre.
        options: of `lianxi up`.
    """
    room = Path(tempfile.mkdtemp(prefix="lianxi-drill-"))
    product = Product(room / "home", settings, options)
    try:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(_stop, product, report)
            report.figure("start_s", await product.start())
            wire = await stack.enter_async_context(Wire(sip_port=product.sip_port))
            journal = await stack.enter_async_context(JournalTail(PROGRAM, product.environment))
            people = await stack.enter_async_context(People(product.url))
            stage = Scene(report, room, product, wire, journal, people)
            stack.push_async_callback(stage.close)
            yield stage
    finally:
        if keep:
            report.figure("folder", str(room))
        else:
            shutil.rmtree(room, ignore_errors=True)


async def _stop(product: Product, report: Report) -> None:
    report.step = "stop"
    status = await product.stop()
    report.state("The centre stops when it is asked to", status == 0, f"exit status {status}")
