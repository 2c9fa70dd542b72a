"""The bench over a centre of its own: the real application serves the pages, then it is gone."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from lianxi.drills import network
from lianxi.drills.bench_web.measure import Bench
from lianxi.drills.people import People
from lianxi.drills.product import Product
from lianxi.drills.report import Report

PER_SECOND = 100
"""Changes of the floor."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int
    agents: int
    seconds: float


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
        except Exception as error:
            report.state("The bench can be run", False, repr(error)[:500])
        finally:
            await product.stop()
            network.evict()
