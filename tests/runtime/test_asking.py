"""What flows ask beside the switch is answered by one input, or by none when it takes too long."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import pytest

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.commands import StartMusic
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CancelRequest,
    CheckIdentity,
    FindCustomer,
)
from lianxi.engine.messages.flowing import RequestAnswered, RequestFailed
from lianxi.kernel.ids import ContactId, LegId, RequestId
from lianxi.kernel.time import Instant, Millis
from lianxi.runtime.asking import Asking

pytestmark = pytest.mark.unit

C1, LEG, R1, PIN = ContactId("c1"), LegId("leg-c1"), RequestId("r1"), RequestId("r0")
LIMIT = Millis(200)


class World:
    """Systems outside and customers, as a test wants them."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Value], dict[str, str]]] = []
        self.answer: tuple[dict[str, Value] | None, str] = ({"count": 3}, "")
        self.is_silent = False
        self.breaks = False
        self.begun = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def ask(
        self, name: str, arguments: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> tuple[dict[str, Value] | None, str]:
        self.begun.set()
        self.asked.append((name, dict(arguments), dict(secrets)))
        if self.breaks:
            raise RuntimeError("a fault of ours")
        if self.is_silent:
            try:
                await asyncio.Event().wait()
            finally:
                self.cancelled.set()
        return self.answer

    async def find(self, number: str) -> dict[str, Value] | None:
        return {"name": "王先生"} if number == "138" else None

    async def is_code(self, number: str, code: str) -> bool:
        return (number, code) == ("138", "1234")


class Table:
    """An `Asking` at work."""

    def __init__(self) -> None:
        self.world = World()
        self.secrets = {(C1, PIN): "1234"}
        self.told: asyncio.Queue[Input] = asyncio.Queue()
        self.asking = Asking(
            self.world,
            self.world,
            secret=lambda contact, request: self.secrets.get((contact, request)),
            now=lambda: Instant(7),
        )


@pytest.fixture
async def table() -> AsyncIterator[Table]:
    table = Table()
    running = asyncio.create_task(table.asking.run(table.told.put_nowait))
    yield table
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def asks(**more: object) -> AskHttp:
    facts: dict[str, object] = {"arguments": {"number": "138"}, "secrets": {}, "limit": LIMIT}
    return AskHttp(contact=C1, request=R1, connector="orders", **{**facts, **more})  # type: ignore[arg-type]


async def test_a_connector_is_asked_with_what_the_caller_keyed_in(table: Table) -> None:
    assert table.asking.perform(asks(secrets={"pin": PIN}))
    told = await table.told.get()
    assert told == RequestAnswered(at=Instant(7), contact=C1, request=R1, values={"count": 3})
    assert table.world.asked == [("orders", {"number": "138"}, {"pin": "1234"})]


async def test_a_secret_that_was_lost_is_not_left_out(table: Table) -> None:
    table.secrets.clear()
    table.asking.perform(asks(secrets={"pin": PIN}))
    told = await table.told.get()
    assert told == RequestFailed(at=Instant(7), contact=C1, request=R1, cause="secret_lost")
    assert table.world.asked == []


async def test_what_fails_outside_is_told_with_its_cause(table: Table) -> None:
    table.world.answer = (None, "http_503")
    table.asking.perform(asks())
    told = await table.told.get()
    assert isinstance(told, RequestFailed)
    assert told.cause == "http_503"


async def test_a_fault_of_ours_ends_one_request_and_nothing_else(table: Table) -> None:
    table.world.breaks = True
    table.asking.perform(asks())
    assert isinstance(await table.told.get(), RequestFailed)
    table.world.breaks = False
    table.asking.perform(asks())
    assert isinstance(await table.told.get(), RequestAnswered)


async def test_who_takes_too_long_is_left_and_nothing_is_told(table: Table) -> None:
    """The engine has the deadline, and a branch for it."""
    table.world.is_silent = True
    table.asking.perform(asks())
    await table.world.cancelled.wait()
    assert table.told.empty()


async def test_what_is_called_off_is_asked_no_more(table: Table) -> None:
    table.world.is_silent = True
    table.asking.perform(asks(limit=Millis(60_000)))
    await table.world.begun.wait()
    # When it is called off: the switch may have work to call off too
    cancel = CancelRequest(contact=C1, leg=LEG, request=R1)
    assert not table.asking.perform(cancel)
    await table.world.cancelled.wait()
    assert table.told.empty()
    # Then the next one is answered all the same
    table.world.is_silent = False
    table.asking.perform(asks())
    assert isinstance(await table.told.get(), RequestAnswered)


async def test_customers_are_found_by_number(table: Table) -> None:
    for number, is_found in (("138", True), ("139", False)):
        table.asking.perform(FindCustomer(contact=C1, request=R1, number=number, limit=LIMIT))
        told = await table.told.get()
        assert isinstance(told, RequestAnswered)
        assert told.is_found is is_found
        assert told.values == ({"name": "王先生"} if is_found else {})


async def test_a_code_is_checked_by_our_own_records_or_by_a_connector(table: Table) -> None:
    def check(connector: str, number: str = "138") -> CheckIdentity:
        return CheckIdentity(
            contact=C1, request=R1, number=number, secret=PIN, connector=connector, limit=LIMIT
        )

    for number, verified in (("138", True), ("139", False)):
        table.asking.perform(check("", number))
        told = await table.told.get()
        assert isinstance(told, RequestAnswered)
        assert told.values == {"verified": verified}
    table.asking.perform(check("bank"))
    await table.told.get()
    assert table.world.asked == [("bank", {"number": "138"}, {"code": "1234"})]


async def test_what_belongs_to_the_switch_is_left_to_it(table: Table) -> None:
    assert not table.asking.perform(StartMusic(contact=C1, leg=LEG))
