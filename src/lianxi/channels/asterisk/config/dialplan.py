"""The dialplan: hand every call to the switchboard; when that is away, apologise and remember it.

The caller's words are filtered before they are stored: a caller chooses what his SIP headers say.
"""

from lianxi.channels.asterisk.config.instance import (
    APPLICATION,
    CONFIGURATION_VARIABLE,
    Instance,
)

FALLBACK_FAMILY = "lianxi-fallback"
"""Where the database of Asterisk keeps the calls that nobody served (see `fallback.py`)."""


def dialplan_files(instance: Instance, digest: str) -> dict[str, str]:
    """The dialplan; `digest` lets a later start recognise this configuration."""
    return {
        "extensions.conf": f"""\
[general]
static=yes
writeprotect=yes
[globals]
{CONFIGURATION_VARIABLE}={digest}
LX_RECORDINGS={instance.recordings}
{_from_trunk(instance)}{_fallback(instance)}{_FROM_AGENT}"""
    }


def _from_trunk(instance: Instance) -> str:
    return f"""\
[from-trunk]
exten => _X.,1,Set(LX_CONTACT=c${{REPLACE(UNIQUEID,.,-)}})
 same => n,Set(LX_ROLE=customer)
 same => n,Set(LX_NUMBER=${{FILTER(0-9,${{EXTEN}})}})
 same => n,MixMonitor({instance.recordings}/${{UNIQUEID}}.raw,D)
 same => n,Stasis({APPLICATION},inbound,${{LX_NUMBER}})
 same => n,GotoIf($["${{STASISSTATUS}}"="SUCCESS"]?done)
 same => n,Goto(fallback,s,1)
 same => n(done),Hangup()
exten => _+X.,1,Goto(from-trunk,${{EXTEN:1}},1)
"""


def _fallback(instance: Instance) -> str:
    if instance.apology is not None:
        apology = f" same => n,Playback({instance.apology},noanswer)\n"
    else:
        apology = " same => n,Playtones(congestion)\n same => n,Wait(4)\n"
    value = "${EPOCH}|${FILTER(0-9+,${CALLERID(num)})}|${LX_NUMBER}"
    return f"""\
[fallback]
exten => s,1,Set(DB({FALLBACK_FAMILY}/${{UNIQUEID}})={value})
 same => n,Log(WARNING,fallback took call ${{UNIQUEID}})
 same => n,StopMixMonitor()
 same => n,Answer()
 same => n,Wait(0.5)
{apology} same => n,Hangup()
"""


# Agents do not dial in this version; 21 is "call rejected".
_FROM_AGENT = """\
[from-agent]
exten => _X!,1,Hangup(21)
"""
