"""A list of people as it comes from outside: which columns it has."""

from lianxi.office.imports import sheet
from lianxi.office.imports.sheet import Line, ListForm

MOST_LINES = 5_000

COLUMNS: dict[str, tuple[str, str]] = {
    "number": ("工号", "number"),
    "name": ("姓名", "name"),
    "username": ("用户名", "user name"),
    "team": ("班组", "team"),
    "role": ("角色", "role"),
    "email": ("邮箱", "e-mail"),
    "queues": ("队列", "queues"),
    "skills": ("技能", "skills"),
}
"""By column: how it is headed in Chinese and in English."""

NEEDED = ("number", "name", "team")

NOTES: dict[str, tuple[str, str]] = {
    "number": ("必填。字母、数字、_ 和 -,最多 40 位;定了就不再改。",
               "Needed. Letters, digits, _ and -, at most 40; never changes afterwards."),
    "name": ("必填,最多 80 字。", "Needed, at most 80 signs."),
    "username": ("登录用;留空则与工号相同。", "For signing in; empty = the number."),
    "team": ("必填,写班组名称。", "Needed: the name of the team."),
    "role": ("可留空,写角色名称,自建角色也可;新人留空为座席,已有的人留空表示不改。",
             "May be empty. The name of a role, also of one of your own; empty = agent for new "
             "people, as before for those already there."),
    "email": ("可留空;已有的人留空表示不改。",
              "May be empty; for people already there, empty = as before."),
    "queues": ("可留空。写队列名称,用分号隔开,级别 1 到 10 写在冒号后,不写为 10。例:销售:8;客服",
               "May be empty. Names of queues with semicolons between; a level of 1 to 10 behind a "
               "colon, 10 when left out. E.g. Sales:8;Service"),
    "skills": ("可留空。写法同队列,级别不写为 1。例:英语:5;VIP",
               "May be empty. Written like queues; 1 when no level is given. E.g. English:5;VIP"),
}  # fmt: skip

FORM = ListForm(
    title=("人员", "People"), columns=COLUMNS, needed=NEEDED, notes=NOTES, most=MOST_LINES
)


def read(content: bytes) -> list[Line]:
    """The lines of a file that are not empty.

    Raises:
        ListUnreadable, ListColumnsMissing, ListTooLong.
    """
    return sheet.read(content, FORM)


def template_xlsx(*, in_english: bool) -> bytes:
    """An empty list with its headings; a second sheet says what each column is."""
    return sheet.template_xlsx(FORM, in_english=in_english)


def template_csv(*, in_english: bool) -> bytes:
    """The same as CSV, headings alone."""
    return sheet.template_csv(FORM, in_english=in_english)
