"""What the world does because of commands: switch and systems outside. Late, wrong or never.

A new command is added by one function in the table.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lianxi.engine.messages.agent_inputs import OfferRefused
from lianxi.engine.messages.base import Command
from lianxi.engine.messages.calling import DialOut
from lianxi.engine.messages.commands import (
    CloseContact,
    DropLeg,
    JoinLegs,
    PlayPrompts,
    ProvisionDevice,
    RetireDevice,
    RingAgent,
)
from lianxi.engine.messages.dialing import DialNumber, DropDial
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.fax import ReceiveFax, SendFax
from lianxi.engine.messages.flow_commands import (
    AskHttp,
    CheckIdentity,
    FindCustomer,
    RecordVoicemail,
    TransferOut,
)
from lianxi.engine.messages.flowing import (
    RequestAnswered,
    RequestFailed,
    TransferOutAnswered,
    TransferOutEnded,
    VoicemailRecorded,
)
from lianxi.engine.messages.inputs import (
    ContactGone,
    DeviceChanged,
    DigitPressed,
    JoinFailed,
    LegAnswered,
    LegEnded,
    LegJoined,
    LegRinging,
    PlaybackEnded,
)
from lianxi.engine.messages.monitoring import CallMonitor, EndMonitor, TakeOver
from lianxi.engine.messages.parties import CallParty
from lianxi.engine.messages.values import DeviceKind, LegCause
from lianxi.kernel.time import Millis
from lianxi.simulator.fuzz import faxing, listening
from lianxi.simulator.fuzz.calling import dialled_out
from lianxi.simulator.fuzz.conferring import calling
from lianxi.simulator.fuzz.dialing import dialled, dropped

if TYPE_CHECKING:
    from lianxi.simulator.fuzz.world import World

ENDINGS = (
    LegCause.BUSY,
    LegCause.NO_ANSWER,
    LegCause.REJECTED,
    LegCause.UNREACHABLE,
    LegCause.FAILED,
    LegCause.NORMAL,
)
ANSWERS: tuple[dict[str, Value], ...] = (
    {},
    {"status": "sent", "count": 2, "name": "王"},
    {"status": 5, "count": "x"},
    {"prompts": "welcome goodbye", "announcements": "GG-20261123-0001"},
)
DIGITS = "1112223345#*"
DEVICES = list(DeviceKind)
CODES = ("other", "sold", "", "no_such_code")


def ringing(world: "World", command: RingAgent) -> None:
    """The device rings and is answered, or one of the other things that happen to devices."""
    draw = world.random.random()
    leg = command.leg
    world.legs.append(leg)
    if len(world.legs) > 40:
        del world.legs[:20]
    world.expect(LegRinging(at=world.after(20, 900), leg=leg))
    if draw < 0.62:
        world.expect(LegAnswered(at=world.after(300, 5_500), leg=leg))
    elif draw < 0.70:
        world.expect(LegJoined(at=world.after(300, 5_500), contact=command.contact, leg=leg))
    elif draw < 0.85:
        cause = world.random.choice(ENDINGS)
        world.expect(LegEnded(at=world.after(20, 25_000), leg=leg, cause=cause))
    elif draw < 0.92 and command.offer is not None:
        world.expect(
            OfferRefused(at=world.after(500, 9_000), offer=command.offer, agent=command.agent)
        )


def joining(world: "World", command: JoinLegs) -> None:
    """Media flows; sometimes it does not, sometimes nobody says."""
    draw = world.random.random()
    contact, leg = command.contact, command.leg
    if draw < 0.9:
        world.expect(LegJoined(at=world.after(10, 400), contact=contact, leg=leg))
    elif draw < 0.96:
        world.expect(JoinFailed(at=world.after(10, 400), contact=contact, leg=leg))


def playing(world: "World", command: PlayPrompts) -> None:
    """It comes to its end, or a key is pressed meanwhile."""
    contact = command.contact
    if world.sometimes(0.3):
        for digit in world.random.choices(DIGITS, k=world.random.randint(1, 4)):
            world.expect(DigitPressed(at=world.after(100, 4_000), contact=contact, digit=digit))
    world.expect(
        PlaybackEnded(
            at=world.after(500, 8_000),
            contact=contact,
            playback=command.playback,
            failed=world.sometimes(0.05),
        )
    )


def dropping(world: "World", command: DropLeg) -> None:
    """The switch says that the leg is gone."""
    world.expect(LegEnded(at=world.after(5, 200), leg=command.leg, cause=LegCause.NORMAL))


def closing(world: "World", command: CloseContact) -> None:
    """The switch says that the caller is gone."""
    world.expect(ContactGone(at=world.after(5, 200), contact=command.contact))


def provisioning(world: "World", command: ProvisionDevice) -> None:
    """The device registers."""
    world.expect(DeviceChanged(at=world.after(20, 800), endpoint=command.endpoint, registered=True))


def retiring(world: "World", command: RetireDevice) -> None:
    """The device goes away."""
    world.expect(
        DeviceChanged(at=world.after(20, 800), endpoint=command.endpoint, registered=False)
    )


def asking_outside(world: "World", command: AskHttp | FindCustomer) -> None:
    """An answer, also one that fits nothing; a failure; or none."""
    draw = world.random.random()
    contact, request = command.contact, command.request
    if draw < 0.7:
        values = world.random.choice(ANSWERS)
        world.expect(
            RequestAnswered(
                at=world.after(20, 2_500),
                contact=contact,
                request=request,
                values=dict(values),
                is_found=world.sometimes(0.7),
            )
        )
    elif draw < 0.9:
        at = world.after(20, 2_500)
        world.expect(RequestFailed(at=at, contact=contact, request=request, cause="refused"))


def checking(world: "World", command: CheckIdentity) -> None:
    """The code is right, wrong, or nobody can say."""
    contact, request = command.contact, command.request
    at = world.after(20, 2_500)
    if world.sometimes(0.8):
        values: dict[str, Value] = {"verified": world.sometimes(0.5)}
        world.expect(RequestAnswered(at=at, contact=contact, request=request, values=values))
    else:
        world.expect(RequestFailed(at=at, contact=contact, request=request, cause="broken"))


def recording(world: "World", command: RecordVoicemail) -> None:
    """The message is over some time, also after the caller has gone."""
    contact, request = command.contact, command.request
    at = world.after(200, 15_000)
    if world.sometimes(0.85):
        length = Millis(world.random.choice((0, 999, 1_000, 9_000)))
        world.expect(
            VoicemailRecorded(
                at=at, contact=contact, request=request, recording="m.raw", length=length
            )
        )
    else:
        world.expect(RequestFailed(at=at, contact=contact, request=request, cause="disk_full"))


def transferring(world: "World", command: TransferOut) -> None:
    """The outside party answers and later leaves, or is not reached."""
    contact, request = command.contact, command.request
    if world.sometimes(0.6):
        at = world.after(500, 9_000)
        world.expect(TransferOutAnswered(at=at, contact=contact, request=request))
        world.expect(
            TransferOutEnded(at=world.after(9_000, 90_000), contact=contact, request=request)
        )
    elif world.sometimes(0.7):
        at = world.after(500, 9_000)
        cause = world.random.choice(("busy", "trunk_failed"))
        world.expect(RequestFailed(at=at, contact=contact, request=request, cause=cause))


ON_COMMAND: dict[type[Command], Callable[["World", Any], None]] = {
    RingAgent: ringing,
    JoinLegs: joining,
    PlayPrompts: playing,
    DropLeg: dropping,
    CloseContact: closing,
    ProvisionDevice: provisioning,
    RetireDevice: retiring,
    AskHttp: asking_outside,
    FindCustomer: asking_outside,
    CheckIdentity: checking,
    RecordVoicemail: recording,
    TransferOut: transferring,
    DialNumber: dialled,
    DropDial: dropped,
    CallMonitor: listening.called,
    EndMonitor: listening.dropped,
    TakeOver: listening.taken,
    CallParty: calling,
    DialOut: dialled_out,
    ReceiveFax: faxing.receiving,
    SendFax: faxing.sending,
}
