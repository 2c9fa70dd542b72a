"""Folders, logging, HTTP and ARI."""

from lianxi.channels.asterisk.config.instance import APPLICATION, Instance


def core_files(instance: Instance) -> dict[str, str]:
    """Configuration of Asterisk's core."""
    return {
        "asterisk.conf": _asterisk(instance),
        "logger.conf": _LOGGER,
        "http.conf": _http(instance),
        "ari.conf": _ari(instance),
        "manager.conf": _ami(instance),
        "udptl.conf": _udptl(instance),
        "cdr.conf": "[general]\nenable=no\n",
        "stasis.conf": _stasis(),
        **{name: "" for name in _EMPTY},
    }


_EMPTY = (
    "acl.conf",
    "ccss.conf",
    "cel.conf",
    "cli_aliases.conf",
    "codecs.conf",
    "dnsmgr.conf",
    "features.conf",
    "geolocation.conf",
    "pjproject.conf",
    "websocket_client.conf",
)
"""Asterisk complains about each of these when it is missing."""

_UNHEARD = (
    "ast_cel_generic_type",
    "ast_channel_varset_type",
    "ast_presence_state_message_type",
    "ast_rtp_rtcp_received_type",
    "ast_rtp_rtcp_sent_type",
)
"""What nobody here listens to is not even made: a call sets twenty variables. (The manager
interface wants the other kinds to be there.)"""


def _stasis() -> str:
    return "\n".join(["[declined_message_types]", *(f"decline={name}" for name in _UNHEARD), ""])


_LOGGER = """\
[general]
dateformat=%F %T.%3q
rotatestrategy=rotate
queue_log=no
[logfiles]
messages => notice,warning,error
console => warning,error
"""


def _asterisk(instance: Instance) -> str:
    # A leg that we made may not write into the switch's database unless it may "live dangerously".
    # Of the functions that this lets through none but that one is loaded (`modules.py`).
    folder = instance.folder
    return f"""\
[directories]
astetcdir => {instance.etc}
astmoddir => {instance.tree.modules}
astvarlibdir => {folder}/lib
astdbdir => {folder}/db
astkeydir => {folder}/lib
astdatadir => {instance.shared}
astagidir => {instance.shared}/agi-bin
astspooldir => {folder}/spool
astcachedir => {folder}/cache
astrundir => {instance.run}
astlogdir => {instance.logs}
[options]
maxfiles = {instance.max_files}
nocolor = yes
hideconnect = yes
transmit_silence = no
live_dangerously = yes
documentation_language = en_US
defaultlanguage = zh
[files]
astctlpermissions = 0600
"""


def _http(instance: Instance) -> str:
    # Loopback only: browsers reach it through the application, which knows who they are.
    # Each browser phone holds one session; the default limit of 100 is too low.
    return f"""\
[general]
enabled=yes
bindaddr=127.0.0.1
bindport={instance.ari_port}
servername=Lianxi
enable_static=no
enable_status=no
sessionlimit=1000
session_inactivity=30000
session_keep_alive=15000
"""


def _udptl(instance: Instance) -> str:
    # Faxes over T.38 share the ports of sound: whoever comes second takes the next free one.
    return f"""\
[general]
udptlstart={instance.rtp_start}
udptlend={instance.rtp_end}
udptlchecksums=yes
use_even_ports=no
"""


def _ari(instance: Instance) -> str:
    return f"""\
[general]
enabled=yes
pretty=no
websocket_write_timeout=1000
channelvars=LX_CONTACT,LX_ROLE,LX_FAX
[{APPLICATION}]
type=user
read_only=no
password={instance.ari_password}
password_format=plain
"""


def _ami(instance: Instance) -> str:
    # For what ARI cannot: silence in a recording, security events (`ami.py`). Its port is put
    # where nobody else is, and it is not reachable over the HTTP server above.
    return f"""\
[general]
enabled=yes
webenabled=no
bindaddr=127.0.0.2
port={instance.ari_port}
displayconnects=no
[{APPLICATION}]
secret={instance.ari_password}
deny=0.0.0.0/0.0.0.0
permit=127.0.0.1/255.255.255.255
read=security
write=call
"""
