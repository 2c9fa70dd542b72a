"""Faxes in memory, both ways. How one ended is kept until somebody hears it, as in the database of
the real switch; what died with the switch is not known to it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lianxi.channels.fake.flow_work import UNREACHED, Reaching
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.fax import (
    SWITCH_DIED,
    FaxReceived,
    FaxSendBegan,
    FaxSendEnded,
    ReceiveFax,
)
from lianxi.engine.messages.sighting import LegRole
from lianxi.kernel.ids import ContactId, FaxId, LegId, RequestId

if TYPE_CHECKING:
    from lianxi.channels.fake.world import Leg, World

BROKEN = "failed"
"""Cause of a transmission that broke off."""


@dataclass(slots=True)
class FaxWork:
    """What is under way, and what was not told yet."""

    receiving: dict[ContactId, RequestId] = field(default_factory=dict)
    pages: dict[ContactId, int] = field(default_factory=dict)
    """That have come so far."""
    begun: set[LegId] = field(default_factory=set)
    """Answered, as was told."""
    untold: list[Input] = field(default_factory=list)


def receive_fax(world: "World", command: ReceiveFax) -> None:
    """A caller's machine may send."""
    world.legs[command.leg].music = False
    world.faxes.receiving[command.contact] = command.request


def send_fax(world: "World", leg: "Leg") -> None:
    """A machine outside is called: it rings, is answered, or is busy, as `Reaching` has it now."""
    world.legs[leg.id] = leg
    if (refused := UNREACHED.get(world.flows.reaching)) is not None:
        world.end(leg.id, refused)
    elif world.flows.reaching is Reaching.ANSWERS:
        machine_answers(world, leg.id)


def machine_answers(world: "World", leg_id: LegId) -> None:
    """The machine outside picks up."""
    world.legs[leg_id].up = True
    say_begun(world)


def say_begun(world: "World") -> None:
    """Tell of answers that nobody heard yet."""
    for leg in world.legs.values():
        if leg.role is LegRole.FAX and leg.up and leg.id not in world.faxes.begun and world.tell:
            world.faxes.begun.add(leg.id)
            world.say(FaxSendBegan(at=world.now(), fax=FaxId(leg.contact), leg=leg.id))


def machine_confirms(world: "World", leg_id: LegId, pages: int) -> None:
    """The machine outside has all pages; both hang up."""
    leg = world.legs.pop(leg_id)
    _over(world, _sent(world, leg, pages=pages, is_whole=True, cause=""))


def leg_ends(world: "World", leg: "Leg", cause: str) -> None:
    """A leg to a machine outside is over before that."""
    if leg.up:
        _over(world, _sent(world, leg, pages=0, is_whole=False, cause=BROKEN))
    else:
        world.say(_sent(world, leg, pages=0, is_whole=False, cause=cause))


def machine_sends(world: "World", contact: ContactId, pages: int, *, is_all: bool = True) -> None:
    """The caller's machine has sent so many pages, and perhaps there are no more."""
    world.faxes.pages[contact] = pages
    if is_all:
        _over(world, _received(world, contact, cause=""))


def caller_leaves(world: "World", contact: ContactId) -> None:
    """The caller's machine hangs up in the middle of it."""
    if contact in world.faxes.receiving:
        _over(world, _received(world, contact, cause=BROKEN))


def switch_dies(world: "World") -> None:
    """Pages that lie on the disk are found afterwards; of the rest nothing is known."""
    for contact in list(world.faxes.receiving):
        if world.faxes.pages.get(contact):
            _over(world, _received(world, contact, cause=SWITCH_DIED))
    world.faxes.receiving.clear()


def say_untold(world: "World") -> None:
    """How faxes ended while nobody listened."""
    untold, world.faxes.untold = world.faxes.untold, []
    for given in untold:
        world.say(given)


def _over(world: "World", given: Input) -> None:
    world.faxes.untold.append(given)
    if world.tell is not None:
        say_untold(world)


def _sent(world: "World", leg: "Leg", *, pages: int, is_whole: bool, cause: str) -> FaxSendEnded:
    return FaxSendEnded(
        at=world.now(),
        fax=FaxId(leg.contact),
        leg=leg.id,
        pages=pages,
        is_whole=is_whole,
        cause=cause,
    )


def _received(world: "World", contact: ContactId, *, cause: str) -> FaxReceived:
    request = world.faxes.receiving.pop(contact)
    return FaxReceived(
        at=world.now(),
        contact=contact,
        request=request,
        document=f"fx-{request}.{contact}.tif",
        pages=world.faxes.pages.pop(contact, 0),
        is_whole=not cause,
        cause=cause,
    )
