"""Changes of what is no queue and no agent: numbers, reasons, opening hours, the centre's rules.

As in `changing`: one thing in the caller's transaction, checked together with everything else.
"""

from typing import Any

from lianxi.engine.messages.routing import NumberRule, Reason, Routing
from lianxi.kernel.ids import CalendarId
from lianxi.modules.routing.changes import changed, invalid, typed
from lianxi.modules.routing.changing import Change, settled
from lianxi.modules.routing.checking import Around, problems
from lianxi.modules.routing.contracts import OpeningHours
from lianxi.modules.routing.errors import CalendarNotFound, NumberNotFound
from lianxi.modules.routing.rules import only_centre


async def put_number(change: Change, number: str, fields: dict[str, Any]) -> NumberRule:
    """Say what answers a number: a flow, or a queue.

    Raises:
        ChangedMeanwhile, RoutingInvalid.
    """
    where = f"number:{number}"
    after = typed({**fields, "number": number}, NumberRule, where=where)
    await change.routing.hold()
    before = next((each for each in await change.centre.numbers() if each.number == number), None)
    if before is not None:
        change.is_still(before, where)
    if after != before:
        async with settled(change):
            await change.centre.put_number(after)
            await change.tell(where, before, after)
    return after


async def remove_number(change: Change, number: str) -> None:
    """Nothing answers the number any more.

    Raises:
        NumberNotFound, ChangedMeanwhile.
    """
    where = f"number:{number}"
    await change.routing.hold()
    before = next((each for each in await change.centre.numbers() if each.number == number), None)
    if before is None:
        raise NumberNotFound(number=number)
    change.is_still(before, where)
    async with settled(change):
        await change.centre.remove_number(number)
        await change.tell(where, before, None)


async def put_reasons(change: Change, items: list[dict[str, Any]]) -> list[Reason]:
    """Set every not-ready reason, in the order of menus.

    Raises:
        ChangedMeanwhile, RoutingInvalid.
    """
    after = [typed(each, Reason, where=f"reasons[{n}]") for n, each in enumerate(items)]
    await change.routing.hold()
    before = await change.centre.reasons()
    change.is_still(before, "reasons")
    codes = [reason.code for reason in after]
    if len(set(codes)) != len(codes):
        around = Around(calendars=())
        raise invalid(problems(Routing(reasons=tuple(after)), around))
    if after != before:
        async with settled(change):
            await change.centre.put_reasons(after)
            await change.tell("reasons", before, after)
    return after


async def put_calendar(change: Change, hours: OpeningHours) -> OpeningHours:
    """Set opening hours.

    Raises:
        ChangedMeanwhile, RoutingInvalid.
    """
    where = f"calendar:{hours.id}"
    await change.routing.hold()
    before = next(
        (each for each in await change.centre.opening_hours() if each.id == hours.id), None
    )
    if before is not None:
        change.is_still(before, where)
    if hours != before:
        async with settled(change):
            await change.centre.put_opening_hours(hours)
            await change.tell(where, before, hours)
    return hours


async def remove_calendar(change: Change, identifier: CalendarId) -> None:
    """Take opening hours away.

    Raises:
        CalendarNotFound, ChangedMeanwhile, StillInUse: something uses them.
    """
    where = f"calendar:{identifier}"
    await change.routing.hold()
    found = {each.id: each for each in await change.centre.opening_hours()}
    if identifier not in found:
        raise CalendarNotFound(calendar=identifier)
    change.is_still(found[identifier], where)
    async with settled(change, gone=where):
        await change.centre.remove_opening_hours(identifier)
        await change.tell(where, found[identifier], None)


async def change_centre(change: Change, fields: dict[str, Any]) -> Routing:
    """Change what holds for the centre as a whole.

    Raises:
        ChangedMeanwhile, RoutingInvalid.
    """
    await change.routing.hold()
    before = only_centre(await change.routing.snapshot())
    change.is_still(before, "centre")
    after = changed(before, fields, where="centre")
    if after != before:
        async with settled(change):
            await change.routing.put_rules(after)
            await change.tell("centre", before, after)
    return after
