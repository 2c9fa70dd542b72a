"""Shapes of scripts, as they go over HTTP."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.ids import QueueId
from lianxi.modules.scripts.contracts import (
    Answer,
    Calls,
    Content,
    Fills,
    Said,
    Script,
    Step,
    StepClock,
    StepKind,
    Version,
)

Name = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=1000)]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,40}$")]
Place = Annotated[str, Field(max_length=60)]


class _Shaped(BaseModel):
    model_config = ConfigDict(from_attributes=True, extra="forbid")


class ScriptAnswer(_Shaped):
    """One answer of a branch; `to` is "" for the next step, `end`, or the id of a later step."""

    text: Annotated[str, StringConstraints(max_length=200)]
    text_en: Annotated[str, StringConstraints(max_length=200)]
    to: StepId


class ScriptStep(_Shaped):
    """One step; `then` as `to` of an answer, `after_s` in seconds."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,40}$")]
    kind: StepKind
    text: Text
    text_en: Text
    calls: Calls
    fills: Fills
    then: StepId
    answers: Annotated[list[ScriptAnswer], Field(max_length=9)]
    clock: StepClock
    after_s: Annotated[int, Field(ge=0, le=3600)]


class ScriptContent(_Shaped):
    """What a script says, and where."""

    name: Name
    name_en: Name
    queues: Annotated[list[QueueId], Field(max_length=500)]
    numbers: Annotated[list[Place], Field(max_length=500)]
    steps: Annotated[list[ScriptStep], Field(max_length=100)]

    def content(self) -> Content:
        """As the module takes it."""
        return Content(
            name=self.name,
            name_en=self.name_en,
            queues=tuple(self.queues),
            numbers=tuple(self.numbers),
            steps=tuple(_step(step) for step in self.steps),
        )


def _step(step: ScriptStep) -> Step:
    fields = step.model_dump(exclude={"answers"})
    answers = tuple(Answer(**answer.model_dump()) for answer in step.answers)
    return Step(**fields, answers=answers)


class ScriptVersionOut(_Shaped):
    """A published version; instants are epoch milliseconds."""

    script: str
    version: int
    content: ScriptContent
    effective_at: int
    published_at: int
    published_by: str
    note: str


class ScriptOut(ScriptContent):
    """A script: its draft, and what agents read now and later."""

    id: str
    revision: Annotated[str, Field(description="Changes with every change; give it as If-Match.")]
    changed_at: int
    changed_by: str
    current: ScriptVersionOut | None
    coming: ScriptVersionOut | None
    said: int
    """Contacts of the last seven days with a mandatory statement of it."""


class ScriptPublish(BaseModel):
    """From when on; null = now. Which draft was read, and why it is published."""

    model_config = ConfigDict(extra="forbid")

    revision: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")]
    effective_at: Annotated[int, Field(ge=0, le=4_102_444_800_000)] | None = None
    note: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class ScriptPlaceOut(BaseModel):
    """A queue that a script may belong to."""

    id: str
    name: str
    name_en: str


class ScriptPlaces(BaseModel):
    """Where scripts may belong to."""

    queues: list[ScriptPlaceOut]
    numbers: list[str]


class StatementIn(BaseModel):
    """A mandatory statement that was just made."""

    model_config = ConfigDict(extra="forbid")

    script: Annotated[str, Field(max_length=40)]
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    step: Annotated[str, Field(max_length=40)]


class StatementOut(BaseModel):
    """A mandatory statement; `offset_s` is seconds since the customer was connected."""

    script: str
    script_name: str
    script_name_en: str
    version: int
    step: str
    text: str
    text_en: str
    agent: str
    agent_name: str
    offset_s: int
    at: int


class DeskScripts(BaseModel):
    """What an agent reads in a contact, the likeliest first, and what was stated in it."""

    outbound: bool
    scripts: list[ScriptVersionOut]
    said: list[StatementOut]


def script_out(script: Script, said: int) -> ScriptOut:
    """As it is edited."""
    draft = ScriptContent.model_validate(script.draft)
    return ScriptOut(
        **draft.model_dump(),
        id=script.id,
        revision=str(script.revision),
        changed_at=script.changed_at,
        changed_by=script.changed_by,
        current=version_out(script.current),
        coming=version_out(script.coming),
        said=said,
    )


def version_out(version: Version | None) -> ScriptVersionOut | None:
    """As it is read."""
    return None if version is None else ScriptVersionOut.model_validate(version)


def statement_out(said: Said, agent_name: str) -> StatementOut:
    """As it is shown."""
    made = said.statement
    return StatementOut(
        script=made.script, script_name=said.script_name, script_name_en=said.script_name_en,
        version=made.version, step=made.step, text=said.text, text_en=said.text_en,
        agent=made.agent, agent_name=agent_name, offset_s=made.offset_s, at=made.at,
    )  # fmt: skip
