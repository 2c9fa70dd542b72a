"""HTTP for what work orders are made and dispatched by: types, areas, catalogue, presets."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import AreaId
from lianxi.modules.cases import errors, presets, setting_up
from lianxi.modules.cases.choice_shapes import CasePresetBringsOut, CaseSetupChoicesOut
from lianxi.modules.cases.setup_repository import CaseSetupRepository
from lianxi.modules.cases.setup_shapes import (
    CasePresetIn,
    CasePresetLoadedOut,
    CaseTypeIn,
    CaseTypeOut,
    DispatchRuleIn,
    DispatchRuleOut,
    Key,
    Name,
    WorkAreaIn,
    WorkAreaOut,
)
from lianxi.modules.identity import facade as identity
from lianxi.modules.routing import facade as routing
from lianxi.office.deadlines import facade as deadlines
from lianxi.office.deadlines.errors import DeadlineChanged, DeadlineRefused
from lianxi.office.form.errors import FormChanged, FormNotFound, FormRefused

router = APIRouter(tags=["case setup"])

Reader = Annotated[Caller, needs(Permission.CASES_READ)]
Editor = Annotated[Caller, needs(Permission.CASES_EDIT)]


@router.get(
    "/case-setup-choices",
    operation_id="list_case_setup_choices",
    response_model=CaseSetupChoicesOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_case_setup_choices(caller: Editor, uow: UnitOfWork) -> object:
    """Whom work areas may name, and which opening hours deadlines may be counted by."""
    return CaseSetupChoicesOut.of(await identity.users(uow), await routing.opening_hours(uow))


@router.get(
    "/case-types",
    operation_id="list_case_types",
    response_model=list[CaseTypeOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_case_types(caller: Reader, uow: UnitOfWork) -> object:
    """Every type of work orders in its order, those switched off too, and where each is used."""
    repository = CaseSetupRepository(uow)
    open = await repository.open_by_kind()
    rules = Counter(rule.kind for rule in await repository.catalogue())
    limits = Counter(rule.kind for rule in await deadlines.every(uow, "wo."))
    return [
        CaseTypeOut.of(
            type,
            open=open.get(type.kind, 0),
            rules=rules[type.kind],
            deadlines=limits[type.kind],
        )
        for type in await repository.types()
    ]


@router.put(
    "/case-types/{kind}",
    operation_id="put_case_type",
    response_model=CaseTypeOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupChanged, errors.CaseSetupInvalid,
        FormNotFound,
    ),
)  # fmt: skip
async def put_case_type(
    kind: Annotated[Key, Path()], body: CaseTypeIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Make a type (revision 0), or change one as it was read."""
    return CaseTypeOut.of(await setting_up.put_type(uow, body.made(kind), by=caller, at=now))


@router.get(
    "/work-areas",
    operation_id="list_work_areas",
    response_model=list[WorkAreaOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_work_areas(caller: Reader, uow: UnitOfWork) -> object:
    """Every work area by name, those switched off too, and where each is used."""
    repository = CaseSetupRepository(uow)
    open = await repository.open_by_area()
    rules = Counter(rule.area for rule in await repository.catalogue())
    return [
        WorkAreaOut.of(area, open=open.get(area.id, 0), rules=rules[area.id])
        for area in await repository.areas()
    ]


@router.put(
    "/work-areas/{area_id}",
    operation_id="put_work_area",
    response_model=WorkAreaOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupChanged, errors.CaseSetupInvalid,
        errors.AreaInUse,
    ),
)  # fmt: skip
async def put_work_area(
    area_id: Annotated[Key, Path()], body: WorkAreaIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Make a work area (revision 0), or change one as it was read."""
    return WorkAreaOut.of(await setting_up.put_area(uow, body.made(area_id), by=caller, at=now))


@router.get(
    "/dispatch-catalogue",
    operation_id="list_dispatch_rules",
    response_model=list[DispatchRuleOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_dispatch_rules(caller: Reader, uow: UnitOfWork) -> object:
    """Which area handles what: a rule for the kind before one for any, the longest place first."""
    return [DispatchRuleOut.of(rule) for rule in await CaseSetupRepository(uow).catalogue()]


@router.put(
    "/dispatch-catalogue",
    operation_id="put_dispatch_rule",
    response_model=DispatchRuleOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupChanged, errors.AreaNotFound,
        errors.CaseTypeNotFound,
    ),
)  # fmt: skip
async def put_dispatch_rule(
    body: DispatchRuleIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Add a rule to the catalogue, or give it another area."""
    was = AreaId(body.was) if body.was else None
    made = await setting_up.put_rule(
        uow, body.kind, body.place, AreaId(body.area), was=was, by=caller, at=now
    )
    return DispatchRuleOut.of(made)


@router.delete(
    "/dispatch-catalogue/{rule_id}",
    operation_id="drop_dispatch_rule",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, errors.CaseSetupChanged),
)
async def drop_dispatch_rule(
    rule_id: int, was: Annotated[Name, Query()], caller: Editor, uow: UnitOfWork, now: Now
) -> Response:
    """Take a rule out of the catalogue; `was` is the area that was read."""
    await setting_up.drop_rule(uow, rule_id, was=AreaId(was), by=caller, at=now)
    return Response(status_code=204)


@router.get(
    "/case-presets",
    operation_id="list_case_presets",
    response_model=list[CasePresetBringsOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_case_presets(caller: Editor) -> object:
    """What there is to begin with."""
    return [CasePresetBringsOut.of(presets.preset(name)) for name in presets.NAMES]


@router.post(
    "/case-presets/{name}",
    operation_id="load_case_preset",
    response_model=CasePresetLoadedOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.PresetNotFound, errors.CaseSetupInvalid,
        DeadlineRefused, DeadlineChanged, FormRefused, FormChanged,
    ),
)  # fmt: skip
async def load_case_preset(
    name: Annotated[Name, Path()], body: CasePresetIn, caller: Editor, uow: UnitOfWork, now: Now
) -> object:
    """Add what a preset has and the centre has not; what people have set stays."""
    return await presets.load(uow, name, calendar=body.calendar, by=caller, at=now)
