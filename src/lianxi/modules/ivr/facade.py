"""What others may ask of the ivr module. The caller owns the transaction."""

from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.flow import Flow
from lianxi.http.caller import Caller
from lianxi.kernel.ids import FlowId, NodeId, PromptName, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.ivr import rules, shape, walking
from lianxi.modules.ivr.contracts import (
    FlowProblem,
    FlowSummary,
    FlowVersion,
    NodeCount,
    Rehearsal,
    Story,
    Traffic,
)
from lianxi.modules.ivr.drafts_repository import DraftRepository
from lianxi.modules.ivr.errors import (
    FlowChanged,
    FlowNotFound,
    FlowVersionNotFound,
    PromptInUse,
    PromptNotFound,
)
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.repository import FlowRepository
from lianxi.modules.ivr.surroundings import surroundings
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


async def versions(session: AsyncSession, identifier: FlowId) -> list[FlowVersion]:
    """Every version of a flow, the newest first.

    Raises:
        FlowNotFound.
    """
    found = await FlowRepository(session).versions(identifier)
    if not found:
        raise FlowNotFound(flow=identifier)
    return found


async def version(session: AsyncSession, identifier: FlowId, number: int) -> FlowVersion:
    """One version of a flow.

    Raises:
        FlowVersionNotFound.
    """
    found = await FlowRepository(session).version(identifier, number)
    if found is None:
        raise FlowVersionNotFound(flow=identifier, version=number)
    return found


async def publish(
    session: AsyncSession,
    draft: Flow,
    *,
    prompts: Prompts,
    at: Instant,
    by: Caller | UserId | None,
    note: str = "",
    based_on: int | None = None,
    facts: dict[str, Any] | None = None,
) -> FlowVersion:
    """Check a flow and make it the version that new contacts begin.

    The same flow again makes no new version. Contacts that are inside the old one finish on it.
    The draft of whoever publishes it is done with. Once the transaction is committed,
    `Publisher.publish` brings it into force.

    Args:
        session: the transaction.
        draft: the flow; its version number is replaced by the next one.
        prompts: what can be played.
        at: when.
        by: who, the caller or the one it is done for; None for the system itself.
        note: why, for the list of versions.
        based_on: the version that was changed, 0 for a new flow; None publishes over whatever
            is in force.
        facts: what else the audit should know.

    Raises:
        FlowInvalid: with the node and the reason.
        FlowChanged: another version than `based_on` is in force.
    """
    known = FlowRepository(session)
    await known.lock_all()
    await routing.hold(session)
    newest = await check_publishable(session, draft, prompts=prompts, based_on=based_on)
    number = newest.flow.version if newest else 0
    user = by.user if isinstance(by, Caller) else by
    if user is not None:
        await DraftRepository(session).forget(draft.id, user)
    if newest and msgspec.structs.replace(draft, version=number) == newest.flow:
        return newest
    published = FlowVersion(
        flow=msgspec.structs.replace(draft, version=number + 1),
        published_at=at,
        published_by=user,
        note=note,
    )
    await known.add(published)
    await routing.put_in_force(session, published.flow)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.FLOW_PUBLISHED,
        object=f"flow:{draft.id}",
        before={"version": number} if number else None,
        after={"version": number + 1, **({"note": note} if note else {})},
        facts=facts,
        who_name="" if user is None else (await people(session)).get(user, ""),
    )
    return published


async def check_publishable(
    session: AsyncSession, draft: Flow, *, prompts: Prompts, based_on: int | None
) -> FlowVersion | None:
    """Refuse what `publish` would refuse now; return the version in force, if any.

    Raises:
        FlowInvalid, FlowChanged.
    """
    newest = await FlowRepository(session).newest(draft.id)
    number = newest.flow.version if newest else 0
    if based_on is not None and based_on != number:
        raise FlowChanged(flow=draft.id, version=number, based_on=based_on)
    rules.check(draft, await surroundings(session, prompts))
    return newest


async def review(session: AsyncSession, draft: Flow, *, prompts: Prompts) -> list[FlowProblem]:
    """What `publish` would refuse, and what is only a warning; nothing is written."""
    return rules.review(draft, await surroundings(session, prompts))


async def counts(session: AsyncSession, identifier: FlowId, *, since: Instant) -> list[NodeCount]:
    """How contacts that arrived since then went through each node, by version and node.

    Raises:
        FlowNotFound.
    """
    await flow(session, identifier)
    return await FlowRepository(session).counts(identifier, since=since)


async def summaries(
    session: AsyncSession, *, prompts: Prompts, since: Instant
) -> list[FlowSummary]:
    """The flows in force: what leads to them, what is wrong with them now, and what went through
    them since then."""
    in_force = await flows(session)
    traffic = await FlowRepository(session).traffic(since=since)
    around = await surroundings(session, prompts)
    numbers = await routing.numbers(session)
    return [
        FlowSummary(
            version=version,
            numbers=sorted(rule.number for rule in numbers if rule.flow == version.flow.id),
            called_by=sorted(
                other.flow.id
                for other in in_force
                if any(n.flow == version.flow.id for n in shape.called_by(other.flow).values())
            ),
            traffic=traffic.get(version.flow.id, Traffic(entered=0, gone=0)),
            errors=sum(not problem.is_warning for problem in problems),
            warnings=sum(problem.is_warning for problem in problems),
        )
        for version in in_force
        for problems in [rules.review(version.flow, around)]
    ]


async def uses(session: AsyncSession) -> list[tuple[PromptName, FlowId, NodeId]]:
    """Which nodes of the flows in force play which prompts."""
    return [
        (prompt, version.flow.id, name)
        for version in await flows(session)
        for name, node in version.flow.nodes.items()
        for prompt in dict.fromkeys(shape.prompts_of(node))
    ]


async def check_droppable(
    session: AsyncSession, name: str, language: str, *, prompts: Prompts
) -> None:
    """Refuse to take back a recording that leaves callers without words.

    Raises:
        PromptNotFound: there is none of the centre's own.
        PromptInUse: a flow plays it, and none came with the product.
    """
    if not prompts.is_own(name, language):
        raise PromptNotFound(name=name[:60], language=language)
    if prompts.is_shipped(name, language):
        return
    playing = sorted({flow for prompt, flow, _ in await uses(session) if prompt == name})
    if playing:
        raise PromptInUse(name=name, flows=", ".join(playing))


async def people(session: AsyncSession) -> dict[UserId, str]:
    """Names of those who may have published something."""
    return {user.id: user.name for user in await identity.users(session)}


async def rehearse(
    session: AsyncSession, draft: Flow, story: Story, *, prompts: Prompts, zone: str
) -> Rehearsal:
    """Walk a caller through a draft with the switchboard's own interpreter; nothing is written.

    Raises:
        FlowInvalid: the draft cannot be walked.
    """
    rules.check_walkable(draft, await surroundings(session, prompts))
    routing_then = await routing.current_routing(session, at=story.at, zone=zone)
    lengths = {(each.name, each.language): each.duration_ms for each in prompts.all()}
    return walking.rehearse(draft, story, routing=routing_then, lengths=lengths)


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
