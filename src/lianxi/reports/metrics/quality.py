"""How well calls were served: settled at once, handed on, scored, and as customers say."""

from lianxi.reports.registry import Chart, Direction, Formula, Metric, Source, TargetFrom, Unit
from lianxi.reports.spread import Mean
from lianxi.reports.sums.business import (
    CLOSED,
    CODED,
    CODED_RESOLVED,
    NOT_REPEATED,
    SAID,
    SAID_RESOLVED,
)
from lianxi.reports.sums.contacts import ASKED, REPLIES, SATISFIED, SCORES, SCORES_SQUARED
from lianxi.reports.sums.people import (
    NO_BUSINESS_ERROR,
    NO_COMPLIANCE_ERROR,
    NO_CUSTOMER_ERROR,
    RANDOM,
    RANDOM_SCORE,
)
from lianxi.reports.sums.work import HANDLED, TRANSFERRED, TRANSFERS

MONITORING_SCORE = Metric(
    id="monitoring_score",
    no="K12",
    name="监听分值",
    name_en="Monitoring score",
    meaning="随机抽样质检的平均得分(现行修订版)。",
    meaning_en=(
        "Mean score of released evaluations of the random sample, in their current revision."
    ),
    unit=Unit.NUMBER,
    population="已发布的随机质检",
    population_en="released evaluations of the random sample",
    clock="质检周期",
    clock_en="evaluation period",
    facts="evaluation release and revision",
    left_out="定向抽检、自听、校准和申诉中的评分",
    left_out_en="Targeted checks, self-listening, calibration, evaluations under appeal.",
    direction=Direction.UP,
    cadence="月",
    cadence_en="month",
    owner="质检员",
    chart=Chart.XMR,
    formulas=(
        Formula(
            id="K12.a",
            text="Σ 得分 ÷ 随机质检数",
            text_en="Σ score ÷ evaluations of the random sample",
            expression=RANDOM_SCORE / RANDOM,
        ),
    ),
    source=Source.NONE_YET,
)

FCR = Metric(
    id="fcr",
    no="K17",
    name="一次性解决率",
    name_en="First-call resolution",
    meaning=(
        "一次就解决的联络占比:按 7 天内无重复来电与回呼(b)、按小结编码(a)、"
        "按客户回答(c)。三者都发布。"
    ),
    meaning_en=(
        "Share of contacts settled at once: as no repeat and no callback within 7 days show (b), as"
        " coded in wrap-up (a), as the caller says (c). All three are published."
    ),
    unit=Unit.RATIO,
    population="已结束的联络",
    population_en="closed contacts",
    clock="结束 → 之后 7 天;b 在此前为暂定值",
    clock_en="closing to 7 days later; until then (b) is provisional",
    facts="disposition, arrived, callback, survey",
    left_out="未显示号码的来电;c 不含没有回答的客户",
    left_out_en="Callers without a number; for (c) callers who gave no answer.",
    direction=Direction.UP,
    cadence="日,按坐席与中心",
    cadence_en="day; per agent and centre",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="K17.b",
            text="7 天内无重复且无回呼 ÷ 已结束",
            text_en="no repeat and no callback within 7 days ÷ closed",
            expression=NOT_REPEATED / CLOSED,
        ),
        Formula(
            id="K17.a",
            text="编码为已解决 ÷ 有编码",
            text_en="coded as settled ÷ coded",
            expression=CODED_RESOLVED / CODED,
        ),
        Formula(
            id="K17.c",
            text="客户称已解决 ÷ 有回答",
            text_en="settled as the caller says ÷ callers who said",
            expression=SAID_RESOLVED / SAID,
        ),
    ),
    target=0.85,
    target_from=TargetFrom.UNSOURCED,
)

TRANSFER_RATE = Metric(
    id="transfer_rate",
    no="K19",
    name="转接呼叫率",
    name_en="Transfer rate",
    meaning="被坐席转出至少一次的联络占处理数的比例;转接方式与原因分列。",
    meaning_en=(
        "Share of handled contacts that an agent handed on at least once. Kinds and reasons are"
        " kept apart."
    ),
    unit=Unit.RATIO,
    population="处理的联络",
    population_en="handled contacts",
    clock="转接的时刻",
    clock_en="moment of the transfer",
    facts="transfer (kind, reason)",
    left_out="没有转接的咨询;按规则的溢出",
    left_out_en="A consult that went back; overflow by rule.",
    direction=Direction.DOWN,
    cadence="日、周、月,附坐席所填原因",
    cadence_en="day, week, month, with the agents' reasons",
    owner="班长",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="K19.a",
            text="有转接的联络 ÷ 处理数",
            text_en="contacts with a transfer ÷ handled",
            expression=TRANSFERRED / HANDLED,
        ),
        Formula(
            id="K19.b",
            text="转接次数 ÷ 处理数",
            text_en="transfer legs ÷ handled",
            expression=TRANSFERS / HANDLED,
        ),
    ),
    target=0.03,
    alarm_high=0.04,
    target_from=TargetFrom.UNSOURCED,
)

