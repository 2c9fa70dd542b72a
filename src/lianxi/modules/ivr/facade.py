"""What others may ask of the ivr module. The caller owns the transaction."""

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.http.caller import Caller
from lianxi.kernel.ids import FlowId
from lianxi.kernel.time import Instant
from lianxi.modules.connectors import facade as connectors
from lianxi.modules.ivr import rules
from lianxi.modules.ivr.contracts import FlowProblem, FlowVersion, NodeCount, Surroundings
from lianxi.modules.ivr.errors import FlowNotFound
from lianxi.modules.ivr.prompts import LANGUAGES, Prompts
from lianxi.modules.ivr.repository import FlowRepository
from lianxi.modules.routing import facade as routing
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def flows(session: AsyncSession) -> list[FlowVersion]:
    """The version in force of each flow, by id."""
    return await FlowRepository(session).all_newest()


async def flow(session: AsyncSession, identifier: FlowId) -> FlowVersion:
    """The version in force of one flow.

    Raises:
        FlowNotFound.
    """
    found = await FlowRepository(session).newest(identifier)
    if found is None:
        raise FlowNotFound(flow=identifier)
    return found


async def publish(
    session: AsyncSession, draft: Flow, *, prompts: Prompts, at: Instant, by: Caller | None
) -> FlowVersion:
    """Check a flow and make it the version that new contacts begin.

    The same flow again makes no new version. Contacts that are inside the old one finish on it.
    Once the transaction is committed, `Publisher.publish` brings it into force.

    Args:
        session: the transaction.
        draft: the flow; its version number is replaced by the next one.
        prompts: what can be played.
        at: when.
        by: who; None for the system itself.

    Raises:
        FlowInvalid: with the node and the reason.
    """
    versions = FlowRepository(session)
    await versions.lock_all()
    await routing.hold(session)
    rules.check(draft, await _surroundings(session, prompts))
    newest = await versions.newest(draft.id)
    number = newest.flow.version if newest else 0
    if newest and msgspec.structs.replace(draft, version=number) == newest.flow:
        return newest
    published = FlowVersion(
        flow=msgspec.structs.replace(draft, version=number + 1),
        published_at=at,
        published_by=by.user if by else None,
    )
    await versions.add(published)
    await routing.put_in_force(session, published.flow)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.FLOW_PUBLISHED,
        object=f"flow:{draft.id}",
        before={"version": number} if number else None,
        after={"version": number + 1},
    )
    return published


async def review(session: AsyncSession, draft: Flow, *, prompts: Prompts) -> list[FlowProblem]:
    """What `publish` would refuse, and what is only a warning; nothing is written."""
    return rules.review(draft, await _surroundings(session, prompts))


async def counts(session: AsyncSession, identifier: FlowId, *, since: Instant) -> list[NodeCount]:
    """How contacts that arrived since then went through each node, by version and node.

    Raises:
        FlowNotFound.
    """
    await flow(session, identifier)
    return await FlowRepository(session).counts(identifier, since=since)


async def _surroundings(session: AsyncSession, prompts: Prompts) -> Surroundings:
    queues = await routing.queues(session)
    agents = await routing.agents(session)
    in_force = await FlowRepository(session).all_newest()
    set_up = await connectors.connectors(session)
    return Surroundings(
        queues={queue.id for queue in queues},
        calendars=set(await routing.calendars(session)),
        prompts=prompts.names(),
        spoken={language: prompts.names(language) for language in LANGUAGES},
        flows={version.flow.id: version.flow for version in in_force},
        connectors={connector.name for connector in set_up},
        agents={agent.id for agent in agents},
        staffed={queue for agent in agents for queue in agent.queues},
    )


def read_flow(identifier: FlowId | None, text: str | bytes) -> Flow:
    """The flow in a JSON file (`lianxi flow publish FILE`).

    Args:
        identifier: its id; None takes the file's own `id`.
        text: the file.

    Raises:
        FlowInvalid: not JSON, or not a flow.
    """
    try:
        body = msgspec.json.decode(text)
    except msgspec.DecodeError:
        body = None
    named = body.get("id") if isinstance(body, dict) else None
    return rules.flow_from(identifier or FlowId(str(named or "")), body)
