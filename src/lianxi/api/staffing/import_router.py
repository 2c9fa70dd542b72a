"""HTTP for lists of people: the template, what a list would do, and taking it in."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

import msgspec
import structlog
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from lianxi.api.staffing import importing, sheet
from lianxi.api.staffing.importing import Progress, Step, Taken
from lianxi.api.staffing.planning import Flaw, What
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn
from lianxi.http.deps import Now, Sessions, UnitOfWork, provided
from lianxi.http.errors import InternalError, refusals
from lianxi.kernel.errors import Rejection
from lianxi.modules.identity.contracts import AgentDirectory
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.routing.changing import Change
from lianxi.modules.routing.contracts import KnowsPrompts, Publishes
from lianxi.modules.routing.editing import Staffer
from lianxi.office.imports.errors import (
    ListColumnsMissing,
    ListHasErrors,
    ListTooLong,
    ListUnreadable,
)
from lianxi.office.imports.sheet import Line

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/staff-list", tags=["users"])

_REFUSED = refusals(
    NotSignedIn, Forbidden, CsrfRefused, ListUnreadable, ListColumnsMissing, ListTooLong
)
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class StaffListProblem(BaseModel):
    """What is wrong with a cell."""

    model_config = ConfigDict(from_attributes=True)

    column: str
    flaw: Flaw
    given: str


class StaffListLine(BaseModel):
    """What would become of a line."""

    model_config = ConfigDict(from_attributes=True)

    line: int
    number: str
    username: str
    name: str
    what: What
    problems: list[StaffListProblem]
    changes: list[str]


class StaffListPlan(BaseModel):
    """What a list would do. Nothing is stored."""

    new: int
    changed: int
    same: int
    wrong: int
    lines: list[StaffListLine]


@router.get(
    "/template", operation_id="get_staff_template", responses=refusals(NotSignedIn, Forbidden)
)
async def get_staff_template(
    caller: Staffer, format: Literal["xlsx", "csv"] = "xlsx", language: Literal["zh", "en"] = "zh"
) -> Response:
    """An empty list with its headings."""
    make = sheet.template_xlsx if format == "xlsx" else sheet.template_csv
    content = await asyncio.to_thread(make, in_english=language == "en")
    name = f"people.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=_KINDS[format], headers=headers)


@router.post("/check", operation_id="check_staff_list", responses=_REFUSED, openapi_extra=_BODY)
async def check_staff_list(request: Request, caller: Staffer, uow: UnitOfWork) -> StaffListPlan:
    """Say line by line what a list (XLSX or CSV, the file as the body) would do."""
    lines = await asyncio.to_thread(sheet.read, await request.body())
    planned = await importing.plan(uow, lines, by=caller)
    counts = {what: sum(each.what is what for each in planned) for what in What}
    return StaffListPlan(
        new=counts[What.NEW],
        changed=counts[What.CHANGED],
        same=counts[What.SAME],
        wrong=counts[What.WRONG],
        lines=[StaffListLine.model_validate(each) for each in planned],
    )


class Taking:
    """Takes one list in; says how far it is as lines of JSON."""

    def __init__(
        self,
        sessions: Sessions,
        now: Now,
        publisher: Annotated[Publishes, provided(Publishes)],
        prompts: Annotated[KnowsPrompts, provided(KnowsPrompts)],
        passwords: Annotated[Passwords, provided(Passwords)],
        agents: Annotated[AgentDirectory, provided(AgentDirectory)],
        web_sessions: Annotated[WebSessions, provided(WebSessions)],
    ) -> None:
        self._sessions = sessions
        self._now = now
        self._publisher = publisher
        self._prompts = prompts
        self._passwords = passwords
        self._agents = agents
        self._web_sessions = web_sessions

    async def check(self, caller: Caller, lines: list[Line], *, only_good: bool) -> None:
        """Refuse a list with errors before anything is begun.

        Raises:
            ListHasErrors.
        """
        async with self._sessions() as session:
            planned = await importing.plan(session, lines, by=caller)
            importing.refuse_errors(planned, only_good=only_good)

    async def run(
        self, caller: Staffer, lines: list[Line], *, only_good: bool
    ) -> AsyncIterator[bytes]:
        """Lines of JSON: steps, then `result` or `problem`."""
        taken = Taken()
        try:
            async with self._sessions.begin() as session:
                change = Change(session=session, by=caller, at=self._now, prompts=self._prompts)
                async for progress in importing.take(
                    change, lines, taken, only_good=only_good, passwords=self._passwords,
                    agents=self._agents,
                ):  # fmt: skip
                    yield _line(progress)
        except Rejection as error:
            yield _problem(error)
            return
        except Exception as error:
            # The answer has begun, so it must end with a line that says so; the log has the trace.
            log.exception("staff_list.failed", exc_info=error)
            yield _problem(InternalError(request=""))
            return
        for user in taken.changed:
            self._web_sessions.forget(user=user)
        yield _line(Progress(step=Step.IN_FORCE, done=0, of=1))
        is_in_force = await self._published()
        yield _result(taken, is_in_force=is_in_force)

    async def _published(self) -> bool:
        """Whether it is in force; if not it is stored all the same, and will be asked for again."""
        try:
            await self._publisher.publish()
        except Rejection as error:
            log.warning("staff_list.not_in_force", code=error.code)
            return False
        return True


@router.post(
    "",
    operation_id="take_staff_list",
    response_class=StreamingResponse,
    responses={
        **_REFUSED,
        **refusals(ListUnreadable, ListColumnsMissing, ListTooLong, ListHasErrors),
        200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}},
    },
    openapi_extra=_BODY,
)
async def take_staff_list(
    request: Request, caller: Staffer, taking: Annotated[Taking, Depends()], only_good: bool = False
) -> StreamingResponse:
    """Take a list in. The answer is lines of JSON: `step` with `done` and `of`, at the end
    `result` with the first passwords of new people, said once and kept nowhere, or `problem`. The
    same list again changes nothing."""
    lines = await asyncio.to_thread(sheet.read, await request.body())
    await taking.check(caller, lines, only_good=only_good)
    return StreamingResponse(
        taking.run(caller, lines, only_good=only_good), media_type="application/x-ndjson"
    )


def _line(progress: Progress) -> bytes:
    return msgspec.json.encode(progress) + b"\n"


def _problem(error: Rejection) -> bytes:
    problem = {"code": error.code, "detail": error.sentence, "facts": error.facts}
    return msgspec.json.encode({"problem": problem}) + b"\n"


def _result(taken: Taken, *, is_in_force: bool) -> bytes:
    result = {
        **{what.value: taken.counts[what] for what in What},
        "in_force": is_in_force,
        "joined": taken.joined,
    }
    return msgspec.json.encode({"result": result}) + b"\n"
