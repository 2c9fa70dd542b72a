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


FALLBACK_CONTEXT = "fallback"
"""Where callers are apologised to; its extension is "s"."""

FAX_FAMILY = "lianxi-fax"
"""The same of faxes that are over and were not told yet (see `fax_results.py`)."""

FAX_CONTEXT = "lianxi-fax"
"""Where legs are handed to that send or receive a fax; its extensions are the two."""

FAX_RECEIVE, FAX_SEND = "get", "put"
"""How the extensions begin; seconds that it may take, the key and, of one sent, the file follow
with "+" between. Letters that mean something in a pattern are avoided."""

FAX_BACK = "fax"
"""First argument of the dialplan's `Stasis` when a leg comes back from there."""

FAX_PREFIX = "fx-"
"""Of files that came in; the key and ".tif" follow."""

FAX_KEY = "LX_FAX"
"""Variable of a leg that is there: whose fax it is."""


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
{_from_trunk(instance)}{_fallback(instance)}{_fax(instance)}{_FROM_AGENT}"""
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
 same => n,Goto({FALLBACK_CONTEXT},s,1)
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
[{FALLBACK_CONTEXT}]
exten => s,1,Set(DB({FALLBACK_FAMILY}/${{UNIQUEID}})={value})
 same => n,Log(WARNING,fallback took call ${{UNIQUEID}})
 same => n,StopMixMonitor()
 same => n,Answer()
 same => n,Wait(0.5)
{apology} same => n,Hangup()
"""


def _fax(instance: Instance) -> str:
    # What is known of the end is written down before anything else happens; where the other side
    # hung up, by a handler: a leg that we made never comes to "h". The words of the other machine
    # are filtered: it chooses them.
    result = "|".join(
        (
            "${FILTER(A-Z,${FAXSTATUS})}",
            "${FILTER(0-9,${FAXPAGES})}",
            "${FILTER(A-Za-z0-9_ ,${FAXERROR})}",
            "${FILTER(0-9A-Za-z+ ,${REMOTESTATIONID})}",
            "${FAXMODE}",
        )
    )
    write = f"Set(DB({FAX_FAMILY}/${{{FAX_KEY}}})={result})"
    # The handler comes first: a leg that has a key always leaves a word of its end.
    begin = (
        f"Set(CHANNEL(hangup_handler_push)={FAX_CONTEXT},over,1)\n"
        f" same => n,Set({FAX_KEY}=${{CUT(EXTEN,+,3)}})\n"
        " same => n,Set(TIMEOUT(absolute)=${CUT(EXTEN,+,2)})\n"
        " same => n,Set(FAXOPT(localstationid)"
    )
    folder = instance.recordings
    return f"""\
[{FAX_CONTEXT}]
exten => _{FAX_RECEIVE}+.,1,{begin}=${{LX_NUMBER}})
 same => n,ReceiveFAX({folder}/{FAX_PREFIX}${{{FAX_KEY}}}.tif,f)
 same => n,{write}
 same => n,Set({FAX_KEY}=)
 same => n,Set(TIMEOUT(absolute)=0)
 same => n,Stasis({APPLICATION},{FAX_BACK})
 same => n,Hangup()
exten => _{FAX_SEND}+.,1,{begin}=${{FILTER(0-9+,${{CALLERID(num)}})}})
 same => n,SendFAX({instance.faxes}/${{CUT(EXTEN,+,4)}},f)
 same => n,Hangup()
exten => over,1,GotoIf($["${{{FAX_KEY}}}"=""]?told)
 same => n,{write}
 same => n(told),Return()
"""


ECHO = "*43"
"""What a device dials to hear itself; in many switches the same."""

# Agents reach the world through the switchboard only; 21 is "call rejected".
_FROM_AGENT = f"""\
[from-agent]
exten => {ECHO},1,Answer()
 same => n,Echo()
 same => n,Hangup()
exten => _X!,1,Hangup(21)
"""
