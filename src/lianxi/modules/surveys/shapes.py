"""What surveys look like over HTTP."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from lianxi.kernel.ids import SurveyId
from lianxi.kernel.masking import mask_address
from lianxi.kernel.time import Instant
from lianxi.modules.surveys.answering import Sheet
from lianxi.modules.surveys.contracts import (
    Invitation,
    InvitationState,
    KeyFigures,
    NotInvited,
    Survey,
    SurveyChannel,
    SurveyFigures,
    SurveyTrigger,
    Verdict,
)
from lianxi.modules.surveys.rules import LONGEST_TEXT
from lianxi.office.form.shapes import FormItem, FormVersionOut

_Name = Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)]
_Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT, strip_whitespace=True)]
_Minute = Annotated[int, Field(ge=0, le=1440)]


class SurveyIn(BaseModel):
    """Whom to ask after what, and the revision that was read (0 = there was none)."""

    model_config = ConfigDict(extra="forbid")

    zh: _Name
    en: _Name = ""
    trigger: SurveyTrigger
    channel: SurveyChannel
    kinds: Annotated[list[_Name], Field(max_length=200)] = []
    delay_minutes: Annotated[int, Field(ge=0, le=43_200)] = 30
    sample_percent: Annotated[int, Field(ge=0, le=100)] = 100
    recontact_days: Annotated[int, Field(ge=0, le=3_650)] = 30
    valid_days: Annotated[int, Field(ge=1, le=365)] = 7
    from_minute: _Minute = 540
    until_minute: _Minute = 1200
    needs_consent: bool = False
    reopens: bool = True
    address: _Text = ""
    text_zh: _Text = ""
    text_en: _Text = ""
    is_active: bool = False
    revision: Annotated[int, Field(ge=0)]

    def made(self, id: str) -> Survey:
        """As the facade takes it."""
        facts = self.model_dump() | {"kinds": tuple(dict.fromkeys(self.kinds))}
        return Survey(id=SurveyId(id), **facts)


class SurveyOut(BaseModel):
    """A survey as it is."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    zh: str
    en: str
    trigger: SurveyTrigger
    channel: SurveyChannel
    kinds: list[str]
    delay_minutes: int
    sample_percent: int
    recontact_days: int
    valid_days: int
    from_minute: int
    until_minute: int
    needs_consent: bool
    reopens: bool
    address: str
    text_zh: str
    text_en: str
    is_active: bool
    active_since: int | None
    revision: int


class SurveyResultOut(BaseModel):
    """A customer who was asked, or why not, and what the customer said; the address is masked."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    survey: str
    case: str
    case_number: str
    round: int
    customer: str | None
    channel: SurveyChannel
    to: str
    state: InvitationState
    why: NotInvited | None
    why_text: str
    made_at: int
    sent_at: int | None
    expires_at: int | None
    form_version: int
    answers: dict[str, Any]
    percent: float | None
    verdict: Verdict | None
    answered_at: int | None

    @classmethod
    def of(cls, invitation: Invitation, now: Instant) -> "SurveyResultOut":
        """As it stands now."""
        facts = {name: getattr(invitation, name) for name in cls.model_fields}
        facts["to"] = mask_address(invitation.to)
        facts["state"] = invitation.state_at(now)
        return cls.model_validate(facts | {"answers": dict(invitation.answers)})


class SurveyFiguresOut(BaseModel):
    """How surveys went: of resolutions that were looked at, how many were asked, and said what."""

    chosen: int
    sent: int
    answered: int
    not_sent: dict[NotInvited, int]
    satisfied: int
    neutral: int
    unsatisfied: int
    response_rate: float | None
    satisfied_share: float | None
    mean_percent: float | None
    keys_asked: int
    """Questions put to callers at the end of their calls."""
    keys_answered: int
    keys_satisfied: int
    """Answers 4 and 5 of 1 to 5."""
    keys_mean: float | None

    @classmethod
    def of(cls, found: SurveyFigures, keys: KeyFigures) -> "SurveyFiguresOut":
        """Both beside each other."""
        return cls(
            chosen=found.chosen,
            sent=found.sent,
            answered=found.answered,
            not_sent=dict(found.not_sent),
            response_rate=found.response_rate,
            satisfied_share=found.satisfied_share,
            mean_percent=found.mean_percent,
            keys_asked=keys.asked,
            keys_answered=keys.answered,
            keys_satisfied=keys.satisfied,
            keys_mean=keys.total / keys.answered if keys.answered else None,
            **{verdict.value: found.verdicts.get(verdict, 0) for verdict in Verdict},
        )


class SurveyLinkOut(BaseModel):
    """A link for the customer: `/survey/` and this token, shown once."""

    token: str
    expires_at: int


class SurveySheetOut(BaseModel):
    """What a customer sees behind a link; no item when there is nothing to be answered any more."""

    state: InvitationState
    centre: str
    centre_en: str
    language: str
    title: str
    title_en: str
    items: list[FormItem]

    @classmethod
    def of(cls, sheet: Sheet) -> "SurveySheetOut":
        """As it stands."""
        is_open = sheet.state in (InvitationState.WAITING, InvitationState.SENT)
        return cls(
            state=sheet.state,
            centre=sheet.centre,
            centre_en=sheet.centre_en,
            language=sheet.language,
            title=sheet.survey.zh,
            title_en=sheet.survey.en or sheet.survey.zh,
            items=FormVersionOut.of(sheet.form).items if is_open else [],
        )


class SurveyAnswersIn(BaseModel):
    """What the customer says."""

    model_config = ConfigDict(extra="forbid")

    answers: Annotated[dict[str, Any], Field(max_length=200)]
