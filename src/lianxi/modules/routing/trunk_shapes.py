"""What the API says and takes about trunks and routes, made from the engine's own types."""

import typing
from typing import Annotated

from pydantic import BaseModel, Field

from lianxi.engine.messages.trunks import Route, Trunk
from lianxi.modules.routing.shapes import Revision, default_of, made, model_of

Password = Annotated[
    str | None,
    Field(default=None, max_length=200, description="Left out = stays; empty = taken away."),
]
HIDDEN = ("password_mark",)
STANDING: dict[str, tuple[object, object]] = {
    "is_up": (
        Annotated[bool | None, Field(description="Whether it can be used; null = not known yet.")],
        ...,
    ),
    "why": (Annotated[str, Field(description="Why it cannot: a stable word.")], ...),
    "since": (Annotated[int | None, Field(description="Since when; epoch milliseconds.")], ...),
    "taken": (Annotated[int, Field(description="Channels in use now.")], ...),
    "blocked": (Annotated[int, Field(description="Calls that found no channel, ever.")], ...),
    "has_password": (bool, ...),
    "revision": (Revision, ...),
}

if typing.TYPE_CHECKING:
    TrunkOut: typing.TypeAlias = BaseModel
    TrunkIn: typing.TypeAlias = BaseModel
    RouteIn: typing.TypeAlias = BaseModel
else:
    TrunkOut = made("TrunkOut", Trunk, lambda field: ..., without=HIDDEN, with_=STANDING)
    TrunkIn = made(
        "TrunkIn",
        Trunk,
        lambda field: default_of(Trunk, field),
        without=("id", *HIDDEN),
        with_={"password": (Password, None)},
    )
    RouteIn = model_of(Route)


class RoutesOut(BaseModel):
    """Every route of calls out, in the order in which they are tried."""

    items: list[RouteIn]
    revision: Revision


class RoutesIn(BaseModel):
    """Every route of calls out, in the order in which they are tried; those left out are gone."""

    items: Annotated[list[RouteIn], Field(max_length=500)]
