"""What flows ask of the world beside the switch: systems outside, our customers, their codes.

The switchboard's channel does what belongs to the switch; this does the rest. Whatever is asked is
answered by an input, or by nothing at all when it takes too long: the engine has the deadline.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from lianxi.engine.messages.base import Command, Input
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CancelRequest,
    CheckIdentity,
    FindCustomer,
)
from lianxi.engine.messages.flowing import RequestAnswered, RequestFailed
from lianxi.kernel.ids import ContactId, RequestId
from lianxi.kernel.time import Instant
from lianxi.runtime.ports import AsksConnectors, KnowsCustomers

log = structlog.get_logger(__name__)

AT_ONCE = 50
"""So many are asked side by side; the others wait, and their deadlines do not."""

IDENTITY_NUMBER, IDENTITY_CODE = "number", "code"
"""Arguments by which a connector is asked whether a code is right; it answers `verified`."""

Asked = AskHttp | FindCustomer | CheckIdentity


class Secret(Protocol):
    """Tells the digits that a channel keeps to itself."""

    def __call__(self, contact: ContactId, request: RequestId) -> str | None:
        """None when nothing is known of them (any more)."""
        ...


class Asking:
    """Asks, side by side, and says what came of it.

    Args:
        connectors: systems outside.
        customers: our own records.
        secret: tells digits that the channel keeps.
        now: the clock.
    """

    def __init__(
        self,
        connectors: AsksConnectors,
        customers: KnowsCustomers,
        *,
        secret: Secret,
        now: Callable[[], Instant],
    ) -> None:
        self._connectors = connectors
        self._customers = customers
        self._secret = secret
        self._now = now
        self._wanted: asyncio.Queue[Asked] = asyncio.Queue()
        self._under_way: dict[RequestId, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    def perform(self, command: Command) -> bool:
        """Do it soon. False = it is for the channel, perhaps too."""
        if isinstance(command, Asked):
            self._wanted.put_nowait(command)
            return True
        if isinstance(command, CancelRequest) and command.request in self._under_way:
            self._under_way[command.request].cancel()
        return False

    async def run(self, tell: Callable[[Input], None]) -> None:
        """Ask what is wanted until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                command = await self._wanted.get()
                task = group.create_task(self._settle(command, tell), name=command.request)
                self._under_way[command.request] = task
                task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(RequestId(task.get_name()), None)

    async def _settle(self, command: Asked, tell: Callable[[Input], None]) -> None:
        try:
            async with asyncio.timeout(command.limit / 1000), self._slots:
                tell(await self._answer(command))
        except TimeoutError:
            log.info("flow_answer_late", contact=command.contact, request=command.request)
        except Exception as error:
            # One answer that breaks something must not end the switchboard.
            log.error("flow_answer_broken", request=command.request, error=type(error).__name__)
            tell(self._failed(command, "broken"))

    async def _answer(self, command: Asked) -> Input:
        if isinstance(command, FindCustomer):
            return await self._find(command)
        if isinstance(command, CheckIdentity):
            return await self._check(command)
        secrets: dict[str, str] = {}
        for name, request in command.secrets.items():
            if (digits := self._secret(command.contact, request)) is None:
                return self._failed(command, "secret_lost")
            secrets[name] = digits
        return await self._over(command, command.connector, command.arguments, secrets)

    async def _over(
        self,
        command: Asked,
        connector: str,
        arguments: dict[str, Value],
        secrets: dict[str, str],
    ) -> Input:
        found, cause = await self._connectors.ask(connector, arguments, secrets)
        if found is None:
            return self._failed(command, cause)
        return self._answered(command, found)

    async def _find(self, command: FindCustomer) -> Input:
        found = await self._customers.find(command.number)
        if found is None:
            at, contact = self._now(), command.contact
            return RequestAnswered(at=at, contact=contact, request=command.request, is_found=False)
        return self._answered(command, found)

    async def _check(self, command: CheckIdentity) -> Input:
        code = self._secret(command.contact, command.secret)
        if code is None:
            return self._failed(command, "secret_lost")
        if command.connector:
            arguments: dict[str, Value] = {IDENTITY_NUMBER: command.number}
            secrets = {IDENTITY_CODE: code}
            return await self._over(command, command.connector, arguments, secrets)
        verified = await self._customers.is_code(command.number, code)
        return self._answered(command, {"verified": verified})

    def _answered(self, command: Asked, values: dict[str, Value]) -> RequestAnswered:
        at, contact = self._now(), command.contact
        return RequestAnswered(at=at, contact=contact, request=command.request, values=values)

    def _failed(self, command: Asked, cause: str) -> RequestFailed:
        at, contact = self._now(), command.contact
        return RequestFailed(at=at, contact=contact, request=command.request, cause=cause)
