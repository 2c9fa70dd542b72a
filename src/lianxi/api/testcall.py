"""试呼: the system calls its own hotline as a customer, through the real switch."""

import asyncio
from typing import Annotated, Protocol

from fastapi import APIRouter
from pydantic import BaseModel, Field

from lianxi.api.errors import TestCallFailed
from lianxi.api.live.hub import Hub
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactBegan
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.customers.seed import TEST_CALLER
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(tags=["setup"])

ARRIVES_WITHIN_S = 8.0


class PlacesTestCalls(Protocol):
    """A scripted customer; the composition root brings one."""

    async def place(self, number: str, *, caller: str, press: str) -> None:
        """Call the number and press the keys at its menu. Returns when the call is on its way.

        Raises:
            ChannelFault: the switch does not take the call.
        """
        ...


class OneAtATime:
    """Two test calls at once could not be told apart."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()


class TestCallIn(BaseModel):
    """What to dial and what to press."""

    __test__ = False

    number: Annotated[str, Field(pattern=r"^[0-9*#]{1,20}$")] = "4001"
    press: Annotated[str, Field(pattern=r"^[0-9*#]{0,8}$")] = "2"


class TestCallOut(BaseModel):
    """The contact that the call became."""

    __test__ = False

    call: str


@router.post(
    "/test-call",
    operation_id="place_test_call",
    status_code=201,
    response_model=TestCallOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, TestCallFailed),
)
async def place_test_call(
    body: TestCallIn,
    caller: Annotated[Caller, needs(Permission.TEST_CALL)],
    places: Annotated[PlacesTestCalls, provided(PlacesTestCalls)],
    one: Annotated[OneAtATime, provided(OneAtATime)],
    hub: Annotated[Hub, provided(Hub)],
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Place a call and say which contact it became; what it goes through is in its record."""

    def is_it(event: Event) -> bool:
        return isinstance(event, ContactBegan) and (event.dialled, event.caller) == (
            body.number,
            TEST_CALLER,
        )

    async with one.turn:
        arriving = asyncio.create_task(hub.first(is_it, within_s=ARRIVES_WITHIN_S))
        try:
            await places.place(body.number, caller=TEST_CALLER, press=body.press)
            event = await arriving
        except (TimeoutError, OSError) as error:
            raise TestCallFailed(number=body.number) from error
        finally:
            arriving.cancel()
    assert isinstance(event, ContactBegan)
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.TEST_CALL_PLACED,
        object=f"contact:{event.contact}",
        facts={"number": body.number, "press": body.press},
    )
    return {"call": event.contact}
