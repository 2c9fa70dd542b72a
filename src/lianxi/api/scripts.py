"""HTTP of scripts, for those who write them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.api.live.hub import Hub
from lianxi.api.live.topics import sight_of
from lianxi.api.script_shapes import (
    ScriptContent,
    ScriptOut,
    ScriptPlaceOut,
    ScriptPlaces,
    ScriptPublish,
    ScriptVersionOut,
    script_out,
)
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import QueueId
from lianxi.kernel.time import Instant
from lianxi.modules.scripts import facade
from lianxi.modules.scripts.contracts import Script
from lianxi.modules.scripts.errors import (
    ScriptChangedMeanwhile,
    ScriptInvalid,
    ScriptNotFound,
    ScriptUnchanged,
)
from lianxi.modules.scripts.seed import PRESET

router = APIRouter(prefix="/scripts", tags=["scripts"])

WEEK_MS = 7 * 86_400_000

HubPart = Annotated[Hub, provided(Hub)]
Editor = Annotated[Caller, needs(Permission.SCRIPTS_EDIT)]
IfMatch = Annotated[str | None, Header(alias="If-Match")]


class Editing:
    """A person who writes scripts: when, and of which queues."""

    def __init__(self, caller: Editor, hub: HubPart, uow: UnitOfWork, now: Now) -> None:
        self.caller = caller
        self.session: AsyncSession = uow
        self.at: Instant = now
        state = hub.centre.state
        sight = sight_of(caller)
        self.queues: set[QueueId] = sight.queues(state)
        self.numbers = {rule.number for rule in state.routing.numbers} if sight.is_all else set()
        self.is_all = sight.is_all
        self.shown = [
            ScriptPlaceOut(id=queue.id, name=queue.name, name_en=queue.name_en)
            for queue in state.routing.queues
            if queue.id in self.queues
        ]

    def sees(self, script: Script) -> bool:
        """Whether the script is theirs: all of them, or only of queues of the own team."""
        return self.is_all or facade.is_within(script, self.queues)

    async def script(self, identifier: str) -> Script:
        """A script that is theirs.

        Raises:
            ScriptNotFound: also for one that is not.
        """
        found = await facade.script(self.session, identifier, at=self.at)
        if not self.sees(found):
            raise ScriptNotFound(script=identifier)
        return found

    async def out(self, *scripts: Script) -> list[ScriptOut]:
        """As they are shown."""
        said = await facade.said_since(self.session, Instant(self.at - WEEK_MS))
        return [script_out(each, said.get(each.id, 0)) for each in scripts]


Edit = Annotated[Editing, Depends()]


@router.get("", operation_id="list_scripts", responses=refusals(NotSignedIn, Forbidden))
async def list_scripts(edit: Edit) -> list[ScriptOut]:
    """List the scripts you may edit, each with its draft and what agents read."""
    found = await facade.scripts(edit.session, at=edit.at)
    return await edit.out(*(each for each in found if edit.sees(each)))


@router.get(
    "/preset", operation_id="read_script_preset", responses=refusals(NotSignedIn, Forbidden)
)
async def read_script_preset(caller: Editor) -> ScriptContent:
    """Return the phrases of the hotline, to begin a script with."""
    return ScriptContent.model_validate(PRESET)


@router.get(
    "/places", operation_id="list_script_places", responses=refusals(NotSignedIn, Forbidden)
)
async def list_script_places(edit: Edit) -> ScriptPlaces:
    """List the queues and numbers that your scripts may belong to."""
    return ScriptPlaces(queues=edit.shown, numbers=sorted(edit.numbers))


@router.get(
    "/{script_id}",
    operation_id="get_script",
    responses=refusals(NotSignedIn, Forbidden, ScriptNotFound),
)
async def get_script(script_id: str, edit: Edit) -> ScriptOut:
    """Read a script."""
    return (await edit.out(await edit.script(script_id)))[0]


@router.post(
    "",
    operation_id="add_script",
    status_code=201,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, ScriptInvalid),
)
async def add_script(body: ScriptContent, edit: Edit) -> ScriptOut:
    """Make a script; agents see it when it is published."""
    made = await facade.add(
        edit.session, body.content(), queues=edit.queues, numbers=edit.numbers,
        at=edit.at, by=edit.caller,
    )  # fmt: skip
    return (await edit.out(made))[0]


@router.put(
    "/{script_id}",
    operation_id="change_script",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, ScriptNotFound, ScriptInvalid, ScriptChangedMeanwhile
    ),
)
async def change_script(
    script_id: str, body: ScriptContent, edit: Edit, if_match: IfMatch = None
) -> ScriptOut:
    """Change a draft; what agents read stays as it is until it is published."""
    await edit.script(script_id)
    changed = await facade.change(
        edit.session, script_id, body.content(), revision=_revision(if_match),
        queues=edit.queues, numbers=edit.numbers, at=edit.at, by=edit.caller,
    )  # fmt: skip
    return (await edit.out(changed))[0]


def _revision(if_match: str | None) -> int | None:
    given = (if_match or "").strip().removeprefix("W/").strip('"')
    if given in {"", "*"}:
        return None
    # What is no number is the revision of nothing.
    return int(given) if given.isdecimal() else -1


@router.delete(
    "/{script_id}",
    operation_id="withdraw_script",
    status_code=204,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, ScriptNotFound),
)
async def withdraw_script(script_id: str, edit: Edit) -> Response:
    """Show a script to nobody any more; statements in records keep their words."""
    await edit.script(script_id)
    await facade.withdraw(edit.session, script_id, at=edit.at, by=edit.caller)
    return Response(status_code=204)


@router.get(
    "/{script_id}/versions",
    operation_id="list_script_versions",
    responses=refusals(NotSignedIn, Forbidden, ScriptNotFound),
)
async def list_script_versions(script_id: str, edit: Edit) -> list[ScriptVersionOut]:
    """List every version of a script, the newest first."""
    found = await edit.script(script_id)
    return [ScriptVersionOut.model_validate(each) for each in found.versions]


@router.post(
    "/{script_id}/publish",
    operation_id="publish_script",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, ScriptNotFound, ScriptInvalid,
        ScriptChangedMeanwhile, ScriptUnchanged,
    ),
)  # fmt: skip
async def publish_script(script_id: str, body: ScriptPublish, edit: Edit) -> ScriptOut:
    """Let agents read the draft, from now or from a later moment on. A version never changes."""
    await edit.script(script_id)
    published = await facade.publish(
        edit.session, script_id, revision=int(body.revision), note=body.note,
        effective_at=None if body.effective_at is None else Instant(body.effective_at),
        at=edit.at, by=edit.caller,
    )  # fmt: skip
    return (await edit.out(published))[0]
