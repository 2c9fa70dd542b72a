"""Lists of what the centre is connected by and who may do what: trunks, routes, skills, roles,
webhooks, API keys. Secrets stand in none of them."""

from typing import Final

from lianxi.api.lists.tables import Reading, Rows, Table
from lianxi.http.permissions import Permission
from lianxi.modules.identity import api_keys, roles
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing.trunk_repository import TrunkRepository
from lianxi.modules.webhooks import facade as webhooks


async def _trunks(reading: Reading) -> Rows:
    return [
        (trunk.id, trunk.name, reading.yes(trunk.enabled), trunk.server, trunk.transport.value,
         reading.yes(trunk.encrypted), reading.yes(trunk.registers), trunk.username,
         "; ".join(trunk.addresses), "; ".join(trunk.codecs), reading.yes(trunk.t38),
         trunk.channels or None, "; ".join(trunk.caller_numbers), trunk.caller_number)
        for trunk in await TrunkRepository(reading.session).trunks()
    ]  # fmt: skip


async def _routes(reading: Reading) -> Rows:
    repository = TrunkRepository(reading.session)
    names = {trunk.id: trunk.name for trunk in await repository.trunks()}
    return [
        (place, route.pattern, route.note, "; ".join(names.get(id, id) for id in route.trunks),
         route.strip, route.prepend)
        for place, route in enumerate(await repository.routes(), start=1)
    ]  # fmt: skip


async def _skills(reading: Reading) -> Rows:
    return [
        (skill.skill, len(skill.agents), "; ".join(f"{no} {level}" for no, level in skill.agents),
         "; ".join(dict.fromkeys(step.flow for step in skill.needed_by)))
        for skill in await routing.skills(reading.session)
    ]  # fmt: skip


async def _roles(reading: Reading) -> Rows:
    counts = await roles.counts(reading.session)
    return [
        (role.id, role.rule.name, role.rule.name_en, reading.yes(role.revision > 0),
         role.rule.scope.value, role.rule.home, counts.get(role.id, 0),
         "; ".join(sorted(role.rule.permissions)))
        for role in await roles.roles(reading.session)
    ]  # fmt: skip


async def _webhooks(reading: Reading) -> Rows:
    return [
        (hook.name, hook.url, "; ".join(kind.value for kind in hook.events),
         reading.yes(hook.is_on), reading.yes(hook.is_internal), reading.yes(hook.unmasked),
         hook.failures, reading.moment(hook.disabled_at), reading.moment(hook.changed_at),
         hook.changed_by_name)
        for hook in await webhooks.webhooks(reading.session)
    ]  # fmt: skip


async def _keys(reading: Reading) -> Rows:
    return [
        (key.name, key.begins, "; ".join(key.permissions), key.team or "", key.made_by_name,
         reading.moment(key.made_at), reading.moment(key.expires_at),
         reading.moment(key.revoked_at), key.revoked_by_name, reading.moment(key.seen_at),
         key.seen_address)
        for key in await api_keys.keys(reading.session)
    ]  # fmt: skip


CONNECTED: Final = (
    Table(
        kind="trunks",
        permission=Permission.TRUNKS_EDIT,
        zh=("编号", "名称", "启用", "服务器", "传输", "语音加密", "注册", "用户名", "来话地址",
            "编码", "T.38 传真", "并发上限", "可显示的主叫", "默认主叫"),
        en=("Id", "Name", "Enabled", "Server", "Transport", "Voice encrypted", "Registers",
            "User name", "Addresses that call in", "Codecs", "T.38 fax", "Channels at most",
            "Caller numbers allowed", "Caller number otherwise"),
        rows=_trunks,
    ),
    Table(
        kind="routes",
        permission=Permission.TRUNKS_EDIT,
        zh=("顺序", "号码", "说明", "中继", "去掉位数", "加在前面"),
        en=("Order", "Pattern", "Note", "Trunks", "Digits taken", "Put in front"),
        rows=_routes,
    ),
    Table(
        kind="skills",
        permission=Permission.USERS_EDIT,
        zh=("技能", "人数", "坐席与级别", "用到它的流程"),
        en=("Skill", "Agents", "Agents and levels", "Flows that ask for it"),
        rows=_skills,
    ),
    Table(
        kind="roles",
        permission=Permission.USERS_EDIT,
        zh=("编号", "名称", "英文名", "自建", "数据范围", "首页", "人数", "权限"),
        en=("Id", "Name", "English name", "Own", "Sees", "Home", "People", "Permissions"),
        rows=_roles,
    ),
    Table(
        kind="webhooks",
        permission=Permission.USERS_EDIT,
        zh=("名称", "地址", "事件", "启用", "内网", "完整号码", "连续失败", "停用于", "修改于",
            "修改人"),
        en=("Name", "Address", "Events", "On", "Internal", "Numbers in full", "Failures in a row",
            "Disabled", "Changed", "Changed by"),
        rows=_webhooks,
    ),
    Table(
        kind="api_keys",
        permission=Permission.USERS_EDIT,
        zh=("名称", "开头", "权限", "班组", "建立人", "建立", "到期", "撤销", "撤销人",
            "上次使用", "来自"),
        en=("Name", "Begins", "Permissions", "Team", "Made by", "Made", "Expires", "Revoked",
            "Revoked by", "Last used", "From"),
        rows=_keys,
    ),
)  # fmt: skip
