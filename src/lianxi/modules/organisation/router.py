"""HTTP for the organisation and its first set-up."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.organisation import facade
from lianxi.modules.organisation.book import OrganisationBook
from lianxi.modules.organisation.contracts import Organisation, SetupStep, StepState
from lianxi.modules.organisation.errors import OrganisationChanged

router = APIRouter(tags=["setup"])

Reader = Annotated[Caller, needs(Permission.SYSTEM_READ)]
Admin = Annotated[Caller, needs(Permission.USERS_EDIT)]
Book = Annotated[OrganisationBook, provided(OrganisationBook)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
SecondName = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]


class SetupStepOut(BaseModel):
    """A step of the first set-up; without a state it is open."""

    step: SetupStep
    state: StepState | None
    at: int | None
    by: str
    what: str


class OrganisationOut(BaseModel):
    """The organisation, and its first set-up step by step."""

    name: str
    name_en: str
    language: str
    revision: int
    changed_by: str
    steps: list[SetupStepOut]


class OrganisationIn(BaseModel):
    """What it is called, as it was read at this revision."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    name_en: SecondName = ""
    language: Literal["zh-CN", "en"]
    revision: Annotated[int, Field(ge=0)]


class SetupStepIn(BaseModel):
    """Done or skipped; null opens the step again."""

    model_config = ConfigDict(extra="forbid")

    state: StepState | None
    what: Annotated[str, StringConstraints(max_length=200)] = ""


def out(found: Organisation) -> OrganisationOut:
    """As it is read."""
    steps = []
    for step in SetupStep:
        done = found.steps.get(step)
        steps.append(
            SetupStepOut(
                step=step,
                state=done.state if done else None,
                at=done.at if done else None,
                by=done.by if done else "",
                what=done.what if done else "",
            )
        )
    return OrganisationOut(
        name=found.name, name_en=found.name_en, language=found.language,
        revision=found.revision, changed_by=found.changed_by, steps=steps,
    )  # fmt: skip


@router.get(
    "/organisation",
    operation_id="read_organisation",
    responses=refusals(NotSignedIn, Forbidden),
)
async def read_organisation(caller: Reader, uow: UnitOfWork) -> OrganisationOut:
    """Return what the centre is called and how far its first set-up is."""
    return out(await facade.organisation(uow))


@router.put(
    "/organisation",
    operation_id="name_organisation",
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, OrganisationChanged),
)
async def name_organisation(
    body: OrganisationIn, caller: Admin, uow: UnitOfWork, book: Book, now: Now
) -> OrganisationOut:
    """Say what the centre is called; every page shows it from now on."""
    named = await facade.name(uow, **body.model_dump(), by=caller, at=now)
    await uow.commit()
    book.forget()
    return out(named)


@router.put(
    "/setup/steps/{step}",
    operation_id="mark_setup_step",
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused),
)
async def mark_setup_step(
    step: SetupStep, body: SetupStepIn, caller: Admin, uow: UnitOfWork, now: Now
) -> OrganisationOut:
    """Note that a step of the first set-up is done or skipped, so that it is resumed behind it."""
    return out(await facade.step(uow, step, body.state, what=body.what, by=caller, at=now))
