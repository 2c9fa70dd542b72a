"""Headings and words of the exported records, as the page has them."""

from lianxi.office.exports.contracts import ExportLanguage

HEADINGS: dict[ExportLanguage, tuple[str, ...]] = {
    ExportLanguage.ZH: (
        "时间", "方向", "号码", "客户", "队列", "工号", "座席", "结果", "等待（秒）", "振铃（秒）",
        "通话（秒）", "保持（秒）", "话后（秒）", "小结码", "挂机方", "录音", "联络编号",
    ),
    ExportLanguage.EN: (
        "Time", "Direction", "Number", "Customer", "Queue", "Agent no.", "Agent", "Outcome",
        "Waited (s)", "Ring (s)", "Talk (s)", "Hold (s)", "Wrap-up (s)", "Wrap-up code",
        "Ended by", "Recording", "Contact id",
    ),
}  # fmt: skip

_TIMES = {ExportLanguage.ZH: "来电次数", ExportLanguage.EN: "Calls"}
MISSED_HEADINGS = {spoken: (_TIMES[spoken], *names) for spoken, names in HEADINGS.items()}
"""How often each number called, and the record of its last call."""

WORDS: dict[ExportLanguage, dict[str, dict[str, str]]] = {
    ExportLanguage.ZH: {
        "direction": {"inbound": "呼入", "outbound": "呼出", "internal": "内部"},
        "outcome": {
            "in_progress": "进行中", "answered": "已接听", "abandoned": "已放弃",
            "flow_ended": "流程内结束", "system": "系统结束", "busy": "对方忙",
            "no_answer": "无人接听", "refused": "对方拒接", "failed": "未接通",
            "cancelled": "座席取消",
        },
        "ended_by": {"customer": "客户", "agent": "座席", "system": "系统"},
        "recording": {
            "none": "无", "pending": "合成中", "ready": "有", "missing": "缺失",
            "deleted": "已删除",
        },
    },
    ExportLanguage.EN: {
        "direction": {"inbound": "Inbound", "outbound": "Outbound", "internal": "Internal"},
        "outcome": {
            "in_progress": "In progress", "answered": "Answered", "abandoned": "Abandoned",
            "flow_ended": "Ended in the flow", "system": "Ended by the system", "busy": "Busy",
            "no_answer": "No answer", "refused": "Refused", "failed": "Not reached",
            "cancelled": "Cancelled by the agent",
        },
        "ended_by": {"customer": "Customer", "agent": "Agent", "system": "System"},
        "recording": {
            "none": "None", "pending": "In the making", "ready": "Yes", "missing": "Missing",
            "deleted": "Deleted",
        },
    },
}  # fmt: skip
