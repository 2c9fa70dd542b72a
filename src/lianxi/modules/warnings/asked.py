"""What people ask of complaint warnings over HTTP."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

OneLine = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Words = Annotated[str, StringConstraints(max_length=5_000, strip_whitespace=True)]


class WarningIn(BaseModel):
    """A work order that is a complaint in scope, and why."""

    model_config = ConfigDict(extra="forbid")

    case: OneLine
    store: OneLine = ""
    reason: Words


class WarningEventIn(BaseModel):
    """An event that a person wants to happen, and the revision that was read."""

    model_config = ConfigDict(extra="forbid")

    event: OneLine
    text: Words = ""
    answers: dict[str, Any] = {}
    satisfied: bool | None = None
    revision: int | None = None
