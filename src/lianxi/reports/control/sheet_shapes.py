"""How entries of the control sheet go out."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from lianxi.reports.catalogue import metric_of
from lianxi.reports.charts.rules import RULES
from lianxi.reports.control.checklists import checklist_of
from lianxi.reports.control.contracts import Against, Entry, EntryState, Found, Side
from lianxi.reports.control.evaluating import ALARM
from lianxi.reports.registry import Unit

ALARM_TEXT = ("超出所设告警限", "beyond the alarm limit that was set")


class CauseOut(BaseModel):
    """A possible cause, and what the system found."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    text: str
    text_en: str
    found: Found
    metric: str | None
    against: Against | None
    value: float | None
    reference: float | None
    difference: float | None


class ActionOut(BaseModel):
    """Something that may help."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    text_en: str


class EffectOut(BaseModel):
    """What the chart says since the action was done."""

    model_config = ConfigDict(from_attributes=True)

    is_held: bool
    points: int
    mean: float | None
    before: float
    seen_on: date


class CorrectionOut(BaseModel):
    """A closed day's figure is another one than the entry was opened, or went on, by."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    old: float
    new: float | None
    is_out: bool
    """By the corrected figure it is out of range all the same."""
    seen_at: int


class EntryOut(BaseModel):
    """One line of the control sheet."""

    id: int
    metric: str
    no: str
    name: str
    name_en: str
    unit: Unit
    queue: str | None
    formula: str
    rule: str
    rule_text: str
    rule_text_en: str
    side: Side
    begins_on: date
    ends_on: date
    value: float
    limit: float | None
    causes: list[CauseOut]
    actions: list[ActionOut]
    """What may be done about this metric."""
    days: int
    corrections: list[CorrectionOut]
    """Value corrected: oldest first."""
    state: EntryState
    owner: str | None
    owner_name: str
    action: str
    due: date | None
    is_overdue: bool
    check_from: date | None
    effect: EffectOut | None
    opened_at: int
    changed_at: int
    closed_at: int | None
    closed_by_name: str
    revision: int


def entry_out(entry: Entry, *, today: date) -> EntryOut:
    """One line of the control sheet."""
    breach, metric = entry.breach, metric_of(entry.breach.metric)
    if breach.rule == ALARM:
        text, text_en = ALARM_TEXT
    else:
        text, text_en = RULES[breach.rule].text, RULES[breach.rule].text_en
    is_waiting = entry.state in (EntryState.OPEN, EntryState.ACTING)
    return EntryOut(
        id=entry.id,
        metric=metric.id,
        no=metric.no,
        name=metric.name,
        name_en=metric.name_en,
        unit=metric.unit,
        queue=breach.queue,
        formula=breach.formula,
        rule=breach.rule,
        rule_text=text,
        rule_text_en=text_en,
        side=breach.side,
        begins_on=breach.begins_on,
        ends_on=breach.ends_on,
        value=breach.value,
        limit=breach.limit,
        causes=[CauseOut.model_validate(cause) for cause in entry.causes],
        actions=[ActionOut.model_validate(one) for one in checklist_of(metric.no).actions],
        days=entry.days,
        corrections=[CorrectionOut.model_validate(one) for one in entry.corrections],
        state=entry.state,
        owner=entry.owner,
        owner_name=entry.owner_name,
        action=entry.action,
        due=entry.due,
        is_overdue=is_waiting and entry.due is not None and entry.due < today,
        check_from=entry.check_from,
        effect=None if entry.effect is None else EffectOut.model_validate(entry.effect),
        opened_at=entry.opened_at,
        changed_at=entry.changed_at,
        closed_at=entry.closed_at,
        closed_by_name=entry.closed_by_name,
        revision=entry.revision,
    )
