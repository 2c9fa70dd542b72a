"""Who was asked by surveys, who was not and why, and what was said, as a list that can be exported;
where an invitation went is masked unless somebody who may see it says why."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.permissions import Permission
from lianxi.kernel.ids import SurveyId
from lianxi.kernel.masking import mask_address
from lianxi.modules.surveys import facade
from lianxi.modules.surveys.contracts import (
    Invitation,
    InvitationFilter,
    InvitationState,
    NotInvited,
    SurveyChannel,
    Verdict,
)
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of
from lianxi.office.exports.listed import DAYS, PAGE, Listed, moment, place_of

HEADINGS: Final[Mapping[ExportLanguage, tuple[str, ...]]] = {
    ExportLanguage.ZH: ("时间", "工单号", "轮次", "调查", "渠道", "发往", "状态", "未发原因",
                        "对方说明", "发出", "链接有效至", "回答", "评价", "得分 (满分 100)",
                        "客户的话"),
    ExportLanguage.EN: ("Time", "Work order", "Round", "Survey", "By", "To", "State",
                        "Why not asked", "Words of the other side", "Sent", "Link good until",
                        "Answered", "Verdict", "Score of 100", "In the customer's words"),
}  # fmt: skip
_CHANNELS: Final[Mapping[SurveyChannel, tuple[str, str]]] = {
    SurveyChannel.SMS: ("短信", "short message"),
    SurveyChannel.MAIL: ("邮件", "e-mail"),
    SurveyChannel.LINK: ("链接", "link"),
}
_STATES: Final[Mapping[InvitationState, tuple[str, str]]] = {
    InvitationState.WAITING: ("待发", "waiting"),
    InvitationState.SENT: ("已发", "sent"),
    InvitationState.NOT_SENT: ("未发", "not sent"),
    InvitationState.ANSWERED: ("已答", "answered"),
    InvitationState.EXPIRED: ("过期", "expired"),
}
_WHY: Final[Mapping[NotInvited, tuple[str, str]]] = {
    NotInvited.NO_CONSENT: ("没有同意", "no consent"),
    NotInvited.DO_NOT_CALL: ("勿扰", "do not call"),
    NotInvited.NO_ADDRESS: ("没有手机号或邮箱", "no mobile number or e-mail"),
    NotInvited.TOO_SOON: ("不久前问过", "asked lately"),
    NotInvited.NOT_CONFIGURED: ("短信或邮件未设置", "messages or mail not set up"),
    NotInvited.NOT_DRAWN: ("未抽中", "not drawn"),
    NotInvited.NOT_TAKEN: ("对方不收", "not taken by the other side"),
}
_VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.SATISFIED: ("满意", "satisfied"),
    Verdict.NEUTRAL: ("一般", "neutral"),
    Verdict.UNSATISFIED: ("不满意", "not satisfied"),
}


class SurveyResultsSource(Listed[InvitationFilter]):
    """Invitations of all work orders, newest first."""

    kind = "survey-results"
    permissions: tuple[Permission, ...] = (Permission.SURVEYS_READ, Permission.RECORDS_EXPORT)
    titles = HEADINGS

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> InvitationFilter:
        """By the names of the page."""
        return filter_of(InvitationFilter, asked, DAYS)

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        return await facade.count(session, self.wanted(order.filter), order.at)

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, before = self.wanted(order.filter), None
        async with sessions() as session:
            named = {survey.id: (survey.zh, survey.en) for survey in await facade.surveys(session)}
        while True:
            async with sessions() as session:
                found = await facade.results(session, wanted, order.at, before=before, limit=PAGE)
            if not found:
                return
            yield [_cells(one, order, named) for one in found]
            before = (found[-1].made_at, found[-1].id)


def _cells(
    one: Invitation, order: Order, named: Mapping[SurveyId, tuple[str, str]]
) -> Sequence[Cell]:
    place = place_of(order.language)
    names = named.get(one.survey, (one.survey, ""))

    return (
        moment(one.made_at, order),
        one.case_number,
        one.round,
        names[place] or names[0],
        _CHANNELS[one.channel][place],
        one.to if order.unmasked else mask_address(one.to),
        _STATES[one.state_at(order.at)][place],
        _WHY[one.why][place] if one.why else "",
        one.why_text,
        moment(one.sent_at, order),
        moment(one.expires_at, order),
        moment(one.answered_at, order),
        _VERDICTS[one.verdict][place] if one.verdict else "",
        None if one.percent is None else round(one.percent),
        _words(one),
    )


def _words(one: Invitation) -> str:
    """The customer's own, as the page has them: a sign alone is the value of a choice."""
    said = [answer.strip() for answer in one.answers.values() if isinstance(answer, str)]
    return " · ".join(words for words in said if len(words) > 1)
