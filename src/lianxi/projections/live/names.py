"""Names of things, as rows carry them."""

from lianxi.engine.living import Contact
from lianxi.engine.messages.routing import AgentSetup
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.rows import AgentName, Label, QueueName


def queue_name(queue: QueueId | None, state: State) -> QueueName | None:
    """The queue's names; its id stands in for a queue that is no longer configured."""
    if queue is None:
        return None
    rule = state.queue(queue)
    if rule is None:
        return QueueName(id=queue, name=queue, name_en=queue)
    return QueueName(id=queue, name=rule.name, name_en=rule.name_en)


def agent_name(setup: AgentSetup, centre: Centre) -> AgentName:
    """The agent's number and names."""
    team = centre.team_names.get(setup.team, setup.team)
    return AgentName(id=setup.id, no=setup.no, name=setup.name, team=team)


def agent_name_by_id(agent: AgentId | None, centre: Centre) -> AgentName | None:
    """The same by id; None for nobody and for an agent who is no longer configured."""
    setup = centre.setup(agent)
    return None if setup is None else agent_name(setup, centre)


def menu_path(contact: Contact) -> list[Label]:
    """The choices the caller made, in order."""
    return [Label(zh=zh, en=en) for zh, en in contact.menu_path]
