"""HTTP for numbers, not-ready reasons, opening hours and the rules of the centre as a whole."""

import datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Response

from lianxi.engine.messages.routing import NumberRule, Reason, Routing
from lianxi.http.caller import Caller, Forbidden, NotSignedIn, signed_in
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import InvalidRequest, refusals
from lianxi.kernel.ids import CalendarId
from lianxi.modules.routing import changing_centre, facade
from lianxi.modules.routing.changes import hours_from, revision_of
from lianxi.modules.routing.checking import centre_fields
from lianxi.modules.routing.contracts import OpeningHours
from lianxi.modules.routing.editing import REFUSED, Edit, Router
from lianxi.modules.routing.errors import CalendarNotFound, NumberNotFound, StillInUse
from lianxi.modules.routing.shapes import (
    CalendarIn,
    CalendarOut,
    CentreChange,
    CentreOut,
    NumberIn,
    NumberOut,
    ReasonIn,
    ReasonsIn,
    ReasonsOut,
)

router = APIRouter(tags=["routing"])


@router.get(
    "/numbers",
    operation_id="list_numbers",
    response_model=list[NumberOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_numbers(caller: Router, uow: UnitOfWork) -> object:
    """List the numbers and addresses that are answered, each with its flow or queue."""
    return [_number(rule) for rule in await facade.numbers(uow)]


@router.put(
    "/numbers/{number}",
    operation_id="put_number",
    response_model=NumberOut,
    responses=refusals(*REFUSED),
)
async def put_number(number: str, body: NumberIn, caller: Router, edit: Edit) -> object:
    """Say what answers a number: a flow, or a queue."""
    fields = body.model_dump(exclude_unset=True, mode="json")
    async with edit.by(caller) as change:
        return _number(await changing_centre.put_number(change, number, fields))


@router.delete(
    "/numbers/{number}",
    operation_id="remove_number",
    status_code=204,
    responses=refusals(*REFUSED, NumberNotFound),
)
async def remove_number(number: str, caller: Router, edit: Edit) -> Response:
    """Let nothing answer a number any more."""
    async with edit.by(caller) as change:
        await changing_centre.remove_number(change, number)
    return Response(status_code=204)


@router.get(
    "/reasons",
    operation_id="list_reasons",
    response_model=list[ReasonIn],
    responses=refusals(NotSignedIn),
)
async def list_reasons(caller: Annotated[Caller, signed_in()], uow: UnitOfWork) -> object:
    """List the reasons for being not ready."""
    return [msgspec.to_builtins(reason) for reason in await facade.reasons(uow)]


@router.get(
    "/routing/reasons",
    operation_id="get_reasons",
    response_model=ReasonsOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_reasons(caller: Router, uow: UnitOfWork) -> object:
    """Return the reasons with their revision, to be changed."""
    return _reasons(await facade.reasons(uow))


@router.put(
    "/routing/reasons",
    operation_id="put_reasons",
    response_model=ReasonsOut,
    responses=refusals(*REFUSED),
)
async def put_reasons(body: ReasonsIn, caller: Router, edit: Edit) -> object:
    """Set all reasons, in the order of menus; those left out are gone."""
    items = body.model_dump(exclude_unset=True, mode="json")["items"]
    async with edit.by(caller) as change:
        return _reasons(await changing_centre.put_reasons(change, items))


@router.get(
    "/calendars",
    operation_id="list_calendars",
    response_model=list[CalendarOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_calendars(caller: Router, uow: UnitOfWork) -> object:
    """List the opening hours."""
    return [_calendar(hours) for hours in await facade.opening_hours(uow)]


@router.put(
    "/calendars/{calendar_id}",
    operation_id="put_calendar",
    response_model=CalendarOut,
    responses=refusals(*REFUSED),
)
async def put_calendar(
    calendar_id: CalendarId, body: CalendarIn, caller: Router, edit: Edit
) -> object:
    """Set opening hours: by weekday, and the days that do not follow the week."""
    weekly, special = hours_from(
        {day: _pairs(spans) for day, spans in body.weekly.items()},
        {_day(day): _pairs(spans) for day, spans in body.special.items()},
        calendar=calendar_id,
    )
    hours = OpeningHours(
        id=calendar_id,
        name=body.name,
        name_en=body.name_en,
        always=body.always,
        weekly=weekly,
        special=special,
    )
    async with edit.by(caller) as change:
        return _calendar(await changing_centre.put_calendar(change, hours))


@router.delete(
    "/calendars/{calendar_id}",
    operation_id="remove_calendar",
    status_code=204,
    responses=refusals(*REFUSED, CalendarNotFound, StillInUse),
)
async def remove_calendar(calendar_id: CalendarId, caller: Router, edit: Edit) -> Response:
    """Take opening hours away that nothing uses."""
    async with edit.by(caller) as change:
        await changing_centre.remove_calendar(change, calendar_id)
    return Response(status_code=204)


@router.get(
    "/routing",
    operation_id="get_routing",
    response_model=CentreOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def get_routing(caller: Router, uow: UnitOfWork) -> object:
    """Return what holds for the centre as a whole."""
    return _centre(await facade.rules_of_the_centre(uow))


@router.patch(
    "/routing",
    operation_id="change_routing",
    response_model=CentreOut,
    responses=refusals(*REFUSED),
)
async def change_routing(body: CentreChange, caller: Router, edit: Edit) -> object:
    """Change what holds for the centre as a whole; it is in force when this answers."""
    fields = body.model_dump(exclude_unset=True, mode="json")
    async with edit.by(caller) as change:
        return _centre(await changing_centre.change_centre(change, fields))


def _number(rule: NumberRule) -> dict[str, Any]:
    return {**msgspec.to_builtins(rule), "revision": revision_of(rule)}


def _reasons(reasons: list[Reason]) -> dict[str, Any]:
    return {"items": msgspec.to_builtins(reasons), "revision": revision_of(reasons)}


def _centre(routing: Routing) -> dict[str, Any]:
    whole = msgspec.to_builtins(routing)
    fields = {name: whole[name] for name in centre_fields()}
    return {**fields, "revision": revision_of(routing)}


def _calendar(hours: OpeningHours) -> dict[str, Any]:
    return {
        "id": hours.id,
        "name": hours.name,
        "name_en": hours.name_en,
        "always": hours.always,
        "weekly": {
            day: [[span.opens, span.closes] for span in spans]
            for day, spans in hours.weekly.items()
        },
        "special": {
            day.isoformat(): [[span.opens, span.closes] for span in spans]
            for day, spans in hours.special.items()
        },
        "revision": revision_of(hours),
    }


def _pairs(spans: list[list[int]]) -> list[tuple[int, int]]:
    return [(opens, closes) for opens, closes in spans]


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise InvalidRequest(field="body.special", why=f"{text[:40]} is no day") from error
