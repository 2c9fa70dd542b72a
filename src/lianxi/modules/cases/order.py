"""The declaration of the flow of work orders. Each step by the word of the trade."""

from lianxi.modules.cases import guards, rules
from lianxi.modules.cases.contracts import OPEN_STATES, Case, CaseState
from lianxi.office.clock.contracts import ClockOutcome
from lianxi.office.flow.contracts import Flow, Step

DISPATCHING, HANDLING, RETURNED, REDISPATCHING, DONE, REVIEW, ARCHIVED, WITHDRAWN = CaseState
WITH_AREA = (HANDLING,)
NOT_CLOSED = (*OPEN_STATES, DONE)
FRESH = ("wo.resolve", "wo.dispatch")

CREATE: Step[Case] = Step(event="create", sources=(DISPATCHING,), starts=FRESH, tells=("created",))
"""生成表单: the case is made in its first state; this is what follows."""

ORDER: Flow[Case] = Flow(
    name="case",
    states=tuple(CaseState),
    closed=(ARCHIVED, WITHDRAWN),
    steps=(
        Step(
            event="dispatch",  # 派单
            sources=(DISPATCHING, REDISPATCHING),
            to=HANDLING,
            guards=(guards.may_go_there, guards.is_not_suspended),
            change=rules.dispatched,
            stops={"wo.dispatch": None},
            starts=("wo.accept", "wo.arrive"),
            retargets=("wo.resolve",),
            tells=("dispatched",),
        ),
        Step(
            event="accept",  # 签收
            sources=WITH_AREA,
            change=rules.accepted,
            stops={"wo.accept": None},
        ),
        Step(event="reassign", sources=WITH_AREA, change=rules.reassigned),  # 转派
        Step(
            event="assign_more",  # 加派
            sources=WITH_AREA,
            change=rules.given_to_one_more,
            tells=("dispatched",),
        ),
        Step(event="respond", sources=WITH_AREA),  # 首次回应
        Step(event="arrive", sources=WITH_AREA, stops={"wo.arrive": None}),  # 到达现场
        Step(event="progress", sources=WITH_AREA, change=rules.handled),  # 预处理, 反馈
        Step(
            event="misdispatch",  # 误派
            sources=WITH_AREA,
            to=RETURNED,
            guards=(guards.has_reason, guards.is_not_suspended),
            change=rules.misdispatched,
            stops={"wo.accept": ClockOutcome.HANDED_UP, "wo.arrive": ClockOutcome.HANDED_UP},
            starts=("wo.explain",),
            retargets=("wo.resolve",),
            tells=("returned",),
        ),
        Step(
            event="explain",  # 误派说明
            sources=(RETURNED,),
            to=REDISPATCHING,
            guards=(guards.has_reason, guards.is_not_suspended),
            change=rules.explained,
            stops={"wo.explain": None},
            starts=("wo.dispatch",),
        ),
        Step(
            event="overrule",  # 驳回
            sources=(RETURNED,),
            to=HANDLING,
            guards=(guards.has_reason, guards.is_not_suspended),
            change=rules.overruled,
            stops={"wo.explain": None},
            starts=("wo.accept",),
            tells=("overruled",),
        ),
        Step(
            event="complete",  # 完成
            sources=WITH_AREA,
            to=DONE,
            guards=(guards.has_handling,),
            change=rules.completed,
            resumes=True,
            stops={"wo.accept": None, "wo.arrive": None, "wo.resolve": None},
            starts=("wo.callback",),
            tells=("completed",),
        ),
        Step(
            event="callback_missed",  # 回访未通
            sources=(DONE,),
            guards=(guards.wants_callback,),
            change=rules.called_back,
        ),
        Step(
            event="callback_closed",  # 回访
            sources=(DONE,),
            to=REVIEW,
            guards=(guards.wants_callback,),
            change=rules.closed_by_customer,
            stops={"wo.callback": None},
            starts=("wo.audit",),
        ),
        Step(
            event="callback_unsatisfied",  # 回访不满意
            sources=(DONE,),
            to=DISPATCHING,
            guards=(guards.wants_callback,),
            change=rules.unsatisfied,
            new_round=True,
            stops={"wo.callback": None},
            starts=FRESH,
            tells=("unsatisfied",),
        ),
        Step(
            event="submit",  # 送审
            sources=(DONE,),
            to=REVIEW,
            guards=(guards.wants_no_callback,),
            change=rules.submitted,
            starts=("wo.audit",),
        ),
        Step(
            event="approve",  # 审核通过
            sources=(REVIEW,),
            to=ARCHIVED,
            guards=(guards.is_other_person, guards.has_no_warning),
            change=rules.approved,
            stops={"wo.audit": None},
        ),
        Step(
            event="reject",  # 审核不通过
            sources=(REVIEW,),
            to=REDISPATCHING,
            guards=(guards.has_reason, guards.is_other_person),
            change=rules.rejected,
            new_round=True,
            stops={"wo.audit": None},
            starts=FRESH,
            tells=("rejected",),
        ),
        Step(
            event="reopen",  # 重开
            sources=(REVIEW, ARCHIVED),
            to=DISPATCHING,
            guards=(guards.has_reason,),
            change=rules.reopened,
            new_round=True,
            starts=FRESH,
            tells=("reopened",),
        ),
        Step(
            event="withdraw",  # 撤销
            sources=NOT_CLOSED,
            to=WITHDRAWN,
            guards=(guards.has_reason,),
            change=rules.withdrawn,
            tells=("withdrawn",),
        ),
        Step(
            event="suspend",  # 挂起
            sources=OPEN_STATES,
            guards=(guards.has_reason, guards.is_not_suspended),
            change=rules.suspended,
            pauses=True,
        ),
        Step(
            event="resume",  # 解挂
            sources=OPEN_STATES,
            guards=(guards.is_suspended,),
            change=rules.resumed,
            resumes=True,
        ),
        Step(event="urge", sources=NOT_CLOSED, change=rules.urged, tells=("urged",)),  # 催办
        Step(
            event="supervise",  # 督办
            sources=NOT_CLOSED,
            guards=(guards.has_reason,),
            change=rules.supervised,
            tells=("supervised",),
        ),
        Step(event="warn", sources=tuple(CaseState), change=rules.warned),  # 投诉预警
        Step(event="note", sources=tuple(CaseState), guards=(guards.has_reason,)),  # 备注
        Step(event="attach", sources=tuple(CaseState)),  # 关联联络
        Step(
            event="ask_time",  # 延期申请
            sources=OPEN_STATES,
            guards=(guards.has_reason, guards.no_extension_asked),
            change=rules.more_time_asked,
            tells=("time_asked",),
        ),
        Step(
            event="grant_time",  # 准予延期
            sources=OPEN_STATES,
            guards=(guards.extension_asked,),
            change=rules.more_time_decided,
            tells=("time_granted",),
        ),
        Step(
            event="refuse_time",  # 不予延期
            sources=OPEN_STATES,
            guards=(guards.has_reason, guards.extension_asked),
            change=rules.more_time_decided,
            tells=("time_refused",),
        ),
    ),
)
