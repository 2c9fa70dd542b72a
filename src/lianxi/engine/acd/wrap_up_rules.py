"""How long after-call work may take: the queue's rule, what a supervisor made of it for a while,
and what the person is given of it.

A limit that cannot be lengthened keeps people out who read or write slowly (WCAG 2.2, success
criterion 2.2.1): ten times the limit, or none, is what that criterion asks for.
"""

from typing import Final

import msgspec

from lianxi.engine.messages.routing import WrapUpRule
from lianxi.engine.messages.values import WrapUpMode, WrapUpTime
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Millis

MODE_FIXED: Final = WrapUpMode.FIXED
MODE_LIMITED: Final = WrapUpMode.LIMITED
TIME_QUEUE: Final = WrapUpTime.QUEUE
TIME_UNLIMITED: Final = WrapUpTime.UNLIMITED

TIMES = 10


def wrap_up_rule(queue: QueueId | None, agent: AgentId, state: State) -> WrapUpRule:
    """The queue's rule as it is for this agent now. Who is given more time may end it early."""
    known = state.queue(queue) if queue is not None else None
    rule = known.wrap_up if known is not None else WrapUpRule()
    other = state.wrap_limits.get(queue) if queue is not None else None
    if other is not None:
        rule = msgspec.structs.replace(rule, limit=other.limit)
    setup = state.setup(agent)
    if setup is None or setup.wrap_up_time is TIME_QUEUE:
        return rule
    if rule.mode is not MODE_LIMITED and rule.mode is not MODE_FIXED:
        return rule
    if setup.wrap_up_time is TIME_UNLIMITED:
        return msgspec.structs.replace(rule, mode=WrapUpMode.FREE)
    limit = Millis(rule.limit * TIMES)
    return msgspec.structs.replace(rule, mode=MODE_LIMITED, limit=limit)
