"""What customers say: a link is good for one answer, and the answer is an event of the work order
where that still waits for a word."""

from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.time import Instant
from lianxi.modules.cases import facade as cases
from lianxi.modules.cases.contracts import Case, CaseState, Wanted
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.surveys import rules
from lianxi.modules.surveys.contracts import Invitation, InvitationState, Survey, Verdict
from lianxi.modules.surveys.errors import SurveyAnswered, SurveyExpired, SurveyNotFound
from lianxi.modules.surveys.repository import SurveyRepository
from lianxi.office.form import facade as forms
from lianxi.office.form import rules as form_rules
from lianxi.office.form.contracts import Answers, Form

RESULTS = {Verdict.SATISFIED: "satisfied", Verdict.UNSATISFIED: "unsatisfied"}
CLOSED = (CaseState.REVIEW, CaseState.ARCHIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a customer sees behind a link."""

    state: InvitationState
    survey: Survey
    form: Form
    centre: str
    centre_en: str
    language: str
    """Of the centre's pages."""


async def sheet(session: AsyncSession, token: str, now: Instant) -> Sheet:
    """What stands behind a link.

    Raises:
        SurveyNotFound.
    """
    invitation, survey = await _found(session, token, lock=False)
    about = await organisation.organisation(session)
    return Sheet(
        state=invitation.state_at(now),
        survey=survey,
        form=await forms.form(session, survey.form, invitation.form_version),
        centre=about.name,
        centre_en=about.name_en or about.name,
        language=about.language,
    )


async def answer(
    session: AsyncSession, token: str, answers: Answers, *, zone: str, now: Instant
) -> Invitation:
    """Take the answer of a customer; the link is used up.

    Args:
        session: the caller's transaction.
        token: of the link.
        answers: by item of the form.
        zone: name of the centre's IANA time zone.
        now: the time.

    Raises:
        SurveyNotFound, SurveyAnswered, SurveyExpired, AnswersRefused.
    """
    invitation, survey = await _found(session, token, lock=True)
    match invitation.state_at(now):
        case InvitationState.ANSWERED:
            raise SurveyAnswered
        case InvitationState.EXPIRED:
            raise SurveyExpired
        case _:
            pass
    form = await forms.form(session, survey.form, invitation.form_version)
    kept = forms.require(form, answers)
    percent = form_rules.score(form, kept).percent
    said = replace(
        invitation,
        state=InvitationState.ANSWERED,
        sent_at=invitation.sent_at or now,
        answers=kept,
        percent=None if percent is None else float(percent),
        verdict=rules.verdict_of(None if percent is None else float(percent)),
        answered_at=now,
    )
    await SurveyRepository(session).save(said)
    await _told(session, survey, said, form, zone=zone, now=now)
    return said


async def _found(session: AsyncSession, token: str, *, lock: bool) -> tuple[Invitation, Survey]:
    repository = SurveyRepository(session)
    invitation = await repository.by_token(rules.hash_of(token), lock=lock)
    survey = None if invitation is None else await repository.survey(invitation.survey)
    if invitation is None or survey is None:
        raise SurveyNotFound
    return invitation, survey


async def _told(
    session: AsyncSession,
    survey: Survey,
    said: Invitation,
    form: Form,
    *,
    zone: str,
    now: Instant,
) -> None:
    """The work order hears of it, if it is still about the round that was asked about."""
    orders = cases.orders(zone)
    case = await orders.locked(session, said.case)
    wanted = _event(survey, said, case, rules.words_of(form, said.answers))
    if wanted is not None and case.round == said.round:
        await cases.happen(session, orders, case.id, wanted, by=None, at=now)


def _event(survey: Survey, said: Invitation, case: Case, words: str) -> Wanted | None:
    facts = {"survey": survey.id, "percent": said.percent}
    verdict = said.verdict
    waits = case.state is CaseState.DONE and case.callback_required
    if verdict is not None and verdict in RESULTS and waits:
        heard = {"result": RESULTS[verdict], "kind": "web_message"}
        return Wanted(event="callback", reason=words, facts=facts | heard)
    if verdict is not Verdict.UNSATISFIED:
        return None
    reason = words or survey.zh
    if case.state in CLOSED and survey.reopens:
        return Wanted(event="reopen", reason=reason, facts=facts)
    return Wanted(event="note", reason=reason, facts=facts)
