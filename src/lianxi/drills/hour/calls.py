"""The same question with real calls: telephones, the switch, the database, the HTTP interface.

A minute of calls instead of an hour. What people do is done at the seconds written here, so counts
must be exact and means of seconds right to about the time in which a telephone picks up. By hand:

    caller  number   what                                                     waits (s)
    c1      service  8005 picks up after 1; talk 3, hold 2, talk 2,           1
                     transferred to sales, 8003 is ready after 2; talk 3      2
    c2      service  nobody is ready; hangs up: a short abandon               1
    c3      service  the same, later: a long one                              4
    c4      service  hangs up while 8005's telephone rings                    3
    c5      hotline  hangs up in the menu
    c6      service  8005 picks up; talk 2, consults 8006, conference 3,      0
                     8006 leaves, talk 1
    c7      4220     asks to be called back and hangs up in the flow; so
    c8               does c7 again. The callback reaches the customer.

Service: answered within 3 s is in time, an abandon within 2 s is short.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from lianxi.drills.report import Report
from lianxi.drills.voice.callbacks import register
from lianxi.drills.voice.outside import telephone
from lianxi.drills.voice.stage import SERVICE, Stage
from lianxi.runtime.clock import now

HOTLINE = "4001"
RULES = {"answer_within": 3_000, "short_abandon": 2_000}
FOLDED_WITHIN_S = 20.0
NEAR_S = 1.5
"""Telephones, the switch and each request need a moment: a conversation has five of them."""

COUNTS = {
    "arrived": 8,
    "offered": 5 + 1,
    "answered": 3,
    "abandoned": 3,
    "short_abandoned": 1,
    "handled": 2,
}
"""c1, twice in a queue, c2, c3, c4, c6; and in the flow c5, c7, c8."""

RATIOS = {
    "K14": 2 / (6 - 1),
    "K19": 1 / 2,
    "K20": 3 / 6,
    "K21": 3 / (3 + 2),
    "L09": 1 / 1,
}
SECONDS = {
    "K03": (1 + 4 + 3) / 3,
    "K06": 2 / 2,
    "K09": (1 + 2 + 0) / 3,
    "K10": ((3 + 2 + 3) + (2 + 3 + 1)) / 2,
}


async def play_calls(stage: Stage) -> None:
    """Make the calls, then ask the centre about them."""
    admin = await stage.person("admin")
    for queue in ("service", "sales"):
        await admin.change("PATCH", f"/api/queues/{queue}", RULES)
    begins = now()
    await _hand_on(stage)
    await _give_up(stage)
    await _confer(stage)
    await _be_called_back(stage)
    values = await _asked(stage, begins)
    compare(stage.report, values)


async def _hand_on(stage: Stage) -> None:
    """c1."""
    second = await stage.agent("8003", ready=False)
    first = await stage.agent("8005")
    first.answers(1.0)
    customer = await stage.customer(SERVICE)
    await stage.fact("contact.connected.v1", customer, agent="8005")
    await _moment(3)
    await first.ask("hold", customer)
    await _moment(2)
    await first.ask("resume", customer)
    await _moment(2)
    after = stage.journal.position
    await first.ask("transfer", customer, {"to": {"queue": "sales"}, "reason": "想买新的"})
    await _moment(2)
    await second.be("ready")
    await stage.fact("contact.connected.v1", customer, after=after, agent="8003")
    await first.finish_wrap_up(customer)
    await _moment(3)
    await customer.hang_up()
    await stage.fact("contact.ended.v1", customer)
    await second.finish_wrap_up(customer)


async def _give_up(stage: Stage) -> None:
    """c2, c3, c4, c5."""
    agent = stage.agents["8005"]
    await agent.be("not_ready", "break")
    for seconds in (1, 4):
        customer = await stage.customer(SERVICE)
        await stage.fact("contact.queued.v1", customer)
        await _moment(seconds)
        await customer.hang_up()
        await stage.fact("contact.ended.v1", customer)
    agent.answers(None)
    await agent.be("ready")
    customer = await stage.customer(SERVICE)
    await stage.fact("offer.rang.v1", contact=customer.contact)
    await _moment(3)
    await customer.hang_up()
    await stage.fact("contact.ended.v1", customer)
    in_menu = await stage.customer(HOTLINE)
    await stage.fact("flow.step_entered.v1", in_menu)
    await in_menu.hang_up()
    await stage.fact("contact.ended.v1", in_menu)


async def _confer(stage: Stage) -> None:
    """c6."""
    first = stage.agents["8005"]
    first.answers(0.0)
    customer = await stage.customer(SERVICE)
    await stage.fact("contact.connected.v1", customer, agent="8005")
    second = await stage.agent("8006")
    await _moment(2)
    await first.ask("consult", customer, {"to": {"agent": "8006"}})
    await stage.fact("contact.party_joined.v1", customer, agent="8006")
    await first.ask("conference", customer)
    await _moment(3)
    await second.ask("leave", customer)
    await stage.fact("contact.party_left.v1", customer, agent="8006")
    await _moment(1)
    await customer.hang_up()
    await stage.fact("contact.ended.v1", customer)
    await first.finish_wrap_up(customer)
    await second.be("not_ready", "break")
    await first.be("not_ready", "break")


async def _be_called_back(stage: Stage) -> None:
    """c7, c8, and the callback."""
    agent = stage.agents["8005"]
    async with telephone(stage):
        callback = await register(stage, "4220")
        await agent.be("ready")
        offer = await stage.fact("offer.made.v1", agent="8005", contact=callback)
        path = f"/api/desk/offers/{offer.fact('offer')}/take"
        await agent.person.change("POST", path, {})
        await stage.fact("call.answered.v1", contact=callback)
        await _moment(2)
        await agent.person.change("POST", f"/api/desk/contacts/{callback}/hang-up", {})
        await stage.fact("contact.ended.v1", contact=callback)


async def _moment(seconds: float) -> None:
    await asyncio.sleep(seconds)  # pace: so long people do it


async def _asked(stage: Stage, begins: int) -> Mapping[str, Any]:
    """The figures since then, when everything has been folded."""
    supervisor = await stage.supervisor()
    metrics = [*COUNTS, *RATIOS, *SECONDS]
    loop = asyncio.get_running_loop()
    until = loop.time() + FOLDED_WITHIN_S
    while True:
        body = {"metrics": metrics, "begins_at": begins, "ends_at": now()}
        told = await supervisor.change("POST", "/api/metrics/query", body)
        names = {one["no"] or one["id"]: one["id"] for one in told["metrics"]}
        values = {name: told["rows"][0]["values"][names.get(name, name)] for name in metrics}
        is_folded = all(values[name] == count for name, count in COUNTS.items())
        if is_folded or loop.time() > until:
            residuals = {name: told["identities"][name] for name in told["identities"]}
            return values | residuals
        await asyncio.sleep(1)  # poll: facts are folded a moment after the calls


def compare(report: Report, values: Mapping[str, Any]) -> None:
    """Each figure is a statement."""
    for name, count in COUNTS.items():
        report.state(f"{name} is {count}", values[name] == count, values[name])
    for name, ratio in RATIOS.items():
        seen = values[name]
        is_so = seen is not None and abs(seen - ratio) < 1e-9
        report.state(f"{name} is {ratio:.4f}", is_so, seen)
    for name, seconds in SECONDS.items():
        seen = values[name]
        is_so = seen is not None and abs(seen - seconds) <= NEAR_S
        report.state(f"{name} is about {seconds:.2f} s", is_so, seen)
    for name in ("I1", "I2", "I3"):
        if name in values:
            report.state(f"{name} has no residual", values[name] == 0, values[name])
