"""The declaration of the flow of announcements. Each step by the word of the trade."""

from lianxi.modules.announcements import guards, rules
from lianxi.modules.announcements.contracts import Announcement, AnnouncementState
from lianxi.office.flow.contracts import Flow, Step

DRAFT, PUBLISHED, ONGOING, RESTORED, CANCELLED = AnnouncementState

ANNOUNCEMENT: Flow[Announcement] = Flow(
    name="announcement",
    states=tuple(AnnouncementState),
    closed=(RESTORED, CANCELLED),
    steps=(
        Step(
            event="publish",  # 发布
            sources=(DRAFT,),
            to=PUBLISHED,
            guards=(guards.is_complete,),
            change=rules.published,
            tells=("published",),
        ),
        Step(
            event="begin",  # 开始
            sources=(PUBLISHED,),
            to=ONGOING,
            change=rules.begun,
        ),
        Step(
            event="change",  # 变更
            sources=(PUBLISHED, ONGOING),
            guards=(guards.is_complete, guards.has_text),
            change=rules.noted,
            tells=("changed",),
        ),
        Step(
            event="restore",  # 恢复
            sources=(PUBLISHED, ONGOING),
            to=RESTORED,
            change=rules.ended,
            tells=("restored",),
        ),
        Step(
            event="cancel",  # 取消
            sources=(PUBLISHED, ONGOING),
            to=CANCELLED,
            guards=(guards.has_text,),
            change=rules.ended,
            tells=("cancelled",),
        ),
    ),
)
