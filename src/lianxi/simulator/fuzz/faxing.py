"""Faxes of random days: what callers' machines send, and documents that we send."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from lianxi.engine.messages.base import Input
from lianxi.engine.messages.fax import (
    FaxReceived,
    FaxSendAsked,
    FaxSendBegan,
    FaxSendEnded,
    FaxSendStopped,
    ReceiveFax,
    SendFax,
)
from lianxi.kernel.ids import FaxId
from lianxi.simulator.fuzz.picking import a_contact, at_now

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

NUMBERS = ("13900139000", "13900139001", "4001", "", "139;x")
CAUSES = ("busy", "no_answer", "trunk_failed", "failed")
MOST = 20
"""On their way at once."""


def sends(world: "World") -> list[Input]:
    """Somebody wants a document sent; now and then one that is on its way already."""
    random, sendings = world.random, world.state.sendings
    if len(sendings) >= MOST:
        return []
    world.callers += 1
    known = list(sendings)
    is_again = bool(known) and random.random() < 0.05
    fax = random.choice(known) if is_again else FaxId(f"f{world.callers}")
    return [
        FaxSendAsked(
            at=at_now(world),
            fax=fax,
            number=random.choice(NUMBERS),
            document="d.tif",
            pages=random.choice((1, 7)),
            by="8001",
            queue=random.choice((None, *(q.id for q in world.first_routing.queues))),
            about=random.choice((None, a_contact(world))),
        )
    ]


def stops(world: "World") -> list[Input]:
    """Nobody wants it any more; also one that is over."""
    known = [*world.state.sendings, FaxId("f0")]
    return [FaxSendStopped(at=at_now(world), fax=world.random.choice(known), by="8001")]


FAXING: tuple[tuple[int, Callable[["World"], list[Input]]], ...] = ((2, sends), (1, stops))


def receiving(world: "World", command: ReceiveFax) -> None:
    """All pages come, or some, or none, also after the machine has hung up; or nobody says."""
    draw = world.random.random()
    if draw < 0.9:
        pages = 0 if draw < 0.2 else world.random.choice((1, 4))
        world.expect(
            FaxReceived(
                at=world.after(500, 40_000),
                contact=command.contact,
                request=command.request,
                document="p.tif" if pages else "",
                pages=pages,
                is_whole=pages > 0 and draw < 0.8,
            )
        )


def sending(world: "World", command: SendFax) -> None:
    """The other machine answers and takes it; or is busy, or breaks off; or nobody says."""
    draw = world.random.random()
    fax, leg = command.fax, command.leg
    if draw < 0.5:
        world.expect(FaxSendBegan(at=world.after(500, 9_000), fax=fax, leg=leg))
        whole = FaxSendEnded(
            at=world.after(9_000, 60_000), fax=fax, leg=leg, pages=2, is_whole=draw < 0.4
        )
        world.expect(whole)
    elif draw < 0.95:
        cause = world.random.choice(CAUSES)
        at = world.after(100, 30_000)
        world.expect(FaxSendEnded(at=at, fax=fax, leg=leg, pages=0, is_whole=False, cause=cause))
