"""The bench over a centre of its own: the real application serves the pages, then it is gone."""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lianxi.db.embedded import EmbeddedPostgres
from lianxi.drills import network
from lianxi.drills.bench_web.hands import keys, routes
from lianxi.drills.bench_web.listing import listing
from lianxi.drills.bench_web.loading import Many, load
from lianxi.drills.bench_web.measure import Bench
from lianxi.drills.bench_web.soak import soak
from lianxi.drills.people import People
from lianxi.drills.product import Product
from lianxi.drills.report import Report
from lianxi.settings import Home, Settings

PER_SECOND = 100
"""Changes of the floor."""

WAYS = 4
"""A turn through the menu goes by some pages."""

OPENED = 10
ROWS = 1_000
"""How often the long list is opened, and how many rows are scrolled through."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int
    agents: int
    seconds: float
    contacts: int = 300
    """One after the other at one desk."""


async def measured(report: Report, plan: Plan) -> None:
    """Measure; what goes wrong is a statement that does not hold."""
    with tempfile.TemporaryDirectory(prefix="lianxi-bench-web-") as room:
        product = Product(Path(room) / "home")
        try:
            await product.start()
            async with People(product.url) as people:
                bench = Bench(people, product.accounts(), report)
                await bench.desk(rounds=plan.rounds)
                await bench.floor(agents=plan.agents, per_second=PER_SECOND, seconds=plan.seconds)
                await keys(bench, rounds=plan.rounds)
                await routes(bench, rounds=-(-plan.rounds // WAYS))
                await soak(bench, contacts=plan.contacts)
                url = EmbeddedPostgres(Home(root=product.home, cache=Settings().cache)).url()
                today = datetime.now(UTC).date()
                there = await asyncio.to_thread(load, url, Many(), until=today)
                report.figure("list_contacts", there)
                await listing(bench, rounds=OPENED, rows=ROWS)
        except Exception as error:
            report.state("The bench can be run", False, repr(error)[:500])
        finally:
            await product.stop()
            network.evict()
