"""Bodies of requests and answers about flows and prompts."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from lianxi.modules.ivr.contracts import MoveKind

LONGEST_STORY = 200


class FlowBody(BaseModel):
    """A flow: where it starts, and its nodes by name. A node's `type` says what it does."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    start: str
    nodes: Annotated[dict[str, dict[str, Any]], Field(max_length=200)]
    variables: Annotated[list[dict[str, Any]], Field(max_length=100)] = []


class FlowIn(FlowBody):
    """A flow to be published."""

    note: Annotated[str, Field(max_length=200)] = ""
    """Why, for the list of versions."""
    based_on: Annotated[int, Field(ge=0)] | None = None
    """The version that was changed (0: a new flow). When another one is in force by now, nothing
    is published; without it, this one takes the place of whatever is in force."""


class FlowProblemOut(BaseModel):
    """One thing that is wrong with a flow, and what to do."""

    node: str
    reason: str
    what: str
    is_warning: bool
    sentence: str
    sentence_en: str


class NodeCountOut(BaseModel):
    """How contacts went through one node; `left` is by outcome, `caller_gone` the drop-off."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    node: str
    entered: int
    here: int
    left: dict[str, int]


class FlowOut(BaseModel):
    """One version of a flow."""

    id: str
    version: int
    name: str
    start: str
    nodes: dict[str, dict[str, Any]]
    variables: list[dict[str, Any]]
    published_at: int
    published_by: str | None
    note: str = ""


class FlowVersionOut(BaseModel):
    """One line of the list of versions."""

    version: int
    name: str
    nodes: int
    published_at: int
    published_by: str | None
    published_by_name: str
    """Empty: the system itself, or somebody who is no longer known."""
    note: str


class FlowSummaryOut(FlowVersionOut):
    """One flow as it is in force, and what goes through it."""

    id: str
    numbers: list[str]
    """Dialled numbers it answers."""
    called_by: list[str]
    """Flows that walk through this one."""
    entered_today: int
    gone_today: int
    """Callers who hung up within it."""
    errors: int
    """What would keep it from being published today."""
    warnings: int


class PromptOut(BaseModel):
    """One prompt in one language."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    language: str
    duration_ms: int
    is_own: bool


class PromptUseOut(BaseModel):
    """A node of a flow in force that plays a prompt."""

    prompt: str
    flow: str
    node: str


class MoveIn(BaseModel):
    """What a caller on trial does, or what the world answers."""

    kind: MoveKind
    key: Annotated[str, Field(pattern=r"^[0-9*#]?$")] = ""
    values: Annotated[dict[str, bool | int | float | str], Field(max_length=50)] = {}


class StoryIn(BaseModel):
    """A draft, a caller and what is done, from the beginning."""

    flow: FlowBody
    at: Annotated[int, Field(ge=0, le=4_102_444_800_000)] | None = None
    """Epoch milliseconds; now when left out."""
    caller: Annotated[str, Field(pattern=r"^[0-9+]{0,20}$")] = "13800138000"
    dialled: Annotated[str, Field(pattern=r"^[0-9*#]{0,20}$")] = ""
    moves: Annotated[list[MoveIn], Field(max_length=LONGEST_STORY)] = []


class WalkStepOut(BaseModel):
    """One thing that happened on the way."""

    model_config = ConfigDict(from_attributes=True)

    at: int
    kind: str
    flow: str | None
    node: str | None
    what: str
    prompts: list[str]
    values: dict[str, bool | int | float | str]


class RehearsalOut(BaseModel):
    """What a story comes to, and what is waited for."""

    model_config = ConfigDict(from_attributes=True)

    steps: list[WalkStepOut]
    waits_for: str
    """`key`, `answer`, or empty: the flow is over for this caller."""
    node: str | None
    asked: str
    fields: list[str]
    values: dict[str, bool | int | float | str]
    unused: int
