"""What others may ask of surveys. The caller owns the transaction."""

from dataclasses import asdict, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import CaseId, SurveyId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.contracts import Case
from lianxi.modules.surveys import answering, inviting, rules
from lianxi.modules.surveys.answering import Sheet
from lianxi.modules.surveys.contracts import (
    Invitation,
    InvitationFilter,
    KeyFigures,
    Survey,
    SurveyFigures,
)
from lianxi.modules.surveys.errors import SurveyChanged, SurveyInvalid, SurveyNotFound
from lianxi.modules.surveys.repository import Place, SurveyRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act
from lianxi.office.form import facade as forms
from lianxi.office.form.contracts import Answers, Form

_KEPT = ("active_since", "looked_until")


async def surveys(session: AsyncSession) -> list[Survey]:
    """Every survey, by its id."""
    return await SurveyRepository(session).surveys()


async def put_survey(session: AsyncSession, wanted: Survey, *, by: Caller, at: Instant) -> Survey:
    """A new one (revision 0), or one changed as it was read. A new one gets a form of three
    questions; one that is switched on asks about what ends from now on.

    Raises:
        SurveyInvalid, SurveyChanged.
    """
    rules.require_sound(wanted)
    repository = SurveyRepository(session)
    before = await repository.survey(wanted.id, lock=True)
    standing = before.revision if before else 0
    if wanted.revision != standing:
        raise SurveyChanged(survey=wanted.id, revision=standing)
    began = at if before is None or not before.is_active else before.active_since
    after = replace(
        wanted,
        active_since=began if wanted.is_active else None,
        looked_until=before.looked_until if before else None,
        revision=standing + 1,
    )
    await repository.put_survey(after)
    if before is None:
        await forms.publish(session, rules.first_form(after), after=0, by=by.name, at=at)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.SURVEY_CHANGED,
        object=f"survey:{after.id}",
        before=_shown(before) if before else None,
        after=_shown(after),
    )
    return after


async def form_of(session: AsyncSession, id: str) -> Form:
    """What a survey asks now.

    Raises:
        SurveyNotFound.
    """
    return await forms.form(session, (await _survey(session, id)).form)


async def publish_form(
    session: AsyncSession, id: str, form: Form, *, by: Caller, at: Instant
) -> Form:
    """Ask something else from now on; who was invited before answers what was asked then.

    Args:
        session: the caller's transaction.
        id: of the survey.
        form: its version is the one that was read.
        by: who.
        at: now.

    Raises:
        SurveyNotFound, FormRefused, FormChanged.
        SurveyInvalid: no answer of it would count.
    """
    survey = await _survey(session, id)
    if not rules.is_scored(form):
        raise SurveyInvalid(field="form", why="no_score")
    wanted = replace(form, kind=survey.form)
    made = await forms.publish(session, wanted, after=form.version, by=by.name, at=at)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.SURVEY_CHANGED,
        object=f"survey:{survey.id}",
        facts={"form": made.version},
    )
    return made


async def results(
    session: AsyncSession,
    wanted: InvitationFilter,
    now: Instant,
    *,
    before: Place | None = None,
    limit: int,
) -> list[Invitation]:
    """Invitations and what was answered, newest first."""
    return await SurveyRepository(session).find(wanted, now, before=before, limit=limit)


async def count(session: AsyncSession, wanted: InvitationFilter, now: Instant) -> int:
    """How long the list is."""
    return sum(tally.times for tally in await SurveyRepository(session).tallies(wanted, now))


async def figures(session: AsyncSession, wanted: InvitationFilter, now: Instant) -> SurveyFigures:
    """How it went: of what was made within the filter."""
    return rules.figures(await SurveyRepository(session).tallies(wanted, now))


async def by_keys(session: AsyncSession, since: Instant, until: Instant) -> KeyFigures:
    """What callers answered by keys at the end of their calls."""
    return await SurveyRepository(session).by_keys(since, until)


async def of_case(session: AsyncSession, case: CaseId, now: Instant) -> list[Invitation]:
    """What the customer of a work order was asked and said, newest first."""
    wanted = InvitationFilter(case=case)
    return await SurveyRepository(session).find(wanted, now, before=None, limit=100)


async def link_for(
    session: AsyncSession, id: str, case: Case, *, by: Caller, at: Instant
) -> tuple[Invitation, str]:
    """A link that a person gives to the customer; its token is shown now and never again.

    Raises:
        SurveyNotFound, SurveyNotDue, SurveyAskedAlready.
    """
    invitation, token = await inviting.link_for(session, id, case, by=by.user, now=at)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.SURVEY_LINK_GIVEN,
        object=f"case:{case.id}",
        facts={"event": "survey_link", "survey": id},
    )
    return invitation, token


async def sheet(session: AsyncSession, token: str, now: Instant) -> Sheet:
    """What a customer sees behind a link.

    Raises:
        SurveyNotFound.
    """
    return await answering.sheet(session, token, now)


async def answer(
    session: AsyncSession, token: str, answers: Answers, *, zone: str, now: Instant
) -> Invitation:
    """Take a customer's answer.

    Raises:
        SurveyNotFound, SurveyAnswered, SurveyExpired, AnswersRefused.
    """
    return await answering.answer(session, token, answers, zone=zone, now=now)


async def invite(session: AsyncSession, now: Instant, zone: ZoneInfo) -> int:
    """Make the invitations that are due; how many."""
    return await inviting.invite(session, now, zone)


async def follow(session: AsyncSession, now: Instant) -> int:
    """Note what became of those on their way; of how many that is known now."""
    return await inviting.follow(session, now)


async def _survey(session: AsyncSession, id: str) -> Survey:
    found = await SurveyRepository(session).survey(SurveyId(id))
    if found is None:
        raise SurveyNotFound(survey=id[:60])
    return found


def _shown(survey: Survey) -> dict[str, Any]:
    facts = {name: value for name, value in asdict(survey).items() if name not in _KEPT}
    return facts | {"kinds": list(survey.kinds)}
