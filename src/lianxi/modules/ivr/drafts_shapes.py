"""Bodies of requests and answers about drafts of flows, planned versions, and what flows name."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from lianxi.modules.ivr.shapes import FlowIn

LATEST = 9_007_199_254_740_991
"""The last whole number that a browser keeps exactly."""


class FlowDrawn(BaseModel):
    """A flow as it is being drawn: it need not hold together yet."""

    name: Annotated[str, Field(max_length=80)]
    start: Annotated[str, Field(max_length=80)]
    nodes: Annotated[dict[str, dict[str, Any]], Field(max_length=200)]
    variables: Annotated[list[dict[str, Any]], Field(max_length=100)] = []


class FlowDraftIn(BaseModel):
    """What a person has drawn so far."""

    flow: FlowDrawn
    based_on: Annotated[int, Field(ge=0, le=2_147_483_647)]
    """The version it was begun from; 0: a new flow."""
    revision: Annotated[int, Field(ge=0, le=LATEST)] = 0
    """The revision of this draft that it comes after; 0: there is none yet."""


class FlowDraftLine(BaseModel):
    """Somebody is drawing a flow."""

    id: str
    """The flow."""
    name: str
    person: str
    person_name: str
    is_own: bool
    is_at_it: bool
    """Saved so lately that the person is drawing now."""
    based_on: int
    revision: int
    saved_at: int


class FlowDraftOut(FlowDraftLine):
    """A draft with what was drawn."""

    flow: FlowDrawn


class FlowPlanIn(FlowIn):
    """A flow that is to come into force later."""

    based_on: Annotated[int, Field(ge=0)]
    due_at: Annotated[int, Field(ge=0, le=LATEST)]
    """Epoch milliseconds, within a year."""


class FlowPlanOut(BaseModel):
    """A version that comes into force at a set time, or was refused when it came."""

    plan: int
    id: str
    """The flow."""
    name: str
    based_on: int
    due_at: int
    note: str
    planned_by: str | None
    planned_by_name: str
    planned_at: int
    state: str
    """`waiting`, or `refused`: its time came and it could not be published."""
    refusal: str | None
    """The code of what kept it from being published."""
    refusal_facts: dict[str, bool | int | str | None]
    flow: FlowDrawn


class NamedOut(BaseModel):
    """Something that flows refer to, by its id."""

    id: str
    name: str
    name_en: str = ""


class NumberLedOut(BaseModel):
    """A dialled number and the flow it leads to."""

    number: str
    flow: str


class FlowAroundOut(BaseModel):
    """What flows refer to, by name."""

    queues: list[NamedOut]
    calendars: list[NamedOut]
    agents: list[NamedOut]
    connectors: list[NamedOut]
    skills: list[str]
    numbers: list[NumberLedOut]
