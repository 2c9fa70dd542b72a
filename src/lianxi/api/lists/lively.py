"""Lists of the live floor, as they are at the moment of asking: only what the reader sees."""

from typing import Final

from lianxi.api.lists.tables import Reading, Rows, Table
from lianxi.api.live.topics import sight_of
from lianxi.http.permissions import Permission
from lianxi.projections.live.boards import agent_rows, queue_rows

_STATES = {
    "ready": ("示闲", "Ready"), "not_ready": ("示忙", "Not ready"), "ringing": ("振铃", "Ringing"),
    "talking": ("通话", "Talking"), "hold": ("保持", "On hold"), "acw": ("话后", "After call"),
    "not_responding": ("未应答", "Not responding"), "lost": ("失联", "Lost"),
    "unregistered": ("未注册", "Unregistered"), "recovering": ("恢复中", "Recovering"),
    "signed_out": ("未签入", "Signed out"),
}  # fmt: skip


async def _agents(reading: Reading) -> Rows:
    centre, sight = reading.hub.centre, sight_of(reading.caller)
    queues = queue_rows(centre, sight)
    rows = []
    for agent in agent_rows(centre, sight).values():
        queue = queues.get(agent["queue"] or "")
        zh, en = _STATES.get(agent["state"], (agent["state"], agent["state"]))
        is_here = agent["state"] != "signed_out"
        rows.append(
            (
                agent["no"],
                agent["name"],
                agent["team"],
                reading.named(zh, en),
                agent["reason"] or "",
                round((reading.at - agent["since"]) / 1000) if is_here else None,
                "" if queue is None else reading.named(queue["name"], queue["name_en"]),
                agent["number"] or "",
                agent["answered_today"],
            )
        )
    return rows


async def _queues(reading: Reading) -> Rows:
    rows = []
    for queue in queue_rows(reading.hub.centre, sight_of(reading.caller)).values():
        longest, expected = queue["longest_since"], queue["expected_wait_ms"]
        rows.append(
            (
                reading.named(queue["name"], queue["name_en"]),
                queue["waiting"],
                None if longest is None else round((reading.at - longest) / 1000),
                queue["ready"],
                queue["talking"],
                queue["acw"],
                queue["signed_in"],
                None if expected is None else expected / 1000,
            )
        )
    return rows


LIVELY: Final = (
    Table(
        kind="live_agents",
        permission=Permission.LIVE_READ,
        zh=("工号", "姓名", "班组", "状态", "原因", "时长（秒）", "队列", "号码", "今日接听"),
        en=("Agent no.", "Name", "Team", "State", "Reason", "In state (s)", "Queue", "Number",
            "Answered today"),
        rows=_agents,
    ),
    Table(
        kind="live_queues",
        permission=Permission.LIVE_READ,
        zh=("队列", "等待", "最长等待（秒）", "示闲", "通话", "话后", "在岗", "预计等待（秒）"),
        en=("Queue", "Waiting", "Longest (s)", "Ready", "Talking", "After call", "Signed in",
            "Expected wait (s)"),
        rows=_queues,
    ),
)  # fmt: skip
