"""What queues, agents, teams, wrap-up codes, deadlines and posts are called where figures are
printed."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.values import Channel
from lianxi.modules.announcements import contracts as announcements
from lianxi.modules.cases import facade as cases
from lianxi.modules.identity import facade as identity
from lianxi.modules.organisation import facade as organisation
from lianxi.modules.warnings import contracts as warnings
from lianxi.reports.questions import OF_CALLS, Key
from lianxi.reports.repository import Name, agent_names, code_names, queue_names

CHANNELS: Mapping[str, Name] = {
    Channel.VOICE.value: ("电话", "Telephone"),
    Channel.CHAT.value: ("在线聊天", "Chat"),
    Channel.EMAIL.value: ("邮件", "E-mail"),
    Channel.SMS.value: ("短信", "SMS"),
    Channel.FAX.value: ("传真", "Fax"),
    Channel.CALLBACK.value: ("回呼", "Callback"),
    Channel.OUTBOUND.value: ("外呼", "Outbound call"),
    Channel.INTERNAL.value: ("内部通话", "Internal call"),
    Channel.VOICEMAIL.value: ("留言", "Voicemail"),
}


async def names_of(session: AsyncSession, keys: Collection[Key]) -> dict[Key, Mapping[str, Name]]:
    """The names of all values of these keys; a value that has none stands as it is."""
    found: dict[Key, Mapping[str, Name]] = {}
    if Key.QUEUE in keys:
        found[Key.QUEUE] = await queue_names(session)
    if Key.AGENT in keys:
        found[Key.AGENT] = await agent_names(session)
    if Key.TEAM in keys:
        teams = await identity.teams(session)
        found[Key.TEAM] = {team.id: (team.name, team.name_en) for team in teams}
    if Key.DISPOSITION in keys:
        found[Key.DISPOSITION] = await code_names(session)
    if Key.CHANNEL in keys:
        found[Key.CHANNEL] = CHANNELS
    if not OF_CALLS.issuperset(keys):
        found |= {key: n for key, n in (await _of_promises(session)).items() if key in keys}
    return found


async def _of_promises(session: AsyncSession) -> dict[Key, Mapping[str, Name]]:
    orders = await cases.names(session)
    posts = await organisation.posts(session)
    return {
        Key.DEADLINE: {**orders.deadlines, **warnings.DEADLINES, **announcements.DEADLINES},
        Key.POST: {
            **{f"post:{post.id}": (post.zh, post.en or post.zh) for post in posts},
            **{f"area:{id}": name for id, name in orders.areas.items()},
        },
        Key.CASE_TYPE: orders.types,
    }
