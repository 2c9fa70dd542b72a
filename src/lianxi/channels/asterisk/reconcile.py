"""What Asterisk holds of ours, asked from Asterisk: the other half of what the engine believes."""

from collections.abc import Callable

from lianxi.channels.asterisk.config.instance import APPLICATION
from lianxi.channels.asterisk.naming import MONITOR_PREFIX, is_ours, is_outward
from lianxi.channels.asterisk.provisioning import DEVICE_PREFIXES
from lianxi.channels.asterisk.registrations import ONLINE
from lianxi.channels.asterisk.session import Asking
from lianxi.channels.asterisk.translate import arrival, contact_for, role_of
from lianxi.channels.asterisk.wire import (
    About,
    Application,
    BridgeView,
    ChannelView,
    EndpointView,
)
from lianxi.engine.messages.sighting import LegRole, SeenLeg, Sighting
from lianxi.kernel.ids import Endpoint, LegId
from lianxi.kernel.time import Instant


async def generation_of(ari: Asking) -> str:
    """A word that changes whenever Asterisk starts anew: the moment it did. Raises ChannelFault."""
    return (await ari.get("asterisk/info", About)).status.startup_time


async def endpoints_of(ari: Asking) -> dict[Endpoint, bool]:
    """All endpoints, trunks included, and whether each can be reached. Raises ChannelFault."""
    views = await ari.get("endpoints/PJSIP", list[EndpointView])
    return {Endpoint(view.resource): view.state == ONLINE for view in views}


async def sighting_of(ari: Asking, now: Callable[[], Instant]) -> Sighting:
    """Everything of ours. Four questions one after the other, so a leg that comes or goes in
    between may be seen in one answer and missing in another; who compares does so twice.

    Raises:
        ChannelFault: the switch cannot be asked.
    """
    application = await ari.get(f"applications/{APPLICATION}", Application)
    owned = set(application.channel_ids)
    channels = await ari.get("channels", list[ChannelView])
    found = await ari.get("bridges", list[BridgeView])
    bridges = [b for b in found if is_ours(b.id) or b.id.startswith(MONITOR_PREFIX)]
    stands = {leg: bridge.id for bridge in bridges for leg in bridge.channels}
    endpoints = await endpoints_of(ari)
    return Sighting(
        generation=await generation_of(ari),
        legs={
            LegId(channel.id): _seen(channel, role, stands.get(channel.id), now())
            for channel in channels
            if channel.id in owned and (role := role_of(channel)) is not None
        },
        bridges={b.id: frozenset(LegId(leg) for leg in b.channels) for b in bridges},
        registered=frozenset(
            name
            for name, online in endpoints.items()
            if online and name.startswith(DEVICE_PREFIXES)
        ),
    )


def _seen(channel: ChannelView, role: LegRole, bridge: str | None, at: Instant) -> SeenLeg:
    has_come = role is LegRole.CUSTOMER and not is_outward(channel.id)
    return SeenLeg(
        contact=contact_for(channel),
        role=role,
        bridge=bridge,
        up=channel.state == "Up",
        arrival=arrival(channel, channel.dialplan.exten, at) if has_come else None,
    )
