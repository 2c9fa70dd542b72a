"""Customers as a list that can be exported: numbers are masked unless somebody who may see them
says why."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from lianxi.http.permissions import Permission
from lianxi.kernel.masking import mask
from lianxi.modules.customers import looking
from lianxi.modules.customers.contracts import Customer, CustomerFilter, Purpose
from lianxi.office.exports.contracts import Cell, ExportLanguage, Order
from lianxi.office.exports.filters import filter_of
from lianxi.office.exports.listed import NO, PAGE, YES, Listed, moment, place_of

HEADINGS: Final[Mapping[ExportLanguage, tuple[str, ...]]] = {
    ExportLanguage.ZH: ("姓名", "用户证号", "电话", "性别", "单位", "等级", "标签", "地址", "地区",
                        "语言", "邮箱", "备注", "保密", "录音同意", "营销同意", "调查同意",
                        "通知同意", "勿扰号码", "建立", "编号"),
    ExportLanguage.EN: ("Name", "Certificate", "Numbers", "Sex", "Company", "Level", "Tags",
                        "Address", "Place", "Language", "E-mail", "Remark", "Confidential",
                        "Recording agreed", "Marketing agreed", "Surveys agreed",
                        "Notices agreed",
                        "Not to be called", "Created", "Id"),
}  # fmt: skip
_SEXES: Final = {"male": ("男", "male"), "female": ("女", "female"), "": ("", "")}
_SAID: Final = (Purpose.RECORDING, Purpose.MARKETING, Purpose.SURVEY, Purpose.NOTICE)
"""As the headings have them."""


class CustomersSource(Listed[CustomerFilter]):
    """Customers that the reader sees, newest first."""

    kind = "customers"
    permissions: tuple[Permission, ...] = (Permission.CUSTOMERS_READ, Permission.RECORDS_EXPORT)
    titles = HEADINGS

    @staticmethod
    def wanted(asked: Mapping[str, Any]) -> CustomerFilter:
        """By the names of the page."""
        return filter_of(CustomerFilter, asked)

    async def count(self, session: AsyncSession, order: Order) -> int:
        """How many rows there are."""
        wanted = self.wanted(order.filter)
        return await looking.count(session, wanted, looking.eyes_of(order.reader))

    async def pages(
        self, sessions: async_sessionmaker[AsyncSession], order: Order
    ) -> AsyncIterator[Sequence[Sequence[Cell]]]:
        """The rows, some hundreds at a time."""
        wanted, eyes = self.wanted(order.filter), looking.eyes_of(order.reader)
        after = None
        while True:
            async with sessions() as session:
                found = await looking.find(session, wanted, eyes, after=after, limit=PAGE)
            if not found:
                return
            yield [_cells(customer, order) for customer in found]
            after = (found[-1].created_at, found[-1].id)


def _cells(customer: Customer, order: Order) -> Sequence[Cell]:
    profile = customer.profile
    place = place_of(order.language)
    said = {one.purpose: (YES if one.given else NO)[place] for one in customer.consents}

    def shown(number: str) -> str:
        return number if order.unmasked else mask(number)

    quiet = [one.number for one in customer.numbers if one.do_not_call is not None]
    return (
        profile.name,
        profile.certificate,
        "; ".join(
            shown(one.number) + (f":{one.label}" if one.label else "") for one in customer.numbers
        ),
        _SEXES[profile.sex.value][place],
        profile.company,
        profile.level,
        "; ".join(profile.tags),
        profile.address,
        profile.place,
        profile.language,
        "; ".join(one.value for one in profile.identities if one.kind == "email"),
        profile.remark,
        (YES if profile.confidential else NO)[place],
        *(said.get(purpose, "") for purpose in _SAID),
        "; ".join(shown(number) for number in quiet),
        moment(customer.created_at, order),
        customer.id,
    )
