"""What others may ask of the connectors module. The caller owns the transaction."""

import base64

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.time import Instant
from lianxi.modules.connectors import places, rules
from lianxi.modules.connectors.contracts import Connector, Seals
from lianxi.modules.connectors.errors import ConnectorNotFound
from lianxi.modules.connectors.repository import ConnectorRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act


async def connectors(session: AsyncSession) -> list[Connector]:
    """All of them, by name."""
    return await ConnectorRepository(session).all()


async def put(
    session: AsyncSession,
    connector: Connector,
    secrets: dict[str, str],
    *,
    seals: Seals,
    at: Instant,
    by: Caller,
) -> Connector:
    """Make a connector, or replace it.

    Args:
        session: the transaction.
        connector: names in `secret_headers` without a new value keep the one they have.
        secrets: new values of secret headers.
        seals: the vault.
        at: when.
        by: who.

    Raises:
        ConnectorInvalid.
    """
    rules.check(connector, secrets)
    found = await ConnectorRepository(session).find(connector.name)
    sealed = {} if found is None else found[1]
    kept = {name: sealed[name] for name in connector.secret_headers if name in sealed}
    # A secret goes where it was meant to go: at another place it has to be typed anew.
    if found is not None and _place(found[0].url) != _place(connector.url):
        kept = {}
    new = {
        name: base64.b64encode(seals.seal(value, owner=_owner(connector.name, name))).decode()
        for name, value in secrets.items()
    }
    await ConnectorRepository(session).put(connector, {**kept, **new}, at=at, by=by.user)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CONNECTOR_CHANGED,
        object=f"connector:{connector.name}",
        facts={"url": connector.url, "is_internal": connector.is_internal},
    )
    stored = await ConnectorRepository(session).find(connector.name)
    assert stored is not None
    return stored[0]


async def remove(session: AsyncSession, name: str, *, at: Instant, by: Caller) -> None:
    """Let flows not ask it any more: they take their error way.

    Raises:
        ConnectorNotFound.
    """
    if not await ConnectorRepository(session).remove(name):
        raise ConnectorNotFound(connector=name[:60])
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.CONNECTOR_CHANGED,
        object=f"connector:{name}",
        facts={"removed": True},
    )


async def checked_address(host: str, port: int, *, is_internal: bool) -> str:
    """Where a name leads, for whoever goes to systems outside: never into our own network unless
    that is allowed.

    Raises:
        Unreachable: the name is unknown, or leads into our own network.
    """
    return await places.checked_address(host, port, is_internal=is_internal)


async def opened(
    session: AsyncSession, name: str, *, seals: Seals
) -> tuple[Connector, dict[str, str]] | None:
    """A connector with all its headers, secret ones in the clear. For whoever asks, only."""
    found = await ConnectorRepository(session).find(name)
    if found is None:
        return None
    connector, sealed = found
    secrets = {
        header: seals.open(base64.b64decode(value), owner=_owner(name, header))
        for header, value in sealed.items()
    }
    return connector, {**connector.headers, **secrets}


def _owner(name: str, header: str) -> str:
    return f"connector:{name}:{header.lower()}"


def _place(url: str) -> tuple[str, str]:
    scheme, _, rest = url.partition("://")
    return scheme, rest.split("/", 1)[0].split("?", 1)[0]
