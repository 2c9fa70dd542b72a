"""Names for work orders: whom they name, who may be given one, the customers, and what the setup
and its deadlines are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import AreaId, CaseId, UserId
from lianxi.modules.cases.contracts import Case, DispatchOutcome
from lianxi.modules.cases.listed import CaseLine
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.customers import facade as customers
from lianxi.modules.identity import facade as identity
from lianxi.modules.identity.contracts import User

Name = tuple[str, str]
"""Chinese and English."""

DEADLINES: Final[Mapping[str, Name]] = {
    "wo.resolve": ("办结", "Complete"),
    "wo.dispatch": ("派单", "Dispatch"),
    "wo.accept": ("签收", "Accept"),
    "wo.arrive": ("到达现场", "Arrive"),
    "wo.explain": ("误派说明", "Explain return"),
    "wo.callback": ("回访", "Call back"),
    "wo.audit": ("审核", "Review"),
}
"""Clocks that the flow of work orders starts, and their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What is called how, by id."""

    types: Mapping[str, Name]
    areas: Mapping[AreaId, Name]
    deadlines: Mapping[str, Name] = field(default_factory=lambda: DEADLINES)


async def people_of(session: AsyncSession, case: Case) -> tuple[list[User], list[User]]:
    """Everybody a work order names; and, of the areas that have it, those with an open account."""
    setup = CaseSetupRepository(session)
    staff: set[UserId] = set()
    for dispatch in case.dispatches:
        if dispatch.round == case.round and dispatch.outcome is DispatchOutcome.ACTIVE:
            area = await setup.area(dispatch.area)
            staff.update(area.staff if area else ())
    found = await identity.some(session, _named(case) | staff)
    named = _named(case)
    return (
        [user for user in found if user.id in named],
        [user for user in found if user.id in staff and user.disabled_at is None],
    )


async def customer_names(
    session: AsyncSession, lines: Sequence[CaseLine], caller: Caller
) -> dict[CaseId, str]:
    """The customer's name of each line, as far as the person may see it."""
    ids = {line.customer for line in lines if line.customer is not None}
    names = await customers.names(session, ids, caller) if ids else {}
    return {line.id: names.get(line.customer, "") for line in lines if line.customer is not None}


async def named(session: AsyncSession) -> Named:
    """What everything of the setup is called, also what is no longer used."""
    setup = CaseSetupRepository(session)
    return Named(
        types={type.kind: (type.zh, type.en or type.zh) for type in await setup.types()},
        areas={area.id: (area.zh, area.en or area.zh) for area in await setup.areas()},
    )


def _named(case: Case) -> set[UserId]:
    extension = (case.extension.by,) if case.extension else ()
    each: list[UserId | None] = [
        case.opened_by,
        *extension,
        *(one.by for one in case.dispatches),
        *(one.person for one in case.dispatches),
        *(one.by for one in case.handlings),
        *(one.by for one in case.callbacks),
        *(one.by for one in case.reviews),
    ]
    return {user for user in each if user is not None}
