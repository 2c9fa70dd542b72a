"""What the cells of a line say of a customer. Pure: nobody is looked up."""

import re
from dataclasses import dataclass, field
from typing import Final, TypeVar

from lianxi.kernel.masking import mask
from lianxi.modules.customers import rules
from lianxi.modules.customers.contracts import NewNumber, Sex
from lianxi.modules.customers.imports import CellFlaw, CellProblem
from lianxi.office.imports.sheet import Line

LONGEST: Final = {
    "name": 200, "certificate": 40, "company": 200, "level": 40, "address": 200, "place": 200,
    "language": 40, "remark": 2_000,
}  # fmt: skip
_T = TypeVar("_T")
MOST_PARTS = 30
"""Numbers, and tags, of a customer."""
_BETWEEN = re.compile(r"[;；、\n]+")
_BETWEEN_NUMBERS = re.compile(r"[;；、,，/\n]+")
_LABEL = re.compile(r"[:：]")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,135}")
_SEXES: Final = {
    "男": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE,
    "女": Sex.FEMALE, "female": Sex.FEMALE, "f": Sex.FEMALE,
}  # fmt: skip
_SAID: Final = {"是": True, "yes": True, "true": True, "1": True,
                "否": False, "no": False, "false": False, "0": False}  # fmt: skip
_SHOWN = 60


@dataclass(slots=True, kw_only=True)
class Wanted:
    """A customer as a line has it; what it does not say is empty."""

    line: int
    facts: dict[str, str] = field(default_factory=dict)
    """Plain fields of the profile that the line fills."""
    sex: Sex | None = None
    confidential: bool | None = None
    tags: tuple[str, ...] = ()
    email: str = ""
    numbers: tuple[NewNumber, ...] = ()
    """In their normal form."""
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How the customer is called."""
        return self.facts.get("name", "")

    @property
    def certificate(self) -> str:
        """In its normal form."""
        return self.facts.get("certificate", "")

    def blame(self, column: str, flaw: CellFlaw, given: str = "") -> None:
        """Note what is wrong with a cell."""
        self.problems.append(CellProblem(column=column, flaw=flaw, given=given[:_SHOWN]))


def wanted(line: Line) -> Wanted:
    """What a line says, with what is wrong in it."""
    found = Wanted(line=line.number)
    cells = line.cells
    for name, longest in LONGEST.items():
        text = " ".join(cells.get(name, "").split()) if name != "remark" else cells.get(name, "")
        text = rules.certificate(text) if name == "certificate" else text
        if len(text) > longest:
            found.blame(name, CellFlaw.TOO_LONG, text)
        elif text:
            found.facts[name] = text
    if not cells.get("name", ""):
        found.blame("name", CellFlaw.MISSING)
    found.sex = _word(found, "sex", cells, _SEXES)
    found.confidential = _word(found, "confidential", cells, _SAID)
    found.tags = _tags(found, cells.get("tags", ""))
    found.email = cells.get("email", "")
    if found.email and _EMAIL.fullmatch(found.email) is None:
        found.blame("email", CellFlaw.UNKNOWN_VALUE, found.email)
    found.numbers = _numbers(found, cells.get("number", ""))
    return found


def _word(found: Wanted, column: str, cells: dict[str, str], words: dict[str, _T]) -> _T | None:
    text = cells.get(column, "")
    if not text:
        return None
    said = words.get(text.casefold())
    if said is None:
        found.blame(column, CellFlaw.UNKNOWN_VALUE, text)
    return said


def _tags(found: Wanted, text: str) -> tuple[str, ...]:
    tags = tuple(dict.fromkeys(tag.strip() for tag in _BETWEEN.split(text) if tag.strip()))
    if len(tags) > MOST_PARTS:
        found.blame("tags", CellFlaw.TOO_MANY, str(len(tags)))
    for tag in tags:
        if len(tag) > LONGEST["level"]:
            found.blame("tags", CellFlaw.TOO_LONG, tag)
    return tags


def _numbers(found: Wanted, text: str) -> tuple[NewNumber, ...]:
    numbers: dict[str, NewNumber] = {}
    for part in filter(str.strip, _BETWEEN_NUMBERS.split(text)):
        written, _, label = _LABEL.sub(":", part).partition(":")
        number = rules.normal(written)
        if not rules.is_number(number) or re.search(r"[A-Za-z]", written):
            found.blame("number", CellFlaw.NOT_A_NUMBER, mask(written.strip()))
        elif len(label.strip()) > LONGEST["level"]:
            found.blame("number", CellFlaw.TOO_LONG, label.strip())
        else:
            numbers[number] = NewNumber(number=number, label=label.strip())
    if len(numbers) > MOST_PARTS:
        found.blame("number", CellFlaw.TOO_MANY, str(len(numbers)))
    return tuple(numbers.values())
