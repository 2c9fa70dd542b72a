"""The sheet of the six contents as somebody begins to fill it in, and as it comes back.

People see the customer's number with its middle hidden. Who leaves it as it stands means that
number: it is put in again before the sheet is kept.
"""

from collections.abc import Mapping
from typing import Any

from lianxi.kernel.masking import mask
from lianxi.modules.cases.contracts import Case
from lianxi.modules.warnings.contracts import ComplaintWarning

PHONE = "phone"


def begun(warning: ComplaintWarning, case: Case) -> dict[str, Any]:
    """What stands in the sheet already: what was sent back, else the last round's, else what the
    work order says."""
    for round in reversed(warning.rounds):
        if round.answers:
            return dict(round.answers)
    about = {PHONE: case.phone, "district": case.place, "problem": case.content}
    return {name: text for name, text in about.items() if text}


def hidden(answers: Mapping[str, Any]) -> dict[str, Any]:
    """As people read it."""
    shown = dict(answers)
    if shown.get(PHONE):
        shown[PHONE] = mask(str(shown[PHONE]))
    return shown


def in_full(warning: ComplaintWarning, case: Case, answers: Mapping[str, Any]) -> dict[str, Any]:
    """As it is kept: a number that was left as it was shown is the one it stands for."""
    full = dict(answers)
    known = [str(round.answers.get(PHONE, "")) for round in reversed(warning.rounds)]
    for number in (*known, case.phone):
        if number and full.get(PHONE) == mask(number):
            return full | {PHONE: number}
    return full
