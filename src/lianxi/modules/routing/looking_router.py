"""HTTP for what follows from the routing: each queue's rule in a sentence, and the skills."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from lianxi.http.caller import Forbidden, NotSignedIn
from lianxi.http.deps import UnitOfWork
from lianxi.http.errors import refusals
from lianxi.modules.routing import facade
from lianxi.modules.routing.editing import Router, Staffer

router = APIRouter(tags=["routing"])


class EffectiveRule(BaseModel):
    """What a queue does, in one sentence of each language."""

    queue: str
    zh: str
    en: str


class SkillHolder(BaseModel):
    """An agent who has a skill."""

    agent: str
    level: Annotated[int, Field(description="1..10")]


class SkillNeededOut(BaseModel):
    """A step of a flow that asks for a skill."""

    flow: str
    name: str
    node: str
    level: Annotated[int, Field(description="At least, 1..10.")]


class SkillOut(BaseModel):
    """A skill: who has it, and which flows ask for it."""

    skill: str
    agents: list[SkillHolder]
    needed_by: list[SkillNeededOut]


@router.get(
    "/routing/effective",
    operation_id="list_effective_rules",
    response_model=list[EffectiveRule],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_effective_rules(caller: Router, uow: UnitOfWork) -> object:
    """Say what each queue does, in one sentence, in the order of lists."""
    found = await facade.effective_rules(uow)
    return [{"queue": queue, "zh": said.zh, "en": said.en} for queue, said in found.items()]


@router.get(
    "/skills",
    operation_id="list_skills",
    response_model=list[SkillOut],
    responses=refusals(NotSignedIn, Forbidden),
)
async def list_skills(caller: Staffer, uow: UnitOfWork) -> object:
    """List the skills that somebody has or a flow asks for."""
    return [
        {
            "skill": each.skill,
            "agents": [{"agent": agent, "level": level} for agent, level in each.agents],
            "needed_by": [
                {"flow": need.flow, "name": need.name, "node": need.node, "level": need.level}
                for need in each.needed_by
            ],
        }
        for each in await facade.skills(uow)
    ]
