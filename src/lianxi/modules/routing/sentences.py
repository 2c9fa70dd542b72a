"""What is wrong with a configuration, as sentences: where it is, and what to do about it."""

from lianxi.modules.routing.contracts import RoutingFlaw, RoutingProblem

SENTENCES: dict[RoutingFlaw, tuple[str, str]] = {
    RoutingFlaw.MALFORMED: (
        "{where} 写得不对:{given}。请按格式改正。",
        "{where} is not written as it should be: {given}. Mend it.",
    ),
    RoutingFlaw.NOT_BETWEEN: (
        "{where} 的 {field} 是 {given},应在 {lowest} 到 {highest} 之间,请改正。",
        "{field} of {where} is {given}; give a value from {lowest} to {highest}.",
    ),
    RoutingFlaw.BAD_NAME: (
        "{where} 的 {field} 不能是“{given}”:名称 1 到 80 字;编号只用字母、数字、_ 和 -,"
        "最多 40 位。",
        "{field} of {where} cannot be “{given}”: names have 1 to 80 signs; ids are letters, "
        "digits, _ and -, at most 40.",
    ),
    RoutingFlaw.TOO_MANY: (
        "{where} 的 {field} 有 {given} 个,最多 {highest} 个;请合并,或删去不用的。",
        "{where} has {given} {field}, and at most {highest} are found at a glance; join some, or "
        "take away what is not used.",
    ),
    RoutingFlaw.TOO_LONG: (
        "{where} 的 {field}“{given}”太长,最多 {highest} 个字,请缩短。",
        "{field} of {where}, “{given}”, is too long; write at most {highest} signs.",
    ),
    RoutingFlaw.UNKNOWN_QUEUE: (
        "{where} 的 {field} 指向不存在的队列“{given}”,请改选一个队列,或先新建它。",
        "{field} of {where} names the queue “{given}”, which does not exist; choose another, or "
        "create it first.",
    ),
    RoutingFlaw.UNKNOWN_AGENT: (
        "{where} 的 {field} 指向不存在的座席“{given}”,请改选一个座席。",
        "{field} of {where} names the agent “{given}”, who does not exist; choose another.",
    ),
    RoutingFlaw.UNKNOWN_FLOW: (
        "{where} 的 {field} 指向不存在的流程“{given}”,请先发布它或另选一个。",
        "{field} of {where} names the flow “{given}”, which does not exist; publish it first or "
        "choose another.",
    ),
    RoutingFlaw.UNKNOWN_CALENDAR: (
        "{where} 的 {field} 指向不存在的日历“{given}”,请改选一个日历,或先新建它。",
        "{field} of {where} names the calendar “{given}”, which does not exist; choose another, "
        "or create it first.",
    ),
    RoutingFlaw.UNKNOWN_PROMPT: (
        "{where} 的 {field} 用到没有录制的提示音“{given}”,请先录制或另选一个。",
        "{field} of {where} names the prompt “{given}”, which is not recorded; record it or "
        "choose another.",
    ),
    RoutingFlaw.UNKNOWN_TEAM: (
        "{where} 的 {field} 指向不存在的班组“{given}”,请改选一个班组。",
        "{field} of {where} names the team “{given}”, which does not exist; choose another.",
    ),
    RoutingFlaw.DUPLICATE: (
        "{where} 的 {field} 重复出现“{given}”,请去掉一个。",
        "{field} of {where} has “{given}” twice; take one away.",
    ),
    RoutingFlaw.RESERVED: (
        "{where} 的 {field} 不能用“{given}”,这是系统自用的代码,请换一个。",
        "{field} of {where} cannot be “{given}”, which the system uses itself; choose another.",
    ),
    RoutingFlaw.MISSING: (
        "{where} 的 {field} 没有填写,请补上。",
        "{field} of {where} says nothing; fill it in.",
    ),
    RoutingFlaw.AMBIGUOUS: (
        "{where} 既指向流程又指向队列“{given}”,请只留一个。",
        "{where} leads to a flow and to the queue “{given}” as well; keep one of them.",
    ),
    RoutingFlaw.TO_ITSELF: (
        "{where} 的 {field} 指回“{given}”自己,请改选别处。",
        "{field} of {where} leads back to “{given}” itself; choose another place.",
    ),
    RoutingFlaw.BAD_STAGES: (
        "{where} 的 {field} 不成梯级:第一级从 0 开始,之后时间递增、级别递减,请改正。",
        "{field} of {where} are no steps: the first begins at 0, then times rise and levels fall; "
        "mend them.",
    ),
    RoutingFlaw.TWO_CALLS: (
        "{where} 的 {field} 是“{given}”:通话一律写作 voice,且同时最多 1 个,请改正。",
        "{field} of {where} is “{given}”: every call counts as voice, one at a time; mend it.",
    ),
    RoutingFlaw.NOT_SERVED: (
        "{where} 的 {field} 给了队列“{given}”的级别,但座席不服务该队列,请加上该队列或去掉级别。",
        "{field} of {where} is a level in the queue “{given}”, which the agent does not serve; "
        "add the queue, or take the level away.",
    ),
    RoutingFlaw.BAD_HOURS: (
        "{where} 的 {field} 是“{given}”:每段时间在当天开始、之后结束,最晚到次日 24 点,请改正。",
        "{field} of {where} is “{given}”: hours open within the day and close later, by the end of "
        "the next day at the latest; mend them.",
    ),
    RoutingFlaw.UNKNOWN_TRUNK: (
        "{where} 的 {field} 指向不存在的中继“{given}”,请改选一条中继,或先新建它。",
        "{field} of {where} names the trunk “{given}”, which does not exist; choose another, or "
        "create it first.",
    ),
    RoutingFlaw.BAD_ADDRESS: (
        "{where} 的 {field} 是“{given}”:服务器写 主机 或 主机:端口;允许的地址写 IP 或网段,"
        "不能是所有地址,网段不能大过 /8。",
        "{field} of {where} is “{given}”: a server is host or host:port; an address is an IP or a "
        "network, not everybody, and no wider than /8.",
    ),
    RoutingFlaw.BAD_CODEC: (
        "{where} 的 {field} 是“{given}”,可用的编码是 alaw、ulaw、g722。",
        "{field} of {where} is “{given}”; the codecs are alaw, ulaw and g722.",
    ),
    RoutingFlaw.BAD_PATTERN: (
        "{where} 的 {field} 是“{given}”:只用数字、+、*、#;号码规则另可用 X(0-9)、Z(1-9)、"
        "N(2-9),末尾可加点号表示一位或多位。",
        "{field} of {where} is “{given}”: digits, +, * and #; patterns also X (0-9), Z (1-9), "
        "N (2-9), and a dot at the end for one digit or more.",
    ),
}


def sentence(problem: RoutingProblem, language: str) -> str:
    """What is wrong and what to do, in `zh` or `en`."""
    chinese, english = SENTENCES[problem.flaw]
    return (chinese if language == "zh" else english).format(
        where=problem.where,
        field=problem.field,
        given=problem.given,
        lowest=problem.lowest,
        highest=problem.highest,
    )
