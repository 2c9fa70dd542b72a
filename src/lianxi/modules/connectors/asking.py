"""Asks a system outside: one request, one answer, no redirects, never into our own network unless
the connector says so.

The name is looked up here and the request goes to the address that was checked: a name that leads
elsewhere a moment later leads nowhere.
"""

import json
from collections.abc import Mapping

import httpx2
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.engine.messages.expressions import Value
from lianxi.modules.connectors import facade, rules
from lianxi.modules.connectors.contracts import Connector, Method, Seals, Unreachable
from lianxi.modules.connectors.errors import NotAnswered

log = structlog.get_logger(__name__)

LARGEST_ANSWER = 65_536
PORTS = {"http": 80, "https": 443}


class ConnectorClient:
    """Asks by the name of a connector. Fits the runtime's `AsksConnectors`."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], seals: Seals) -> None:
        self._sessions = sessions
        self._seals = seals

    async def ask(
        self, name: str, arguments: Mapping[str, Value], secrets: Mapping[str, str]
    ) -> tuple[dict[str, Value] | None, str]:
        """Ask once.

        Args:
            name: of the connector.
            arguments: for the places in the address; what has no place there goes into the body.
            secrets: digits that the caller keyed in; into the body only.

        Returns:
            The fields of the answer and "", or None and the code of what went wrong.
        """
        try:
            async with self._sessions() as session:
                found = await facade.opened(session, name, seals=self._seals)
            if found is None:
                raise NotAnswered("connector_unknown")
            connector, headers = found
            return await self._ask(connector, headers, arguments, secrets), ""
        except NotAnswered as failed:
            log.info("connector.not_answered", connector=name, cause=failed.cause)
            return None, failed.cause
        except (httpx2.HTTPError, OSError, SQLAlchemyError) as error:
            # No text of it: an address with arguments in it may be part of that.
            log.warning("connector.unreachable", connector=name, error=type(error).__name__)
            return None, "unreachable"

    async def _ask(
        self,
        connector: Connector,
        headers: Mapping[str, str],
        arguments: Mapping[str, Value],
        secrets: Mapping[str, str],
    ) -> dict[str, Value]:
        if secrets and connector.method is Method.GET:
            raise NotAnswered("secret_in_address")
        address, used = rules.address_of(connector.url, arguments, secrets)
        rest = {name: value for name, value in arguments.items() if name not in used}
        url = httpx2.URL(address)
        checked = await _resolved(url.host, url.port or PORTS[url.scheme], connector.is_internal)
        shown = url.host if url.port is None else f"{url.host}:{url.port}"
        body = None if connector.method is Method.GET else {**rest, **secrets}
        if connector.method is Method.GET and rest:
            asked = {name: rules.text_of(value) for name, value in rest.items()}
            url = url.copy_merge_params(asked)
        async with httpx2.AsyncClient(
            trust_env=False, follow_redirects=False, timeout=None
        ) as client:
            request = client.build_request(
                connector.method.value,
                url.copy_with(host=checked),
                headers={"Accept": "application/json", **headers, "Host": shown},
                json=body,
                extensions={"sni_hostname": url.host},
            )
            answer = await client.send(request, stream=True)
            try:
                return await _read(answer)
            finally:
                await answer.aclose()


async def _read(answer: httpx2.Response) -> dict[str, Value]:
    if not answer.is_success:
        raise NotAnswered(f"http_{answer.status_code}")
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > LARGEST_ANSWER:
            raise NotAnswered("answer_too_large")
    try:
        return rules.fields_of(json.loads(content))
    except ValueError as error:
        raise NotAnswered("answer_unreadable") from error


async def _resolved(host: str, port: int, is_internal: bool) -> str:
    """The address to go to: every address of the name must be one that is allowed."""
    try:
        return await facade.checked_address(host, port, is_internal=is_internal)
    except Unreachable as unreachable:
        raise NotAnswered(unreachable.cause) from unreachable
