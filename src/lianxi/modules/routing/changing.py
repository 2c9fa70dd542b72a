"""Changes of the routing by people: held, checked as a whole, stored, written into the audit.

Each function changes one thing in the caller's transaction. What the change would make wrong
anywhere in the configuration refuses it, and nothing is stored. Once the transaction is committed,
`Publisher.publish` brings everything into force as one input.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.routing import AgentSetup, Queue, QueueMove, Reason
from lianxi.engine.messages.trunks import Route
from lianxi.http.caller import Caller
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import facade as identity
from lianxi.modules.routing.centre_repository import CentreRepository
from lianxi.modules.routing.changes import changed, invalid, revision_of, typed
from lianxi.modules.routing.checking import Around, problems
from lianxi.modules.routing.contracts import KnowsPrompts, OpeningHours, RoutingProblem
from lianxi.modules.routing.errors import AlreadyThere, ChangedMeanwhile, StillInUse
from lianxi.modules.routing.repository import RoutingRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the routing: in which transaction, by whom, and what was seen before it."""

    session: AsyncSession
    by: Caller
    at: Instant
    prompts: KnowsPrompts
    revision: str | None = None
    """Of the thing as the person read it; `None` = change it whatever it is by now."""

    @property
    def routing(self) -> RoutingRepository:
        """Queues, agents, the whole."""
        return RoutingRepository(self.session)

    @property
    def centre(self) -> CentreRepository:
        """Numbers, reasons, opening hours."""
        return CentreRepository(self.session)

    async def problems(self) -> list[RoutingProblem]:
        """What is wrong with the routing as it is in the tables now."""
        around = Around(
            calendars={hours.id for hours in await self.centre.opening_hours()},
            prompts=self.prompts.names(),
            teams={
                team.id for team in await identity.teams(self.session) if team.closed_at is None
            },
        )
        return problems(await self.routing.snapshot(), around)

    def is_still(
        self, thing: msgspec.Struct | OpeningHours | list[Reason] | list[Route], where: str
    ) -> None:
        """Whether the thing is as the person read it.

        Raises:
            ChangedMeanwhile.
        """
        if self.revision is not None and self.revision != revision_of(thing):
            raise ChangedMeanwhile(where=where)

    async def tell(self, where: str, was: object, now: object) -> None:
        """Write into the audit which fields changed; `None` = there was, or is, nothing."""
        before, after = _fields(was), _fields(now)
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        await audit.record(
            self.session,
            at=self.at,
            who=self.by,
            act=Act.ROUTING_CHANGED,
            object=where,
            before={name: before[name] for name in names if name in before} if was else None,
            after={name: after[name] for name in names if name in after} if now else None,
        )


def _fields(thing: object) -> dict[str, Any]:
    built = msgspec.to_builtins(thing, str_keys=True)
    if isinstance(built, list):
        return {str(each["code"]): each for each in built}
    return dict(built) if isinstance(built, dict) else {}


@asynccontextmanager
async def settled(change: Change, *, gone: str = "") -> AsyncIterator[None]:
    """Hold the routing, let it be changed, and see that nothing became wrong by it.

    Args:
        change: in whose transaction.
        gone: what is taken away; what became wrong is then what used it.

    Raises:
        QueueRuleInvalid, RoutingInvalid, StillInUse.
    """
    await change.routing.hold()
    former = set(await change.problems())
    yield
    wrong = [problem for problem in await change.problems() if problem not in former]
    if wrong and gone:
        users = dict.fromkeys(problem.where for problem in wrong)
        raise StillInUse(where=gone, used_by=" ".join(users), count=len(users))
    if wrong:
        raise invalid(wrong)
    await change.routing.raise_version()


async def add_queue(change: Change, fields: dict[str, Any]) -> Queue:
    """A new queue, last in lists. It may have the id of one that is no more.

    Raises:
        AlreadyThere, QueueRuleInvalid.
    """
    queue = typed(fields, Queue, where=f"queue:{fields.get('id', '')}"[:80])
    where = f"queue:{queue.id}"
    async with settled(change):
        whole = await change.routing.snapshot()
        if any(each.id == queue.id for each in whole.queues):
            raise AlreadyThere(where=where)
        await change.routing.add_queue(queue)
        moves = tuple(move for move in whole.moves if move.gone != queue.id)
        if moves != whole.moves:
            await change.routing.put_rules(msgspec.structs.replace(whole, moves=moves))
        await change.tell(where, None, queue)
    return queue


