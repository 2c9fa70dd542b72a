"""Transfer (转接): to a queue or an agent of ours, or to a number outside, over one trunk after the
other until a carrier takes it."""

from lianxi.engine.acd.ending import end
from lianxi.engine.acd.prompting import say
from lianxi.engine.acd.trunks import blocked_out, outside
from lianxi.engine.ivr.moving import leave, next_request, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.queueing import into_queue
from lianxi.engine.ivr.values import text_of
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import TransferNode
from lianxi.engine.messages.flow_values import ToAgent, ToNumber, ToQueue
from lianxi.engine.messages.flowing import RequestOutcome, TransferOutAsked
from lianxi.engine.messages.values import FlowEnd, LegCause, Party, StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import TrunkId
from lianxi.kernel.time import Instant, Millis, after

GRACE = Millis(10_000)
"""Beyond the ringing time, before an outside call nobody tells of is given up."""


class Transfer(NodeType[TransferNode]):
    """Somebody else takes over."""

    def enter(self, node: TransferNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Ours: into the line. Outside: a word first, then the call."""
        to = node.to
        if isinstance(to, ToQueue):
            yield from into_queue(contact, to.queue, node.prompts, state, at)
        elif isinstance(to, ToAgent):
            yield from into_queue(contact, to.queue, node.prompts, state, at, wanted=to.agent)
        elif node.prompts and contact.has_media:
            yield from say(contact, node.prompts, state, at)
        else:
            yield from self.said(node, contact, state, at)

    def said(self, node: TransferNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Call the number; without one, or without a channel, there is nobody to reach."""
        number = _number(node, contact, state, at)
        call = _call(node, contact, number, (), state, at) if number else None
        if call is not None:
            yield call
            return
        if number:
            yield blocked_out(contact.id, number, contact.caller, state, at)
        yield from _failed(node, contact, StepOutcome.FAILED, state, at)

    def answered(
        self, node: TransferNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """Not reached, or the conversation outside is over."""
        if not answer.was_outside and answer.cause == LegCause.TRUNK_FAILED:
            tried = (*walking(contact).tried, answer.trunk)
            number = _number(node, contact, state, at)
            again = _call(node, contact, number, tried, state, at)
            if again is not None:
                yield again
                return
        if not answer.was_outside and answer.outcome is not RequestOutcome.DONE:
            late = answer.outcome is RequestOutcome.TIMED_OUT
            outcome = StepOutcome.TIMED_OUT if late else StepOutcome.FAILED
            yield from _failed(node, contact, outcome, state, at)
            return
        yield leave(contact, StepOutcome.DONE, at)
        if node.next is not None:
            yield Go(node.next)
        else:
            yield from end(
                contact,
                state,
                at,
                by=Party.SYSTEM,
                cause=LegCause.NORMAL,
                flow_end=FlowEnd.TRANSFERRED,
            )


def _number(node: TransferNode, contact: Contact, state: State, at: Instant) -> str:
    assert isinstance(node.to, ToNumber)
    return text_of(node.to.number, contact, state, at)


def _call(
    node: TransferNode,
    contact: Contact,
    number: str,
    tried: tuple[TrunkId, ...],
    state: State,
    at: Instant,
) -> TransferOutAsked | None:
    """`None` = there is no way, or no further one."""
    found = outside(number, contact.caller, state, tried)
    if found is None:
        return None
    return TransferOutAsked(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        request=next_request(state),
        number=found.number,
        caller=found.caller,
        ring=node.ring,
        deadline=after(after(at, node.ring), GRACE),
        trunk=found.trunk,
        tried=tried,
    )


def _failed(
    node: TransferNode, contact: Contact, outcome: StepOutcome, state: State, at: Instant
) -> Steps:
    yield leave(contact, outcome, at)
    if node.failed is not None:
        yield Go(node.failed)
    else:
        yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.FAILED)
