"""Flows of an item: published and put behind a number, a caller in them."""

from typing import Any

from lianxi.channels.fake.sip.timeline import Step
from lianxi.drills.tail import Line
from lianxi.drills.voice.customer import Customer
from lianxi.drills.voice.stage import Stage

Nodes = dict[str, dict[str, Any]]

CALLER = {"type": "fact", "fact": "caller"}
BYE = {"type": "hang_up", "prompts": ["goodbye"]}
TO_SERVICE = {"type": "queue", "queue": "service", "prompts": []}


def variable(name: str) -> dict[str, str]:
    """What a variable holds."""
    return {"type": "variable", "name": name}


def constant(value: Any) -> dict[str, Any]:
    """A value as written."""
    return {"type": "constant", "value": value}


async def publish(
    stage: Stage, number: str, nodes: Nodes, *, variables: tuple[tuple[str, str], ...] = ()
) -> int:
    """Publish a flow that begins at its first node, behind a number; gives its version. It is in
    force when this returns."""
    admin = await stage.person("admin")
    body = {
        "name": f"演练 {number}",
        "start": next(iter(nodes)),
        "nodes": nodes,
        "variables": [{"name": name, "kind": kind} for name, kind in variables],
    }
    flow = f"drill_{number}"
    version = (await admin.change("PUT", f"/api/flows/{flow}", body))["version"]
    if version == 1:
        await admin.change("PUT", f"/api/numbers/{number}", {"flow": flow})
    return int(version)


async def calls(stage: Stage, number: str, *, caller: str | None = None) -> Customer:
    """A caller in that flow, answered."""
    customer = await stage.customer(number, caller=caller)
    await customer.call.wait(Step.ANSWERED)
    return customer


async def keys(customer: Customer, digits: str) -> None:
    """The caller presses keys, as fast as a telephone sends them."""
    customer.call.press(digits)


async def step(stage: Stage, customer: Customer, node: str, *, within_s: float = 15) -> Line:
    """Wait until the caller has come to a node."""
    return await stage.fact("flow.step_entered.v1", customer, node=node, within_s=within_s)
