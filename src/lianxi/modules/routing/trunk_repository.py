"""All SQL about trunks and routes. A password is sealed before it comes here."""

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.kernel.ids import TrunkId
from lianxi.modules.routing.models import OutboundRouteRow, TrunkRow


class TrunkRepository:
    """The ways in and out."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def trunks(self) -> list[Trunk]:
        """Every trunk, in the order of lists."""
        rows = await self._session.scalars(select(TrunkRow).order_by(TrunkRow.position))
        return [msgspec.convert(row.rule, Trunk) for row in rows]

    async def put_trunk(self, trunk: Trunk) -> None:
        """Store a trunk; a new one is the last in lists."""
        last = await self._session.scalar(select(func.max(TrunkRow.position)))
        rule = msgspec.to_builtins(trunk)
        query = upsert(TrunkRow).values(
            id=trunk.id, position=0 if last is None else last + 1, rule=rule, secret=None
        )
        await self._session.execute(
            query.on_conflict_do_update(index_elements=[TrunkRow.id], set_={"rule": rule})
        )

    async def remove_trunk(self, trunk: TrunkId) -> None:
        """Take a trunk away, and its password."""
        await self._session.execute(delete(TrunkRow).where(TrunkRow.id == trunk))

    async def secret(self, trunk: TrunkId) -> bytes | None:
        """The sealed password."""
        return await self._session.scalar(select(TrunkRow.secret).where(TrunkRow.id == trunk))

    async def put_secret(self, trunk: TrunkId, sealed: bytes | None) -> None:
        """Store the sealed password; `None` = there is none any more."""
        query = update(TrunkRow).where(TrunkRow.id == trunk).values(secret=sealed)
        await self._session.execute(query)

    async def routes(self) -> list[Route]:
        """The routes, the one that is tried first at the front."""
        rows = await self._session.scalars(
            select(OutboundRouteRow).order_by(OutboundRouteRow.position)
        )
        return [msgspec.convert(row.rule, Route) for row in rows]

    async def put_routes(self, routes: list[Route]) -> None:
        """Store every route in this order; others are gone."""
        await self._session.execute(delete(OutboundRouteRow))
        if routes:
            rows = [
                {"position": position, "rule": msgspec.to_builtins(route)}
                for position, route in enumerate(routes)
            ]
            await self._session.execute(insert(OutboundRouteRow), rows)
