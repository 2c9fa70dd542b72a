"""Mends what the reconciler finds, again and again."""

import asyncio
from collections.abc import Callable

import structlog

from lianxi.engine.effects import effects
from lianxi.engine.living import Offer
from lianxi.engine.messages.commands import CloseContact
from lianxi.engine.messages.events import OfferMade
from lianxi.engine.messages.sighting import SeenLeg
from lianxi.journal.contracts import Journal
from lianxi.kernel.errors import ChannelFault
from lianxi.kernel.ids import ContactId
from lianxi.kernel.time import Instant
from lianxi.runtime.driver import Driver
from lianxi.runtime.lateness import Gate
from lianxi.runtime.ports import Channel
from lianxi.runtime.reconciler import Difference, Reconciler, perhaps_unrung

log = structlog.get_logger(__name__)

EVERY_S = 2.0


async def reconcile(
    driver: Driver, channel: Channel, journal: Journal, now: Callable[[], Instant], gate: Gate
) -> None:
    """Compare and mend until cancelled; to be begun before the Driver decides anything.

    While the Driver is behind nothing is compared: what it believes is of another moment than what
    the switch shows, and what is suspected then is nothing but the time between the two.
    """
    reconciler = Reconciler(perhaps_unrung(driver.state))
    while True:
        try:
            if gate.is_late:
                reconciler.forget()
            else:
                sighting = await channel.belief()
                for found in reconciler.confirmed(driver.state, sighting, now()):
                    log.warning("reconciler.difference", about=found.about)
                    await mend(found, driver, channel, journal)
        except ChannelFault as fault:
            log.info("reconciler.switch_silent", what=fault.what)
        await asyncio.sleep(EVERY_S)  # pace: what nobody said has no event


async def mend(found: Difference, driver: Driver, channel: Channel, journal: Journal) -> None:
    """Tell the engine, or the switch.

    Raises:
        psycopg.Error: the journal could not be asked.
    """
    if found.tell is not None:
        driver.tell(found.tell)
    if found.perform is not None:
        channel.perform(found.perform)
    if found.unknown is not None:
        await _meet(found.unknown, driver, channel, journal)
    if found.unrung is not None:
        await _ring(found.unrung, driver, channel, journal)
    if found.left_over is not None:
        await _close(found.left_over, channel, journal)


async def _meet(seen: SeenLeg, driver: Driver, channel: Channel, journal: Journal) -> None:
    """A customer the engine has nothing open of: new if the journal has no line, else left over."""
    known = await journal.stream(f"contact:{seen.contact}")
    if not known and seen.arrival is not None:
        driver.tell(seen.arrival)
    else:
        await _close(seen.contact, channel, journal)


async def _close(contact: ContactId, channel: Channel, journal: Journal) -> None:
    """Of a contact that is over: legs and bridge whose end was lost, perhaps in a crash."""
    known = await journal.stream(f"contact:{contact}")
    leg = next((leg for line in known if (leg := getattr(line.event, "leg", None))), None)
    if leg is not None:
        channel.perform(CloseContact(contact=contact, leg=leg))


async def _ring(offer: Offer, driver: Driver, channel: Channel, journal: Journal) -> None:
    """The command that should have followed the offer, unless the offer is over by now."""
    known = await journal.stream(f"contact:{offer.contact}")
    if offer.id in driver.state.offers:
        for line in known:
            if isinstance(line.event, OfferMade) and line.event.offer == offer.id:
                for command in effects(line.event):
                    channel.perform(command)
