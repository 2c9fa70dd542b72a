"""The tables of the surveys module. Imported only by the repository."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lianxi.db.base import JsonObject, Table
from lianxi.kernel.ids import CaseId, CustomerId, InvitationId, SurveyId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.surveys.contracts import (
    InvitationState,
    NotInvited,
    SurveyChannel,
    SurveyTrigger,
    Verdict,
)


class SurveyRow(Table):
    """Whom to ask after what, and how."""

    __tablename__ = "survey"

    id: Mapped[SurveyId] = mapped_column(primary_key=True)
    zh: Mapped[str]
    en: Mapped[str]
    trigger: Mapped[SurveyTrigger]
    channel: Mapped[SurveyChannel]
    kinds: Mapped[list[str]] = mapped_column(JSONB)
    delay_minutes: Mapped[int]
    sample_percent: Mapped[int]
    recontact_days: Mapped[int]
    valid_days: Mapped[int]
    from_minute: Mapped[int]
    until_minute: Mapped[int]
    needs_consent: Mapped[bool]
    reopens: Mapped[bool]
    address: Mapped[str]
    text_zh: Mapped[str]
    text_en: Mapped[str]
    is_active: Mapped[bool]
    active_since: Mapped[Instant | None]
    looked_until: Mapped[Instant | None]
    revision: Mapped[int]


class InvitationRow(Table):
    """A customer who is asked, or why not."""

    __tablename__ = "survey_invitation"
    __table_args__ = (
        Index("survey_invitation_once_key", "case", "round", unique=True),
        Index("survey_invitation_token_key", "token_hash", unique=True),
        Index(None, "made_at", "id"),
        Index(None, "state", "made_at"),
        Index(None, "customer", "sent_at"),
        Index(None, "to", "sent_at"),
    )

    id: Mapped[InvitationId] = mapped_column(primary_key=True)
    survey: Mapped[SurveyId] = mapped_column(ForeignKey("survey.id"))
    case: Mapped[CaseId] = mapped_column(ForeignKey("work_order.id"))
    case_number: Mapped[str]
    round: Mapped[int]
    customer: Mapped[CustomerId | None]
    channel: Mapped[SurveyChannel]
    to: Mapped[str]
    state: Mapped[InvitationState]
    why: Mapped[NotInvited | None]
    why_text: Mapped[str]
    token_hash: Mapped[str | None]
    made_at: Mapped[Instant]
    made_by: Mapped[UserId | None]
    sent_at: Mapped[Instant | None]
    expires_at: Mapped[Instant | None]
    form_version: Mapped[int]
    answers: Mapped[JsonObject]
    percent: Mapped[float | None]
    verdict: Mapped[Verdict | None]
    answered_at: Mapped[Instant | None]
