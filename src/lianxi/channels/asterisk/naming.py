"""How the things of a contact are called at the switch, so that each name tells whose it is."""

from typing import Final

from lianxi.kernel.ids import ContactId, DialId, LegId, MonitorId

CONTACT_VARIABLE: Final = "LX_CONTACT"
ROLE_VARIABLE: Final = "LX_ROLE"
INBOUND: Final = "inbound"
"""First argument of the dialplan's `Stasis(lianxi,inbound,<dialled>)`."""
BRIDGE_PREFIX: Final = "br-"
MONITOR_PREFIX: Final = "mon-"
SNOOP_PREFIX: Final = "snoop-"
ASIDE_PREFIX: Final = "aside-"
OUTWARD_PREFIX: Final = "to-"
"""Of legs to those whom we call; what follows is the contact."""
DIAL_PREFIX: Final = "to-out-d"
"""Of these the dialler's; what follows `to-out-` is the dial."""


ALERT_PREFIX: Final = "alert-"
"""Of tones that only an agent hears: nobody waits for their end."""


def contact_of(customer_leg: str) -> ContactId:
    """The contact of a customer's channel, by the channel's id: `c` and the id without dots; of
    somebody whom we called, what follows `to-`, up to the dot and number of a further try."""
    if customer_leg.startswith(OUTWARD_PREFIX):
        return ContactId(customer_leg.removeprefix(OUTWARD_PREFIX).partition(".")[0])
    return ContactId("c" + customer_leg.replace(".", "-"))


def is_outward(leg: str) -> bool:
    """Whether this is the leg of somebody whom we called."""
    return leg.startswith(OUTWARD_PREFIX)


def dial_of(leg: str) -> DialId | None:
    """The dial of a leg that the dialler had made; None for every other leg."""
    is_dial = leg.startswith(DIAL_PREFIX)
    return DialId(contact_of(leg).removeprefix("out-")) if is_dial else None


def bridge_of(contact: ContactId) -> str:
    """The bridge in which a contact's sides meet."""
    return f"{BRIDGE_PREFIX}{contact}"


def contact_in(bridge: str) -> ContactId | None:
    """The contact whose bridge this is; None for one aside, or one that is not ours."""
    is_main = bridge.startswith(BRIDGE_PREFIX)
    return ContactId(bridge.removeprefix(BRIDGE_PREFIX)) if is_main else None


def aside_of(contact: ContactId) -> str:
    """The bridge in which its agent speaks with somebody apart from the customer."""
    return f"{ASIDE_PREFIX}{contact}"


def is_ours(bridge: str) -> bool:
    """Whether a bridge is one of a contact."""
    return bridge.startswith((BRIDGE_PREFIX, ASIDE_PREFIX))


def monitor_bridge_of(monitor: MonitorId) -> str:
    """The bridge in which a supervisor hears, apart from the contact's."""
    return f"{MONITOR_PREFIX}{monitor}"


def snoop_of(monitor: MonitorId, agent_leg: LegId) -> str:
    """The channel through which a supervisor hears an agent's leg."""
    return f"{SNOOP_PREFIX}{monitor}.{agent_leg}"


def monitor_of_snoop(snoop: str) -> MonitorId:
    """Whose ear such a channel is."""
    return MonitorId(snoop.removeprefix(SNOOP_PREFIX).partition(".")[0])


def recording_of(customer_leg: LegId) -> str:
    """The file that the dialplan records a customer's leg into."""
    return f"{customer_leg}.raw"


def by_trunk(number: str) -> str:
    """The switch's address for a number outside, over the trunk of that name."""
    return f"PJSIP/{number}@trunk"
