"""Agents' devices at the switch: three objects each, pushed over ARI, kept in its memory only.

A restart of Asterisk loses them, so all of them are pushed again for every connection where they
are missing. Order of the codecs: a-law first, as trunks speak it, so that nothing is transcoded.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

import structlog

from lianxi.channels.asterisk.registrations import Registrations
from lianxi.channels.asterisk.session import AriRefused, Asking
from lianxi.engine.messages.sighting import Device
from lianxi.engine.messages.values import DeviceKind
from lianxi.kernel.ids import Endpoint

log = structlog.get_logger(__name__)

ROOT: Final = "asterisk/config/dynamic/res_pjsip"
KINDS: Final = ("auth", "aor", "endpoint")
"""In the order in which they are made; taken away the other way round."""

DEVICE_PREFIXES: Final = ("ag-", "ph-")
"""Endpoints of agents' browsers and desk phones begin so; all others are trunks."""

COMMON: Final = {
    "context": "from-agent",
    "disallow": "all",
    "allow": "alaw,ulaw,opus",
    "direct_media": "no",
    "dtmf_mode": "rfc4733",
    "rtp_timeout": "30",
    "rtp_timeout_hold": "300",
}
BROWSER: Final = {"transport": "ws", "webrtc": "yes"}
PHONE: Final = {
    "transport": "udp",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "rewrite_contact": "yes",
}


class Provisioning:
    """Pushes and removes devices.

    Args:
        password: the password of a device; None when it may not register any more.
        registrations: told which endpoints are ours, and which are no more.
    """

    def __init__(
        self,
        ari: Asking,
        password: Callable[[Endpoint], Awaitable[str | None]],
        registrations: Registrations,
    ) -> None:
        self._ari = ari
        self._password = password
        self._registrations = registrations
        self._there: set[Endpoint] = set()

    async def push(self, device: Device, ari: Asking | None = None) -> None:
        """Let a device register. One that is there already is left alone: a registration that
        comes while its objects are replaced would survive its own end (measured).

        Raises:
            ChannelFault: the switch cannot be asked, or refuses.
        """
        if device.endpoint in self._there:
            return
        password = await self._password(device.endpoint)
        if password is None:
            log.warning("device_without_password", endpoint=device.endpoint)
            return
        self._registrations.watch(device.endpoint)
        for kind, fields in objects(device, password).items():
            listed = [{"attribute": name, "value": value} for name, value in fields.items()]
            path = f"{ROOT}/{kind}/{device.endpoint}"
            await (ari or self._ari).call("PUT", path, body={"fields": listed})
        self._there.add(device.endpoint)
        self._registrations.look(device.endpoint)

    async def retire(self, endpoint: Endpoint, ari: Asking | None = None) -> None:
        """Let a device register no more.

        Raises:
            ChannelFault: the switch cannot be asked.
        """
        self._registrations.forget(endpoint)
        self._there.discard(endpoint)
        for kind in reversed(KINDS):
            try:
                await (ari or self._ari).call("DELETE", f"{ROOT}/{kind}/{endpoint}")
            except AriRefused as refused:
                if refused.status != 404:
                    raise

    async def settle(
        self, ari: Asking, devices: Iterable[Device], present: frozenset[Endpoint]
    ) -> None:
        """After a new connection: push what the switch lacks, retire what should not be there.

        Args:
            ari: the new connection, which nobody else may use yet.
            devices: those that may register.
            present: the endpoints that the switch has, trunks included.

        Raises:
            AriAway: the connection ended.
        """
        self._there = set(present)
        wanted = {device.endpoint: device for device in devices}
        for endpoint in present:
            if endpoint.startswith(DEVICE_PREFIXES) and endpoint not in wanted:
                await self.retire(endpoint, ari)
        for endpoint, device in wanted.items():
            self._registrations.watch(endpoint)
            if endpoint not in present:
                try:
                    await self.push(device, ari)
                except AriRefused as refused:
                    log.error("device_refused", endpoint=endpoint, what=refused.what)


def objects(device: Device, password: str) -> dict[str, Mapping[str, str]]:
    """The objects of a device, by kind, each as attributes.

    The aor keeps one registration, the latest: a reloaded browser takes its own place.
    """
    name = device.endpoint
    sort = BROWSER if device.kind is DeviceKind.BROWSER else PHONE
    return {
        "auth": {"auth_type": "userpass", "username": name, "password": password},
        "aor": {
            "max_contacts": "1",
            "remove_existing": "yes",
            "qualify_frequency": "30",
            "minimum_expiration": "30",
        },
        "endpoint": {**COMMON, **sort, "auth": name, "aors": name},
    }
