"""Any flow that may be published, as the fuzzer writes them, without the nodes nobody comes to."""

from random import Random

import msgspec

from lianxi.engine.messages.flow import Flow
from lianxi.kernel.ids import AgentId, FlowId, PromptName
from lianxi.modules.ivr.contracts import Surroundings
from lianxi.modules.ivr.graph import reached
from lianxi.simulator.fuzz import flows
from lianxi.simulator.fuzz.writing import ALWAYS, OFFICE, SAYS
from tests.builders.centre import OPERATOR, SALES, SERVICE

QUEUES = (SALES, SERVICE, OPERATOR)
AGENTS = (AgentId("alice"), AgentId("bob"))
NAMES = ("invalid_choice", "no_input", "please_hold", "goodbye", "identity_wrong")
PROMPTS = (*SAYS, *map(PromptName, NAMES))
AROUND = Surroundings(
    queues=set(QUEUES),
    calendars={ALWAYS, OFFICE},
    prompts=PROMPTS,
    spoken={"zh": PROMPTS, "en": PROMPTS},
)


def any_flow(seed: int, length: int, name: str = "welcome") -> Flow:
    """A flow; its nodes carry its version in their names.

    Args:
        seed: decides everything.
        length: nodes at most, beside the last one.
        name: its id; the flow `sub` is the one that others call.
    """
    version = 1 + seed % 3
    flow = flows.any_flow(
        FlowId(name), version, QUEUES, AGENTS, Random(seed), length, publishable=True
    )
    there = reached(flow)
    nodes = {key: node for key, node in flow.nodes.items() if key in there}
    return msgspec.structs.replace(flow, nodes=nodes)
