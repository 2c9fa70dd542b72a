"""A trunk as objects of the switch: what is pushed for it, by kind. Pure.

Everything of a trunk is called `tk-` and its id, so that each name tells whose it is, and whoever
calls in is known by the name of the channel alone.
"""

import re
from collections.abc import Mapping
from typing import Final

from lianxi.engine.messages.trunks import Trunk, TrunkTransport
from lianxi.kernel.ids import TrunkId

TRUNK_PREFIX: Final = "tk-"
KINDS: Final = ("auth", "aor", "endpoint", "identify", "registration")
"""In the order in which they are made; taken away the other way round."""

_CHANNEL = re.compile(rf"PJSIP/{TRUNK_PREFIX}(.+)-[0-9a-f]+")

_ALWAYS: Final = {
    "context": "from-trunk",
    "identify_by": "ip",
    "disallow": "all",
    "direct_media": "no",
    "dtmf_mode": "rfc4733",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "trust_id_inbound": "yes",
    "send_pai": "yes",
    "timers": "yes",
    "timers_min_se": "90",
}


_T38: Final = {"t38_udptl": "yes", "t38_udptl_ec": "redundancy", "t38_udptl_maxdatagram": "400"}


def endpoint_of(trunk: TrunkId) -> str:
    """The name of everything that belongs to a trunk."""
    return f"{TRUNK_PREFIX}{trunk}"


def trunk_in(channel: str) -> TrunkId:
    """The trunk of a channel, by the channel's name; empty when it is on none of ours."""
    found = _CHANNEL.fullmatch(channel)
    return TrunkId(found[1]) if found else TrunkId("")


def objects(trunk: Trunk, password: str | None) -> dict[str, Mapping[str, str]]:
    """The objects of a trunk, by kind, each as attributes; a kind that is missing is not there."""
    name = endpoint_of(trunk.id)
    made: dict[str, Mapping[str, str]] = {}
    has_account = bool(trunk.username and password)
    if has_account:
        made["auth"] = {
            "auth_type": "userpass",
            "username": trunk.username,
            "password": password or "",
        }
    if trunk.server:
        made["aor"] = {
            "contact": _uri(trunk),
            "qualify_frequency": str(_seconds(trunk.check_every)),
            "qualify_timeout": "3.0",
        }
    made["endpoint"] = _endpoint(trunk, has_account=has_account)
    if trunk.addresses:
        made["identify"] = {"endpoint": name, "match": ",".join(trunk.addresses)}
    if trunk.registers and trunk.server and has_account:
        made["registration"] = _registration(trunk)
    return made


def _endpoint(trunk: Trunk, *, has_account: bool) -> Mapping[str, str]:
    name = endpoint_of(trunk.id)
    fields = {
        **_ALWAYS,
        "transport": trunk.transport.value,
        "allow": ",".join(trunk.codecs),
        "media_encryption": "sdes" if trunk.encrypted else "no",
        "timers_sess_expires": str(_seconds(trunk.session)),
        "rtp_timeout": str(_seconds(trunk.silence)),
        "rtp_timeout_hold": str(_seconds(trunk.silence_on_hold)),
    }
    if trunk.t38:
        fields |= _T38
    if trunk.server:
        fields["aors"] = name
    if has_account:
        fields["outbound_auth"] = name
    if trunk.registers:
        # Carriers with accounts look at From for the account; who calls stands beside it.
        fields |= {"from_user": trunk.username, "from_domain": _host(trunk)}
    return fields


def _registration(trunk: Trunk) -> Mapping[str, str]:
    """Goes on trying whatever the answer was: a carrier that refuses today may not tomorrow."""
    name = endpoint_of(trunk.id)
    return {
        "server_uri": _uri(trunk),
        "client_uri": f"sip:{trunk.username}@{_host(trunk)}",
        "contact_user": trunk.contact_user or trunk.username,
        "transport": trunk.transport.value,
        "outbound_auth": name,
        "expiration": "600",
        "retry_interval": "30",
        "forbidden_retry_interval": "120",
        "fatal_retry_interval": "120",
        "max_retries": "1000000",
        "auth_rejection_permanent": "no",
        "line": "yes",
        "endpoint": name,
    }


def _uri(trunk: Trunk) -> str:
    is_plain = trunk.transport is TrunkTransport.UDP
    transport = "" if is_plain else f";transport={trunk.transport.value}"
    return f"sip:{trunk.server}{transport}"


def _host(trunk: Trunk) -> str:
    """The server without its port."""
    host, colon, port = trunk.server.rpartition(":")
    return host if colon and port.isdigit() and not trunk.server.endswith("]") else trunk.server


def _seconds(milliseconds: int) -> int:
    return -(-milliseconds // 1000)
