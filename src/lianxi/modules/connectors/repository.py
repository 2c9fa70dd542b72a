"""All SQL about connectors."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.connectors.contracts import Connector, Method
from lianxi.modules.connectors.models import ConnectorRow


class ConnectorRepository:
    """Connectors by name."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[Connector]:
        """By name."""
        rows = await self._session.scalars(select(ConnectorRow).order_by(ConnectorRow.name))
        return [_to_contract(row) for row in rows]

    async def find(self, name: str) -> tuple[Connector, dict[str, str]] | None:
        """One, with its sealed headers."""
        row = await self._session.get(ConnectorRow, name)
        return None if row is None else (_to_contract(row), row.sealed_headers)

    async def put(
        self, connector: Connector, sealed: dict[str, str], *, at: Instant, by: UserId | None
    ) -> None:
        """Make it, or replace it."""
        facts = {
            "title": connector.title,
            "url": connector.url,
            "method": connector.method.value,
            "headers": connector.headers,
            "sealed_headers": sealed,
            "is_internal": connector.is_internal,
            "changed_at": at,
            "changed_by": by,
        }
        await self._session.execute(
            insert(ConnectorRow)
            .values(name=connector.name, **facts)
            .on_conflict_do_update(index_elements=[ConnectorRow.name], set_=facts)
        )

    async def remove(self, name: str) -> bool:
        """Whether there was one."""
        gone = await self._session.scalar(
            delete(ConnectorRow).where(ConnectorRow.name == name).returning(ConnectorRow.name)
        )
        return gone is not None


def _to_contract(row: ConnectorRow) -> Connector:
    return Connector(
        name=row.name,
        title=row.title,
        url=row.url,
        method=Method(row.method),
        headers=row.headers,
        secret_headers=tuple(sorted(row.sealed_headers)),
        is_internal=row.is_internal,
    )
