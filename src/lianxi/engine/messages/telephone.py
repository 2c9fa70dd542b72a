"""Everything a telephone can do, as facts: one union of the kinds that have files of their own."""

from lianxi.engine.messages.calling import CallEvents
from lianxi.engine.messages.dialing import DialEvents
from lianxi.engine.messages.holding import HoldEvents
from lianxi.engine.messages.monitoring import MonitorEvents
from lianxi.engine.messages.parties import PartyEvents
from lianxi.engine.messages.trunks import TrunkEvents

TelephoneEvents = HoldEvents | TrunkEvents | DialEvents | PartyEvents | MonitorEvents | CallEvents
