"""What queues, agents, teams and wrap-up codes are called where figures about them are printed."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.engine.messages.values import Channel
from lianxi.modules.identity import facade as identity
from lianxi.reports.questions import Key
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
    return found
