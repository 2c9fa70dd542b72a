"""What is wrong with a flow, as sentences: where it is, and what to do about it."""

from lianxi.modules.ivr.contracts import Flaw, FlowProblem

SENTENCES: dict[Flaw, tuple[str, str]] = {
    Flaw.MALFORMED: (
        "节点“{node}”写得不对:{what}。请按格式改正。",
        "Node “{node}” is not written as it should be: {what}. Mend it.",
    ),
    Flaw.NO_NODES: ("流程没有节点,请先加一个。", "The flow has no nodes; add one."),
    Flaw.UNKNOWN_START: (
        "开始节点“{what}”不存在,请选择一个有的节点。",
        "The start “{what}” does not exist; choose a node that does.",
    ),
    Flaw.NO_EXIT: (
        "节点“{node}”的出口“{what}”没有去向,请连到下一个节点。",
        "The way out “{what}” of node “{node}” leads nowhere; connect it to a node.",
    ),
    Flaw.UNKNOWN_NODE: (
        "节点“{node}”指向不存在的节点“{what}”,请改连到有的节点。",
        "Node “{node}” leads to “{what}”, which does not exist; lead it to a node that does.",
    ),
    Flaw.UNKNOWN_QUEUE: (
        "节点“{node}”用到不存在的队列“{what}”,请选择一个队列。",
        "Node “{node}” names the queue “{what}”, which does not exist; choose another.",
    ),
    Flaw.UNKNOWN_CALENDAR: (
        "节点“{node}”用到不存在的日历“{what}”,请选择一个日历。",
        "Node “{node}” names the calendar “{what}”, which does not exist; choose another.",
    ),
    Flaw.UNKNOWN_AGENT: (
        "节点“{node}”转给不存在的座席“{what}”,请选择一个座席。",
        "Node “{node}” names the agent “{what}”, who does not exist; choose another.",
    ),
    Flaw.UNKNOWN_CONNECTOR: (
        "节点“{node}”用到没有配置的接口“{what}”,请先配置它或另选一个。",
        "Node “{node}” uses the connector “{what}”, which is not set up; set it up or choose "
        "another.",
    ),
    Flaw.UNKNOWN_FIELD: (
        "节点“{node}”取客户的“{what}”,没有这一项;可取 id、name、level、tags、language。",
        "Node “{node}” takes “{what}” of the customer, which there is not; there are id, name, "
        "level, tags and language.",
    ),
    Flaw.UNKNOWN_LANGUAGE: (
        "节点“{node}”选的语言“{what}”没有提示音,请改选或补录。",
        "Node “{node}” chooses the language “{what}”, which has no prompts; choose another or "
        "record them.",
    ),
    Flaw.UNKNOWN_FLOW: (
        "节点“{node}”调用不存在的流程“{what}”,请先发布它或另选一个。",
        "Node “{node}” calls the flow “{what}”, which does not exist; publish it first or choose "
        "another.",
    ),
    Flaw.FLOW_CALLS_ITSELF: (
        "节点“{node}”经由“{what}”又调用本流程,请去掉这个循环。",
        "Through node “{node}” and “{what}” the flow calls itself; break this circle.",
    ),
    Flaw.BREAKS_CALLER: (
        "“{what}”调用本流程,改后变量对不上。请保留它用到的变量,或先改它。",
        "“{what}” calls this flow and its variables would no longer fit; keep them, or change the "
        "caller first.",
    ),
    Flaw.UNREACHABLE: (
        "没有路能走到节点“{node}”,请连上它或删去。",
        "No way leads to node “{node}”; connect it or remove it.",
    ),
    Flaw.ENDLESS_LOOP: (
        "来电者什么也不做时,会从节点“{node}”一直绕圈。请加按键、次数限制或另一个出口。",
        "A caller who does nothing goes round for ever from node “{node}”; add a key, a counter or "
        "another way out.",
    ),
    Flaw.MISSING_DEFAULT: (
        "节点“{node}”没有默认去向,请补上。",
        "Node “{node}” has no default way; add it.",
    ),
    Flaw.MISSING_ERROR_WAY: (
        "节点“{node}”缺少出错或超时的去向“{what}”,请补上。",
        "Node “{node}” lacks the way “{what}” for errors or time-outs; add it.",
    ),
    Flaw.MISSING_PROMPT: (
        "节点“{node}”缺少提示音“{what}”,请录制上传或另选一个。",
        "Node “{node}” lacks the prompt “{what}”; record it or choose another.",
    ),
    Flaw.NO_CHOICES: (
        "菜单“{node}”没有按键,请至少加一个。",
        "Menu “{node}” has no keys; add one at least.",
    ),
    Flaw.NO_BRANCHES: (
        "条件节点“{node}”没有分支,请至少加一个。",
        "Condition “{node}” has no branches; add one at least.",
    ),
    Flaw.NO_QUESTIONS: (
        "满意度节点“{node}”没有题目,请至少加一题。",
        "Survey “{node}” has no questions; add one at least.",
    ),
    Flaw.BAD_DIGIT: (
        "节点“{node}”的按键“{what}”不是 0–9、* 或 # 中允许的一个,请改正。",
        "Key “{what}” of node “{node}” is not one that may be used there (0–9, *, #); change it.",
    ),
    Flaw.DUPLICATE_DIGIT: (
        "节点“{node}”的按键“{what}”用了两次,请改掉一个。",
        "Node “{node}” uses the key “{what}” twice; change one of them.",
    ),
    Flaw.BAD_RETRIES: (
        "节点“{node}”的重试次数 {what} 不在 0 到 10 之间,请改正。",
        "Node “{node}” has {what} retries; 0 to 10 are possible.",
    ),
    Flaw.BAD_WAIT: (
        "节点“{node}”的时长 {what} 毫秒超出允许范围,请改正。",
        "Node “{node}” has a time of {what} ms, which is out of its range; change it.",
    ),
    Flaw.BAD_LENGTH: (
        "节点“{node}”的位数 {what} 不对:最短不大于最长,1 到 40 位。",
        "Node “{node}” takes {what} digits; from 1 to 40 are possible, the shortest first.",
    ),
    Flaw.BAD_SHARES: (
        "节点“{node}”的比例({what})之和不是 100,请改正。",
        "The shares of node “{node}” ({what}) are not whole percents that make 100; change them.",
    ),
    Flaw.BAD_QUESTION: (
        "满意度节点“{node}”的题目“{what}”没有编号、编号重复或按键范围不对,请改正。",
        "Question “{what}” of survey “{node}” has no id of its own or no proper range of keys; "
        "change it.",
    ),
    Flaw.BAD_VARIABLE: (
        "变量“{what}”的名称不合规、重复,或默认值类型不对,请改正。",
        "The variable “{what}” has no proper name, is declared twice, or has a default of another "
        "type; change it.",
    ),
    Flaw.UNKNOWN_VARIABLE: (
        "节点“{node}”用到没有声明的变量“{what}”,请先声明。",
        "Node “{node}” uses the variable “{what}”, which is not declared; declare it first.",
    ),
    Flaw.WRONG_TYPE: (
        "节点“{node}”中“{what}”的类型对不上,请改用同一类型的值。",
        "In node “{node}” the type of “{what}” does not fit; use values of one type.",
    ),
    Flaw.BAD_CONDITION: (
        "节点“{node}”的条件“{what}”为空或嵌套超过 5 层,请改正。",
        "The condition “{what}” of node “{node}” is empty or nested more than 5 deep; change it.",
    ),
    Flaw.QUEUE_UNSTAFFED: (
        "节点“{node}”的队列“{what}”没有能签入的座席服务,来电者会空等。请给队列加座席。",
        "No agent who can sign in serves the queue “{what}” of node “{node}”; callers would wait "
        "for nobody. Add agents to it.",
    ),
    Flaw.QUEUE_NEVER_OPEN: (
        "节点“{node}”的队列“{what}”从不营业:它的日历没有营业时间。请填上营业时间或换一个日历。",
        "The queue “{what}” of node “{node}” is never open: its calendar has no hours. Fill them "
        "in or choose another calendar.",
    ),
}


def sentence(problem: FlowProblem, language: str) -> str:
    """One problem in `zh` or `en`."""
    zh, en = SENTENCES[problem.flaw]
    return (en if language == "en" else zh).format(node=problem.node, what=problem.what)
