"""The declaration of the flow of complaint warnings. Each step by the word of the trade."""

from lianxi.modules.warnings import guards, rules
from lianxi.modules.warnings.contracts import ComplaintWarning, WarningState
from lianxi.office.clock.contracts import ClockOutcome
from lianxi.office.flow.contracts import Flow, Step

CLASSIFIED, REVIEWING, AT_STORE, OPINED, AT_DIVISION, RECONTACT, CLOSED = WarningState
WITH_STORE = (AT_STORE, OPINED, AT_DIVISION, RECONTACT)

CLASSIFY: Step[ComplaintWarning] = Step(
    event="classify", sources=(CLASSIFIED,), starts=("ew.submit",), tells=("classified",)
)
"""判定为预警: the warning is made in its first state; this is what follows."""

WARNING: Flow[ComplaintWarning] = Flow(
    name="warning",
    states=tuple(WarningState),
    closed=(CLOSED,),
    steps=(
        Step(
            event="submit",  # 提交
            sources=(CLASSIFIED,),
            to=REVIEWING,
            change=rules.submitted,
            stops={"ew.submit": None},
            starts=("ew.review",),
            tells=("submitted",),
        ),
        Step(
            event="reject",  # 不符合
            sources=(REVIEWING,),
            guards=(guards.is_not_rejected, guards.has_text),
            change=rules.rejected,
            stops={"ew.review": None},
            starts=("ew.return",),
        ),
        Step(
            event="send_back",  # 退回
            sources=(REVIEWING,),
            to=CLASSIFIED,
            guards=(guards.is_rejected,),
            change=rules.sent_back,
            stops={"ew.return": None},
            starts=("ew.submit",),
            tells=("sent_back",),
        ),
        Step(
            event="approve",  # 符合, 上报店长
            sources=(REVIEWING,),
            to=AT_STORE,
            guards=(guards.is_not_rejected,),
            change=rules.approved,
            stops={"ew.review": None},
            starts=("ew.store", "ew.guide"),
            tells=("to_store",),
        ),
        Step(
            event="handle",  # 店客服中心处理
            sources=WITH_STORE,
            guards=(guards.has_text,),
            change=rules.handled,
            stops={"ew.store": None},
        ),
        Step(
            event="guide",  # 店长意见
            sources=(AT_STORE,),
            to=OPINED,
            guards=(guards.has_text,),
            change=rules.guided,
            stops={"ew.guide": None},
            starts=("ew.feedback", "ew.close"),
            tells=("guided",),
        ),
        Step(
            event="escalate",  # 无法答复, 上报事业部
            sources=(AT_STORE,),
            to=AT_DIVISION,
            guards=(guards.has_text,),
            change=rules.escalated,
            stops={"ew.guide": ClockOutcome.HANDED_UP},
            starts=("ew.division",),
            tells=("to_division",),
        ),
        Step(
            event="feedback",  # 反馈热线
            sources=(OPINED,),
            to=RECONTACT,
            change=rules.fed_back,
            stops={"ew.feedback": None},
            starts=("ew.recontact",),
            tells=("answered",),
        ),
        Step(
            event="decide",  # 事业部意见
            sources=(AT_DIVISION,),
            to=RECONTACT,
            guards=(guards.has_text,),
            change=rules.decided,
            stops={"ew.division": None},
            starts=("ew.recontact", "ew.close"),
            tells=("answered", "guided"),
        ),
        Step(
            event="satisfied",  # 再联系, 满意
            sources=(RECONTACT,),
            to=CLOSED,
            change=rules.satisfied,
            stops={"ew.recontact": None},
            tells=("closed",),
        ),
        Step(
            event="unsatisfied",  # 再联系, 不满意
            sources=(RECONTACT,),
            to=CLASSIFIED,
            guards=(guards.has_text,),
            change=rules.unsatisfied,
            stops={"ew.recontact": None, "ew.store": ClockOutcome.CANCELLED},
            tells=("unsatisfied",),
        ),
        Step(
            event="report_day",  # 一天一预警
            sources=(REVIEWING, *WITH_STORE),
            guards=(guards.is_later_round, guards.has_text),
            change=rules.reported,
            tells=("day_reported",),
        ),
        Step(
            event="close",  # 店结办
            sources=(OPINED, RECONTACT),
            to=CLOSED,
            guards=(guards.has_text,),
            change=rules.closed,
            tells=("closed",),
        ),
        Step(
            event="case_gone",  # 工单已撤销或合并
            sources=(CLASSIFIED, REVIEWING, *WITH_STORE),
            to=CLOSED,
            change=rules.case_gone,
            tells=("closed",),
        ),
    ),
)