async def change_queue(change: Change, identifier: QueueId, fields: dict[str, Any]) -> Queue:
    """Change fields of a queue's rule.

    Raises:
        QueueNotFound, ChangedMeanwhile, QueueRuleInvalid.
    """
    where = f"queue:{identifier}"
    await change.routing.hold()
    before = await change.routing.queue(identifier, lock=True)
    change.is_still(before, where)
    after = changed(before, {**fields, "id": before.id}, where=where)
    if after != before:
        async with settled(change):
            await change.routing.put_queue(after)
            await change.tell(where, before, after)
    return after


async def remove_queue(change: Change, identifier: QueueId, *, to: QueueId | None) -> None:
    """Take a queue away. Who waits in it goes on in another one, or is told so and let go.

    Raises:
        QueueNotFound, ChangedMeanwhile, StillInUse: something leads to it.
    """
    where = f"queue:{identifier}"
    await change.routing.hold()
    before = await change.routing.queue(identifier, lock=True)
    change.is_still(before, where)
    async with settled(change, gone=where):
        whole = await change.routing.snapshot()
        moves = [move for move in whole.moves if move.gone != identifier and move.to != identifier]
        if to is not None:
            # Who was to move into this one goes where its callers go.
            former = [move.gone for move in whole.moves if move.to == identifier]
            moves += [QueueMove(gone=gone, to=to) for gone in (*former, identifier)]
        await change.routing.remove_queue(identifier)
        await change.routing.put_rules(msgspec.structs.replace(whole, moves=tuple(moves)))
        await change.tell(where, before, None)


async def add_agent(change: Change, fields: dict[str, Any]) -> AgentSetup:
    """A new agent.

    Raises:
        AlreadyThere, RoutingInvalid.
    """
    agent = typed(fields, AgentSetup, where=f"agent:{fields.get('id', '')}"[:80])
    where = f"agent:{agent.id}"
    await change.routing.hold()
    if any(agent.id == each.id or agent.no == each.no for each in await change.routing.agents()):
        raise AlreadyThere(where=where)
    return await _put_agent(change, None, agent)


async def change_agent(change: Change, identifier: AgentId, fields: dict[str, Any]) -> AgentSetup:
    """Change what an agent is called, serves and can do.

    Raises:
        AgentNotFound, ChangedMeanwhile, AlreadyThere, RoutingInvalid.
    """
    where = f"agent:{identifier}"
    await change.routing.hold()
    before = await change.routing.agent(identifier)
    change.is_still(before, where)
    after = changed(before, {**fields, "id": before.id}, where=where)
    others = [each for each in await change.routing.agents() if each.id != identifier]
    if any(after.no == each.no for each in others):
        raise AlreadyThere(where=where)
    return before if after == before else await _put_agent(change, before, after)


async def _put_agent(change: Change, before: AgentSetup | None, after: AgentSetup) -> AgentSetup:
    where = f"agent:{after.id}"
    await _check_named(change, after)
    async with settled(change):
        await change.routing.put_agent(after)
        await change.tell(where, before, after)
    return await change.routing.agent(after.id)


async def _check_named(change: Change, agent: AgentSetup) -> None:
    """The tables refuse an agent of a team or queue there is not: say so before."""
    whole = await change.routing.snapshot()
    others = tuple(each for each in whole.agents if each.id != agent.id)
    around = Around(
        calendars={hours.id for hours in await change.centre.opening_hours()},
        teams={team.id for team in await identity.teams(change.session) if team.closed_at is None},
    )
    wanted = msgspec.structs.replace(whole, agents=(*others, agent))
    wrong = [each for each in problems(wanted, around) if each.where == f"agent:{agent.id}"]
    if wrong:
        raise invalid(wrong)


async def remove_agent(change: Change, identifier: AgentId) -> None:
    """Take an agent away; the call in hand goes on to its end.

    Raises:
        AgentNotFound, ChangedMeanwhile, StillInUse: something leads to the agent.
    """
    where = f"agent:{identifier}"
    await change.routing.hold()
    before = await change.routing.agent(identifier)
    change.is_still(before, where)
    async with settled(change, gone=where):
        await change.routing.remove_agent(identifier)
        await change.tell(where, before, None)
