"""Surveys as others may hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lianxi.kernel.ids import CaseId, CustomerId, InvitationId, SurveyId, UserId
from lianxi.kernel.time import Instant


class SurveyTrigger(StrEnum):
    """After what customers are asked."""

    DONE = "done"
    """The work is done: the answer is the callback, where the work order waits for one."""
    CLOSED = "closed"
    """The work order is closed for the customer."""


class SurveyChannel(StrEnum):
    """By what way the link goes."""

    SMS = "sms"
    MAIL = "mail"
    LINK = "link"
    """A person gives it to the customer."""


class InvitationState(StrEnum):
    """How far an invitation is."""

    WAITING = "waiting"
    """待发: on its way."""
    SENT = "sent"
    NOT_SENT = "not_sent"
    ANSWERED = "answered"
    EXPIRED = "expired"


class NotInvited(StrEnum):
    """Why a customer was not asked."""

    NO_CONSENT = "no_consent"
    DO_NOT_CALL = "do_not_call"
    NO_ADDRESS = "no_address"
    TOO_SOON = "too_soon"
    """Asked already within the time that lies between two surveys."""
    NOT_CONFIGURED = "not_configured"
    NOT_DRAWN = "not_drawn"
    NOT_TAKEN = "not_taken"
    """The mail server or the gateway did not take it."""


class Verdict(StrEnum):
    """What an answer amounts to."""

    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    UNSATISFIED = "unsatisfied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Whom to ask after what, and how."""

    id: SurveyId
    zh: str
    en: str = ""
    trigger: SurveyTrigger = SurveyTrigger.CLOSED
    channel: SurveyChannel = SurveyChannel.SMS
    kinds: tuple[str, ...] = ()
    """Types of work orders; none = every one."""
    delay_minutes: int = 30
    sample_percent: int = 100
    recontact_days: int = 30
    """The same customer is not asked more often, by whatever survey."""
    valid_days: int = 7
    from_minute: int = 9 * 60
    """Of the day: nobody is asked earlier, or from `until_minute` on."""
    until_minute: int = 20 * 60
    needs_consent: bool = False
    """Ask only who said yes to surveys; else everybody who did not say no."""
    reopens: bool = True
    """Who is not satisfied opens a closed work order again."""
    address: str = ""
    """Of this centre as customers reach it, e.g. `https://service.example.com`."""
    text_zh: str = ""
    text_en: str = ""
    """Of the message; `{link}`, `{number}` and `{title}` are filled in."""
    is_active: bool = False
    active_since: Instant | None = None
    looked_until: Instant | None = None
    """What ended until then was looked at."""
    revision: int = 0

    @property
    def form(self) -> str:
        """Kind of its form."""
        return f"survey.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A customer who is asked about a resolution, or why not."""

    id: InvitationId
    survey: SurveyId
    case: CaseId
    case_number: str
    round: int
    customer: CustomerId | None
    channel: SurveyChannel
    to: str
    """The number or address in full; whoever shows it masks it."""
    state: InvitationState
    why: NotInvited | None = None
    why_text: str = ""
    """What the other side said."""
    token_hash: str | None = None
    made_at: Instant
    made_by: UserId | None = None
    sent_at: Instant | None = None
    expires_at: Instant | None = None
    form_version: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    percent: float | None = None
    verdict: Verdict | None = None
    answered_at: Instant | None = None

    def state_at(self, now: Instant) -> InvitationState:
        """One whose time has passed is expired, whatever the row says."""
        is_over = self.expires_at is not None and now >= self.expires_at
        open_states = (InvitationState.WAITING, InvitationState.SENT)
        return InvitationState.EXPIRED if is_over and self.state in open_states else self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationFilter:
    """What narrows the list; None narrows nothing."""

    survey: SurveyId | None = None
    state: InvitationState | None = None
    verdict: Verdict | None = None
    case: CaseId | None = None
    since: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many invitations of one sort there are, and the sum of their percents."""

    state: InvitationState
    why: NotInvited | None = None
    verdict: Verdict | None = None
    times: int
    scored: int = 0
    percents: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFigures:
    """How a survey went."""

    chosen: int
    """Resolutions that were looked at."""
    sent: int
    """Of those, invitations that went out, answered or not."""
    answered: int
    not_sent: Mapping[NotInvited, int]
    verdicts: Mapping[Verdict, int]
    mean_percent: float | None

    @property
    def response_rate(self) -> float | None:
        """Answered among sent, 0 to 1."""
        return self.answered / self.sent if self.sent else None

    @property
    def satisfied_share(self) -> float | None:
        """Satisfied among answers with a verdict, 0 to 1 (L10)."""
        said = sum(self.verdicts.values())
        return self.verdicts.get(Verdict.SATISFIED, 0) / said if said else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """Answers by keys at the end of calls, of 1 to 5."""

    asked: int
    answered: int
    satisfied: int
    """Answers 4 and 5."""
    total: int
    """Sum of the answers."""
