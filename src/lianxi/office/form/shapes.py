"""What a form looks like over HTTP, for every router that shows or publishes one."""

from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.office.form.contracts import MOST_ITEMS, Fault, Form, Item, ItemKind

_Word = Annotated[str, StringConstraints(max_length=200)]
_Text = Annotated[str, StringConstraints(max_length=2_000)]


class FormOption(BaseModel):
    """One of the answers of a choice."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    value: _Word
    zh: _Word
    en: _Word = ""
    points: Annotated[int, Field(ge=-1_000, le=1_000)] | None = None


class FormItem(BaseModel):
    """One question of a form."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    name: _Word
    kind: ItemKind
    zh: _Word
    en: _Word = ""
    help_zh: _Text = ""
    help_en: _Text = ""
    required: bool = False
    options: Annotated[list[FormOption], Field(max_length=200)] = []
    least: float | None = None
    most: float | None = None
    longest: Annotated[int, Field(gt=0, le=10_000)] | None = None
    shown_if: dict[str, list[str]] = {}
    group: _Word = ""
    points: Annotated[int, Field(ge=0, le=1_000)] = 0
    weight: Annotated[float, Field(ge=0, le=1_000)] = 0
    may_not_apply: bool = False


class FormIn(BaseModel):
    """A version of a form to be published, and the version that was read (0 = there was none)."""

    model_config = ConfigDict(extra="forbid")

    after: Annotated[int, Field(ge=0)]
    zh: _Word
    en: _Word = ""
    items: Annotated[list[FormItem], Field(max_length=MOST_ITEMS)]

    def made(self, kind: str) -> Form:
        """As the facade takes it."""
        items = tuple(msgspec.convert(item.model_dump(mode="json"), Item) for item in self.items)
        return Form(kind=kind, version=self.after, items=items, zh=self.zh, en=self.en)


class FormVersionOut(BaseModel):
    """One version of a form."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    version: int
    zh: str
    en: str
    items: list[FormItem]
    published_at: int | None
    published_by: str

    @classmethod
    def of(cls, form: Form) -> "FormVersionOut":
        """A version as it is kept."""
        return cls.model_validate(msgspec.to_builtins(form))


class FormFault(BaseModel):
    """Why a form, or an answer to it, cannot stay; `item` is empty for the form as a whole."""

    item: str
    code: str

    @classmethod
    def of(cls, fault: Fault) -> "FormFault":
        """As it is shown."""
        return cls(item=fault.item, code=fault.code)


class FormCheckIn(BaseModel):
    """A form that is being written, and answers to try it with."""

    model_config = ConfigDict(extra="forbid")

    form: FormIn
    answers: dict[str, Any] | None = None
