"""SIP and RTP: transports, the trunk of this machine, where pushed endpoints are kept.

Agents' endpoints are not here: they are pushed over ARI at sign-in and live in memory.
"""

import ipaddress

from lianxi.channels.asterisk.config.instance import Instance


def sip_files(instance: Instance) -> dict[str, str]:
    """Configuration of pjsip, sorcery and RTP."""
    return {
        "pjsip.conf": _pjsip(instance),
        "sorcery.conf": _SORCERY,
        "rtp.conf": _rtp(instance),
        **_certificate(instance),
    }


# Objects pushed over ARI come first, then those of the files.
_SORCERY = """\
[res_pjsip]
endpoint/dyn=memory
endpoint=config,pjsip.conf,criteria=type=endpoint
auth/dyn=memory
auth=config,pjsip.conf,criteria=type=auth
aor/dyn=memory
aor=config,pjsip.conf,criteria=type=aor
[res_pjsip_endpoint_identifier_ip]
identify/dyn=memory
identify=config,pjsip.conf,criteria=type=identify
[res_pjsip_outbound_registration]
registration/dyn=memory
registration=config,pjsip.conf,criteria=type=registration
"""


def _pjsip(instance: Instance) -> str:
    # A caller who is neither a known user name nor a known address gets a 401 and goes nowhere:
    # the identifier for anonymous callers is not even loaded. The trunk is known by address alone,
    # or anyone could come in by calling himself "trunk".
    return f"""\
[global]
type=global
user_agent=Lianxi
endpoint_identifier_order=header,username,ip
max_initial_qualify_time=4
unidentified_request_count=5
unidentified_request_period=5
unidentified_request_prune_interval=30
[system]
type=system
threadpool_initial_size=4
threadpool_max_size=50
[udp]
type=transport
protocol=udp
bind={_literal(instance.sip_bind)}:{instance.sip_port}
[tcp]
type=transport
protocol=tcp
bind={_literal(instance.sip_bind)}:{instance.sip_port}
{_tls(instance)}\
[ws]
type=transport
protocol=ws
bind=127.0.0.1
[trunk]
type=endpoint
transport=udp
context=from-trunk
identify_by=ip
disallow=all
allow=alaw,ulaw
direct_media=no
dtmf_mode=rfc4733
rtp_symmetric=yes
trust_id_inbound=yes
t38_udptl=yes
t38_udptl_ec=redundancy
timers=yes
rtp_timeout=30
rtp_timeout_hold=300
{_media_address(instance)}\
[trunk]
type=identify
endpoint=trunk
match={_own_addresses(instance)}
#tryinclude "{instance.operator}/pjsip.conf"
"""


CERTIFICATE, KEY = "sip-tls.crt", "sip-tls.key"
"""Copies in the folder of the configuration: a new certificate is a new configuration. The switch
asks `access()`, which knows nothing of a right to walk through closed folders: the home must lie
where its account may walk (not in a closed /root)."""


def _certificate(instance: Instance) -> dict[str, str]:
    if instance.sip_tls is None:
        return {}
    return {CERTIFICATE: instance.sip_tls.certificate, KEY: instance.sip_tls.key}


def _tls(instance: Instance) -> str:
    if instance.sip_tls is None:
        return ""
    return f"""\
[tls]
type=transport
protocol=tls
bind={_literal(instance.sip_bind)}:{instance.sip_tls.port}
cert_file={instance.etc / CERTIFICATE}
priv_key_file={instance.etc / KEY}
method=tlsv1_2
"""


def _rtp(instance: Instance) -> str:
    return f"""\
[general]
rtpstart={instance.rtp_start}
rtpend={instance.rtp_end}
strictrtp=yes
icesupport=yes
"""


def _is_specific(address: str) -> bool:
    """Whether it is one address, neither a name nor "all of them"."""
    try:
        return not ipaddress.ip_address(address).is_unspecified
    except ValueError:
        return False


def _literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _media_address(instance: Instance) -> str:
    if not _is_specific(instance.sip_bind):
        return ""
    return f"media_address={instance.sip_bind}\nbind_rtp_to_media_address=yes\n"


def _own_addresses(instance: Instance) -> str:
    own = ["127.0.0.1"]
    if _is_specific(instance.sip_bind) and instance.sip_bind not in own:
        own.append(instance.sip_bind)
    return ",".join(own)
