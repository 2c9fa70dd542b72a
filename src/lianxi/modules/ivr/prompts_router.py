"""HTTP for prompts: what callers hear, listened to, replaced and taken back."""

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse

from lianxi.http.caller import Caller, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.modules.ivr import facade
from lianxi.modules.ivr.errors import (
    PromptInUse,
    PromptLengthInvalid,
    PromptNameInvalid,
    PromptNotFound,
    PromptSilent,
    PromptUnreadable,
)
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.ivr.shapes import PromptOut, PromptUseOut
from lianxi.modules.ivr.sound import line_wav
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(tags=["flows"])

Reader = Annotated[Caller, needs(Permission.FLOWS_READ)]
Editor = Annotated[Caller, needs(Permission.FLOWS_EDIT)]
PromptsPart = Annotated[Prompts, provided(Prompts)]
Language = Literal["zh", "en"]

_WAV_BODY = {
    "requestBody": {
        "required": True,
        "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_WAV_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get(
    "/prompts",
    operation_id="list_prompts",
    response_model=list[PromptOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_prompts(caller: Reader, prompts: PromptsPart) -> object:
    """List every prompt in every language."""
    return await asyncio.to_thread(prompts.all)


@router.put(
    "/prompts/{name}",
    operation_id="replace_prompt",
    response_model=PromptOut,
    responses=refusals(
        NotSignedIn, Forbidden, PromptNameInvalid, PromptUnreadable, PromptLengthInvalid,
        PromptSilent,
    ),
    openapi_extra=_WAV_BODY,
)  # fmt: skip
async def replace_prompt(
    name: str,
    request: Request,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    prompts: PromptsPart,
    language: Language = "zh",
) -> object:
    """Replace a prompt by a recording of the centre's own, sent as a WAV file."""
    content, duration_ms = await asyncio.to_thread(line_wav, await request.body())
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.PROMPT_REPLACED,
        object=f"prompt:{language}/{name}"[:100],
        facts={"duration_ms": duration_ms},
    )
    # Before the commit: a file that cannot be written leaves no row that says it was.
    await asyncio.to_thread(prompts.put, name, language, content)
    return {"name": name, "language": language, "duration_ms": duration_ms, "is_own": True}


@router.get(
    "/prompts/{name}",
    operation_id="hear_prompt",
    response_class=FileResponse,
    responses={**_WAV_ANSWER, **refusals(NotSignedIn, Forbidden, PromptNotFound)},
)
async def hear_prompt(
    name: str, caller: Reader, prompts: PromptsPart, language: Language = "zh"
) -> FileResponse:
    """Return the sound of a prompt, as callers hear it."""
    path = await asyncio.to_thread(prompts.path, name, language)
    return FileResponse(path, media_type="audio/wav", headers={"Cache-Control": "no-store"})


@router.delete(
    "/prompts/{name}",
    operation_id="drop_prompt",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, PromptNotFound, PromptInUse),
)
async def drop_prompt(
    name: str,
    caller: Editor,
    uow: UnitOfWork,
    now: Now,
    prompts: PromptsPart,
    language: Language = "zh",
) -> None:
    """Take back the centre's own recording: the one that came along is played again, if any."""
    await facade.check_droppable(uow, name, language, prompts=prompts)
    await audit.record(
        uow, at=now, who=caller, act=Act.PROMPT_DROPPED, object=f"prompt:{language}/{name}"[:100]
    )
    await asyncio.to_thread(prompts.drop, name, language)


@router.get(
    "/prompt-uses",
    operation_id="list_prompt_uses",
    response_model=list[PromptUseOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_prompt_uses(caller: Reader, uow: UnitOfWork) -> object:
    """List which nodes of the flows in force play which prompts."""
    return [
        {"prompt": prompt, "flow": flow, "node": node}
        for prompt, flow, node in await facade.uses(uow)
    ]