CSAT = Metric(
    id="csat",
    no="L10",
    name="满意度",
    name_en="CSAT",
    meaning="评价回答中 4 分和 5 分(满分 5 分)的占比;并列参评率和平均分。",
    meaning_en="Share of survey answers that are 4 or 5 of 5; response rate and mean beside it.",
    unit=Unit.RATIO,
    population="满意度评价的回答",
    population_en="answers to survey questions",
    clock="提问的时刻",
    clock_en="moment of the question",
    facts="survey answer",
    left_out="没有回答的客户",
    left_out_en="Callers who gave no answer.",
    direction=Direction.UP,
    cadence="日、周、月",
    cadence_en="day, week, month",
    owner="质检员",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L10",
            text="4–5 分的回答 ÷ 回答",
            text_en="answers 4–5 ÷ answers",
            expression=SATISFIED / REPLIES,
        ),
    ),
)

SURVEY_RESPONSE = Metric(
    id="survey_response",
    name="参评率",
    name_en="Survey response rate",
    meaning="被提问后作出回答的占比。",
    meaning_en="Share of survey questions that were answered.",
    unit=Unit.RATIO,
    population="提出的评价问题",
    population_en="survey questions that were put",
    clock="提问的时刻",
    clock_en="moment of the question",
    facts="survey answer",
    left_out="没有听到问题的客户",
    left_out_en="Callers who never heard the question.",
    direction=Direction.UP,
    cadence="日、周、月",
    cadence_en="day, week, month",
    owner="质检员",
    formulas=(
        Formula(
            id="L10.b",
            text="回答 ÷ 提问",
            text_en="answers ÷ questions asked",
            expression=REPLIES / ASKED,
        ),
    ),
)

SURVEY_MEAN = Metric(
    id="survey_mean",
    name="平均评分",
    name_en="Mean survey answer",
    meaning="评价回答的平均分(1 至 5)。",
    meaning_en="Mean of the survey answers, 1 to 5.",
    unit=Unit.NUMBER,
    population="满意度评价的回答",
    population_en="answers to survey questions",
    clock="提问的时刻",
    clock_en="moment of the question",
    facts="survey answer",
    left_out="没有回答的客户",
    left_out_en="Callers who gave no answer.",
    direction=Direction.UP,
    cadence="日、周、月",
    cadence_en="day, week, month",
    owner="质检员",
    chart=Chart.XBAR_S,
    formulas=(
        Formula(
            id="L10.c",
            text="Σ 评分 ÷ 回答",
            text_en="Σ answers ÷ number of answers",
            expression=Mean(SCORES, SCORES_SQUARED, REPLIES),
        ),
    ),
)

ERROR_FREE = Metric(
    id="error_free",
    no="L18",
    name="质检准确率",
    name_en="Error-free share",
    meaning="随机抽样中无致命错误的占比,分客户、业务、合规三类,不合并。",
    meaning_en=(
        "Share of the random sample without a critical error, kept apart for errors that matter to"
        " the customer (a), to the business (b) and to compliance (c)."
    ),
    unit=Unit.RATIO,
    population="已发布的随机质检",
    population_en="released evaluations of the random sample",
    clock="质检周期",
    clock_en="evaluation period",
    facts="evaluation release and revision",
    left_out="定向抽检、校准和申诉中的评分",
    left_out_en="Targeted checks, calibration, evaluations under appeal.",
    direction=Direction.UP,
    cadence="月",
    cadence_en="month",
    owner="质检员",
    chart=Chart.P_LANEY,
    formulas=(
        Formula(
            id="L18.a",
            text="无客户致命错误 ÷ 随机质检数",
            text_en="without customer-critical error ÷ random sample",
            expression=NO_CUSTOMER_ERROR / RANDOM,
        ),
        Formula(
            id="L18.b",
            text="无业务致命错误 ÷ 随机质检数",
            text_en="without business-critical error ÷ random sample",
            expression=NO_BUSINESS_ERROR / RANDOM,
        ),
        Formula(
            id="L18.c",
            text="无合规致命错误 ÷ 随机质检数",
            text_en="without compliance-critical error ÷ random sample",
            expression=NO_COMPLIANCE_ERROR / RANDOM,
        ),
    ),
    source=Source.NONE_YET,
)

METRICS = (
    MONITORING_SCORE,
    FCR,
    TRANSFER_RATE,
    CSAT,
    SURVEY_RESPONSE,
    SURVEY_MEAN,
    ERROR_FREE,
)
