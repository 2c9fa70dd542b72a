"""The fold: one recorded event, and the rows it changes."""

from lianxi.engine.messages import events as e
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.routing import Routing
from lianxi.projections.fold_agents import fold_agent, regroup
from lianxi.projections.fold_callbacks import fold_callback
from lianxi.projections.fold_calls import fold_call
from lianxi.projections.fold_contacts import fold_contact, fold_conversation, fold_queueing
from lianxi.projections.fold_faxes import fold_fax
from lianxi.projections.fold_flows import fold_flow
from lianxi.projections.fold_parties import fold_party
from lianxi.projections.fold_recordings import fold_recording
from lianxi.projections.fold_transfers import fold_transfer
from lianxi.projections.fold_trunks import fold_trunk
from lianxi.projections.gaps import note_begin
from lianxi.projections.memory import Memory
from lianxi.projections.models import DimAgent, DimDisposition, DimQueue


def fold(event: Event, position: int, memory: Memory) -> None:
    """Apply one fact to the rows in hand.

    Pure: no clock, no database. The journal gives each event once and in order; the caller makes
    sure that a position is folded once.
    """
    if isinstance(event, e.RoutingChanged):
        fold_routing(event.routing, memory)
        regroup(event.at, memory)
        return
    fold_contact(event, position, memory)
    fold_trunk(event, position, memory)
    fold_fax(event, position, memory)
    fold_transfer(event, memory)
    fold_flow(event, memory)
    fold_call(event, memory)
    fold_callback(event, memory)
    fold_queueing(event, memory)
    fold_party(event, memory)
    fold_conversation(event, memory)
    fold_recording(event, memory)
    fold_agent(event, memory)
    note_begin(event, position, memory)


def fold_routing(routing: Routing, memory: Memory) -> None:
    """Remember names and thresholds of the configuration that holds from now on."""
    for known in memory.queues.values():
        known.is_live = False
    for queue in routing.queues:
        row = memory.queues.get(queue.id)
        if row is None:
            row = memory.add(
                DimQueue(
                    queue=queue.id,
                    name=queue.name,
                    name_en=queue.name_en,
                    answer_within_ms=queue.answer_within,
                    short_abandon_ms=queue.short_abandon,
                    recording_policy=queue.recording,
                )
            )
        row.name, row.name_en = queue.name, queue.name_en
        row.answer_within_ms = queue.answer_within
        row.short_abandon_ms = queue.short_abandon
        row.recording_policy = queue.recording
        row.recording_share = queue.recording_rule.share
        row.recording_keep_days = queue.recording_rule.keep_days
        row.is_live = True
        for code in queue.dispositions:
            known_code = memory.dispositions.get((queue.id, code.code)) or memory.add(
                DimDisposition(queue=queue.id, code=code.code, name=code.name, name_en=code.name_en)
            )
            known_code.name, known_code.name_en = code.name, code.name_en
    for setup in routing.agents:
        agent = memory.known_agents.get(setup.id) or memory.add(
            DimAgent(agent=setup.id, no=setup.no, name=setup.name, team=setup.team)
        )
        agent.no, agent.name, agent.team = setup.no, setup.name, setup.team
        agent.queues = list(setup.queues)
