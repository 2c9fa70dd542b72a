"""What the world must do because of a fact. Never called on replay."""

from typing import Final

from lianxi.engine.acd.calling_effects import call_effects
from lianxi.engine.acd.fax_effects import fax_effects
from lianxi.engine.acd.monitor_effects import monitor_effects
from lianxi.engine.acd.party_effects import party_effects
from lianxi.engine.acd.trunks import trunk_effects
from lianxi.engine.dialer.effects import dial_effects
from lianxi.engine.ivr.effects import flow_effects
from lianxi.engine.messages.agent_events import AgentCame, AgentMoved, AgentWent
from lianxi.engine.messages.base import Command, Event
from lianxi.engine.messages.commands import (
    AlertAgent,
    AnswerCustomer,
    CloseContact,
    DropLeg,
    HoldCustomer,
    JoinLegs,
    PauseRecording,
    PlayPrompts,
    ProvisionDevice,
    ResumeCustomer,
    ResumeRecording,
    RetireDevice,
    RingAgent,
    StartMusic,
    StopPrompts,
)
from lianxi.engine.messages.events import (
    AgentLegAnswered,
    AgentLegAsked,
    AgentLegFailed,
    AgentLegLost,
    ContactBegan,
    ContactEnded,
    ContactQueued,
    OfferAccepted,
    OfferEnded,
    OfferMade,
    PromptBegan,
    PromptEnded,
)
from lianxi.engine.messages.floor_events import ContactTransferred
from lianxi.engine.messages.holding import ContactHeld, ContactResumed, HoldAlarmed
from lianxi.engine.messages.pausing import RecordingPaused, RecordingResumed
from lianxi.engine.messages.values import Channel, OfferOutcome
from lianxi.kernel.ids import ContactId, LegId
from lianxi.kernel.time import Millis, between

PLACED: Final = (Channel.OUTBOUND, Channel.INTERNAL)
"""Whoever was called answers by himself."""

RESTORED_RING = Millis(10_000)
"""How long a restored leg may wait for the page to answer it."""


def effects(event: Event) -> list[Command]:
    """The commands of one fact, in order."""
    return (
        _caller_side(event)
        or _agent_side(event)
        or dial_effects(event)
        or flow_effects(event)
        or party_effects(event)
        or call_effects(event)
        or monitor_effects(event)
        or trunk_effects(event)
        or fax_effects(event)
    )


def _caller_side(event: Event) -> list[Command]:
    match event:
        case ContactBegan() if event.leg and event.channel not in PLACED:
            return [AnswerCustomer(contact=event.contact, leg=event.leg)]
        case PromptBegan():
            return [
                PlayPrompts(
                    contact=event.contact,
                    leg=event.leg,
                    playback=event.playback,
                    prompts=event.prompts,
                    language=event.language,
                )
            ]
        case PromptEnded(cut=True):
            return [StopPrompts(contact=event.contact, playback=event.playback)]
        case ContactQueued(recovered=True):
            # Perhaps still in the bridge of the conversation that was.
            return [HoldCustomer(contact=event.contact, leg=event.leg)]
        case ContactTransferred() if event.leg:
            dropped = [] if event.agent_leg is None else [DropLeg(leg=event.agent_leg)]
            return [*dropped, HoldCustomer(contact=event.contact, leg=event.leg)]
        case PromptEnded(music=True) | ContactQueued(media=True):
            return [StartMusic(contact=event.contact, leg=event.leg)]
        case ContactHeld():
            return [HoldCustomer(contact=event.contact, leg=event.leg)]
        case ContactResumed():
            back: list[Command] = [ResumeCustomer(contact=event.contact, leg=event.leg)]
            return [*_alert(event.contact, event.agent_leg), *back]
        case RecordingPaused():
            return [PauseRecording(contact=event.contact, leg=event.leg)]
        case RecordingResumed():
            return [ResumeRecording(contact=event.contact, leg=event.leg)]
        case HoldAlarmed():
            return _alert(event.contact, event.agent_leg)
        case ContactEnded() if event.leg:
            dropped = [] if event.agent_leg is None else [DropLeg(leg=event.agent_leg)]
            return [CloseContact(contact=event.contact, leg=event.leg), *dropped]
        case _:
            return []


def _alert(contact: ContactId, leg: LegId | None) -> list[Command]:
    return [] if leg is None else [AlertAgent(contact=contact, leg=leg)]


def _agent_side(event: Event) -> list[Command]:
    match event:
        case OfferMade(leg="") | OfferEnded(leg=""):
            return []
        case OfferMade() | AgentLegAsked():
            return [
                RingAgent(
                    contact=event.contact,
                    customer_leg=event.customer_leg,
                    agent=event.agent,
                    endpoint=event.endpoint,
                    leg=event.leg,
                    offer=event.offer if isinstance(event, OfferMade) else None,
                    caller=event.caller,
                    caller_name=event.caller_name,
                    ring=between(event.at, event.expires_at)
                    if isinstance(event, OfferMade)
                    else RESTORED_RING,
                )
            ]
        case OfferAccepted() | AgentLegAnswered():
            return [JoinLegs(contact=event.contact, customer_leg=event.customer_leg, leg=event.leg)]
        case OfferEnded(outcome=OfferOutcome.ANSWERED):
            return []
        case OfferEnded() | AgentLegFailed():
            customer = event.customer_leg
            back = [HoldCustomer(contact=event.contact, leg=customer)] if customer else []
            return [DropLeg(leg=event.leg), *back]
        case AgentLegLost():
            dropped: list[Command] = (
                [] if event.agent_leg is None else [DropLeg(leg=event.agent_leg)]
            )
            return [
                *dropped,
                HoldCustomer(contact=event.contact, leg=event.leg),
                PlayPrompts(
                    contact=event.contact,
                    leg=event.leg,
                    playback=event.playback,
                    prompts=event.prompts,
                ),
            ]
        case AgentCame():
            return [
                ProvisionDevice(agent=event.agent, endpoint=event.endpoint, device=event.device)
            ]
        case AgentMoved() if event.endpoint != event.former_endpoint:
            return [
                RetireDevice(endpoint=event.former_endpoint),
                ProvisionDevice(agent=event.agent, endpoint=event.endpoint, device=event.device),
            ]
        case AgentWent():
            return [RetireDevice(endpoint=event.endpoint)]
        case _:
            return []
