"""Contacts without media, and how much an agent has in hand: one allocator for all channels."""

import pytest

from lianxi.engine.messages.agent_events import AgentNextAsked
from lianxi.engine.messages.commands import RingAgent
from lianxi.engine.messages.events import ContactConnected, OfferEnded, OfferMade
from lianxi.engine.messages.flow_values import SkillNeed
from lianxi.engine.messages.inputs import Tick
from lianxi.engine.messages.routing import Capacity, Load, MissRule, Queue
from lianxi.engine.messages.values import Activity, Channel, Intent, OfferOutcome, Phase
from lianxi.kernel.ids import SkillName
from lianxi.kernel.time import Millis
from tests.builders.centre import ANNA, BEN, SALES, SERVICE, a_queue, at, only
from tests.builders.floor import VOICE_OR_CHATS, BusyCentre, a_floor, an_agent

pytestmark = pytest.mark.unit

CHAT, EMAIL, VOICE = Channel.CHAT, Channel.EMAIL, Channel.VOICE


def one_call_or_three_chats(
    capacity: Capacity = VOICE_OR_CHATS, *queues: Queue, agents: tuple[str, ...] = (ANNA,)
) -> BusyCentre:
    """Anna takes one call, or three chats and a mail."""
    lines = queues or (a_queue(SALES), a_queue(SERVICE))
    staff = tuple(an_agent(a, *(q.id for q in lines), capacity=capacity) for a in (ANNA, BEN))
    centre = BusyCentre(a_floor(lines, staff))
    for agent in staff:
        if agent.id in agents:
            centre.signs_in(agent.id)
    return centre


def comes_and_is_taken(centre: BusyCentre, name: str, channel: Channel = CHAT) -> None:
    """A text that Anna takes at once."""
    assert only(centre.comes(name, SERVICE, channel=channel), OfferMade).agent == ANNA
    centre.takes(ANNA, name)


def test_a_chat_is_connected_the_moment_the_agent_takes_it() -> None:
    centre = one_call_or_three_chats()
    offer = only(centre.comes("chat", SERVICE, channel=CHAT), OfferMade)
    # Given nothing rings and there is no leg: the page shows the offer
    assert (offer.channel, offer.leg, offer.expires_at) == (CHAT, "", at(20))
    centre.now = 4
    answered = only(centre.takes(ANNA, "chat"), ContactConnected)
    assert (answered.agent, answered.waited) == (ANNA, 4000)
    assert not [c for c in centre.commands if isinstance(c, RingAgent)]
    # And the voice line is untouched
    assert (centre.agent(ANNA).activity, centre.agent(ANNA).contact) == (Activity.IDLE, None)


def test_three_chats_and_a_mail_and_no_more() -> None:
    centre = one_call_or_three_chats()
    for n in range(3):
        comes_and_is_taken(centre, f"chat{n}")
    centre.comes("chat3", SERVICE, channel=CHAT)
    assert centre.rung("chat3") == []
    # But a mail beside them, and a second one not
    comes_and_is_taken(centre, "mail", EMAIL)
    centre.comes("mail2", SERVICE, channel=EMAIL)
    assert centre.rung("mail2") == []
    # When one chat is through, the next comes in the same step
    centre.ends(ANNA, "chat1")
    assert only(centre.completes(ANNA, "chat1"), OfferMade).contact == "chat3"


def test_a_chat_being_offered_takes_its_place_already() -> None:
    centre = one_call_or_three_chats()
    for n in range(4):
        centre.comes(f"chat{n}", SERVICE, channel=CHAT)
    assert [centre.rung(f"chat{n}") for n in range(4)] == [[ANNA], [ANNA], [ANNA], []]


def test_either_a_call_or_chats() -> None:
    centre = one_call_or_three_chats()
    comes_and_is_taken(centre, "chat")
    # A call waits while there is a chat in hand
    centre.comes("call")
    assert centre.rung("call") == []
    centre.ends(ANNA, "chat")
    assert only(centre.completes(ANNA, "chat"), OfferMade).contact == "call"
    # And chats wait while there is a call, also while it rings and in wrap-up
    centre.comes("chat2", SERVICE, channel=CHAT)
    assert centre.rung("chat2") == []
    centre.joins(ANNA)
    assert centre.rung("chat2") == []
    centre.hangs_up("call")
    assert centre.agent(ANNA).activity is Activity.WRAPPING
    assert centre.rung("chat2") == []
    assert only(centre.completes(ANNA, "call"), OfferMade).contact == "chat2"


def test_never_a_second_call_whatever_is_configured() -> None:
    two = Capacity(combinations=((Load(channel=VOICE, most=2),),))
    centre = one_call_or_three_chats(two)
    centre.comes("c1")
    centre.joins(ANNA)
    centre.comes("c2")
    assert centre.rung("c2") == []


def test_interruptible_work_does_not_stand_in_the_way_of_a_call() -> None:
    mails = Capacity(
        combinations=((Load(channel=VOICE, most=1),), (Load(channel=EMAIL, most=2),)),
        interruptible=(EMAIL,),
    )
    centre = one_call_or_three_chats(mails)
    comes_and_is_taken(centre, "mail", EMAIL)
    # When a call comes, the mail is put aside
    assert only(centre.comes("call"), OfferMade).agent == ANNA
    centre.joins(ANNA)
    # Then no mail comes into the call
    centre.comes("mail2", SERVICE, channel=EMAIL)
    assert centre.rung("mail2") == []
    # And after the call the second mail does
    centre.hangs_up("call")
    assert only(centre.completes(ANNA, "call"), OfferMade).contact == "mail2"


def test_what_no_combination_names_is_never_offered() -> None:
    centre = one_call_or_three_chats()
    centre.comes("fax", SERVICE, channel=Channel.FAX)
    centre.wait(60)
    assert centre.facts(OfferMade) == []


def test_texts_need_no_telephone() -> None:
    centre = one_call_or_three_chats()
    centre.device(ANNA, registered=False)
    centre.comes("call")
    assert centre.rung("call") == []
    assert only(centre.comes("chat", SERVICE, channel=CHAT), OfferMade).agent == ANNA


def test_each_text_has_a_wrap_up_of_its_own() -> None:
    centre = one_call_or_three_chats()
    for n in range(3):
        comes_and_is_taken(centre, f"chat{n}")
    centre.ends(ANNA, "chat0")
    centre.now = 10
    centre.hangs_up("chat1")
    # Then two clocks run beside a conversation: 45 s from 0, and 45 s from 10
    assert sorted(n for n in centre.state.timers.as_dict() if n.startswith("wrap")) == [
        f"wrap:{ANNA} chat0", f"wrap:{ANNA} chat1",
    ]  # fmt: skip
    centre.notes(ANNA, "chat1", "other", "bought")
    centre.wait(35)
    assert sorted(centre.agent(ANNA).texts) == ["chat1", "chat2"]
    centre.wait(10)
    assert sorted(centre.agent(ANNA).texts) == ["chat2"]


def test_a_break_asked_for_with_chats_in_hand_begins_after_the_last_of_them() -> None:
    centre = one_call_or_three_chats()
    comes_and_is_taken(centre, "chat0")
    comes_and_is_taken(centre, "chat1")
    only(centre.wants(ANNA, Intent.NOT_READY, "break"), AgentNextAsked)
    # Then nothing new comes, though there is room
    centre.comes("chat2", SERVICE, channel=CHAT)
    assert centre.rung("chat2") == []
    centre.ends(ANNA, "chat0")
    centre.completes(ANNA, "chat0")
    assert centre.agent(ANNA).intent is Intent.READY
    centre.ends(ANNA, "chat1")
    centre.completes(ANNA, "chat1")
    assert (centre.agent(ANNA).intent, centre.agent(ANNA).reason) == (Intent.NOT_READY, "break")


# --- rule 60


def test_acd_60_an_idle_agent_and_a_visitor_never_wait_for_each_other() -> None:
    """https://github.com/cskefu/cskefu/issues/442"""
    centre = one_call_or_three_chats(agents=())
    centre.comes("chat", SERVICE, channel=CHAT)
    # Then by every way an agent can become free for it, in the step in which that happens
    assert only(centre.signs_in(ANNA), OfferMade).contact == "chat"
    centre.takes(ANNA, "chat")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    centre.comes("chat2", SERVICE, channel=CHAT)
    centre.ends(ANNA, "chat")
    centre.completes(ANNA, "chat")
    assert only(centre.wants(ANNA, Intent.READY), OfferMade).contact == "chat2"
    # And when the one who was offered it does not take it, the next one is asked at once
    centre.signs_in(BEN)
    assert only(centre.wait(20), OfferMade).agent == BEN


def test_acd_60_nothing_is_put_on_one_who_said_not_ready() -> None:
    """https://github.com/cskefu/cskefu/issues/463"""
    centre = one_call_or_three_chats()
    comes_and_is_taken(centre, "chat0")
    centre.ends(ANNA, "chat0")
    centre.completes(ANNA, "chat0")
    centre.wants(ANNA, Intent.NOT_READY, "break")
    # When chats come, and clocks go by, the choice of the person holds
    centre.comes("chat1", SERVICE, channel=CHAT)
    centre.now = 3600
    centre.say(Tick(at=at(3600)))
    assert centre.rung("chat1") == []
    assert centre.agent(ANNA).intent is Intent.NOT_READY


def test_acd_60_an_agent_whose_hands_are_full_delays_nobody_else() -> None:
    """Libredesk 1b87433d and 8090309e: https://github.com/abhinavxd/libredesk/commits"""
    centre = one_call_or_three_chats(agents=(ANNA, BEN))
    # Given Anna, who stands first, is full, also of what is only being offered
    for name in ("chat0", "chat1", "chat2", "chat3", "chat4", "chat5"):
        centre.comes(name, SERVICE, channel=CHAT)
    taken = [centre.rung(f"chat{n}") for n in range(6)]
    assert sorted(str(a) for agents in taken for a in agents) == [ANNA] * 3 + [BEN] * 3
    # When the oldest in line needs what neither has, the next one is not held up
    need = (SkillNeed(skill=SkillName("french")),)
    centre.comes("french", SERVICE, channel=CHAT, needs=need)
    centre.comes("chat6", SERVICE, channel=CHAT)
    centre.hangs_up("chat0")
    assert centre.rung("chat6") != []
    assert centre.phase("french") is Phase.WAITING


def test_acd_60_a_text_that_is_not_taken_counts_as_a_miss_like_a_call() -> None:
    """https://github.com/chatwoot/chatwoot/issues/13516"""
    rule = MissRule(limit=2, no_answer=Millis(5_000))
    centre = one_call_or_three_chats(VOICE_OR_CHATS, a_queue(SERVICE, misses=rule))
    centre.comes("chat", SERVICE, channel=CHAT)
    events = centre.wait(20)
    assert only(events, OfferEnded).outcome is OfferOutcome.NO_ANSWER
    assert (centre.agent(ANNA).misses, centre.rung("chat")) == (1, [])
    # Then after the rest it is offered again, and the second miss in a row ends it
    centre.wait(5)
    assert centre.rung("chat") == [ANNA]
    centre.wait(20)
    assert centre.agent(ANNA).intent is Intent.NOT_RESPONDING
    assert centre.phase("chat") is Phase.WAITING


def test_a_lost_agents_chats_go_back_to_the_line_and_calls_do_not() -> None:
    centre = one_call_or_three_chats()
    comes_and_is_taken(centre, "chat")
    centre.loses_link(ANNA)
    centre.wait(119)
    assert centre.contact("chat").agent == ANNA
    # When she was not heard for two minutes she is signed out, and the chat is first in line
    centre.comes("chat2", SERVICE, channel=CHAT)
    centre.wait(1)
    assert ANNA not in centre.state.agents
    assert centre.line(SERVICE) == ["chat", "chat2"]


def test_the_switch_restarts_and_texts_do_not_notice() -> None:
    centre = one_call_or_three_chats()
    comes_and_is_taken(centre, "chat")
    centre.restarts("another")
    assert centre.phase("chat") is Phase.TALKING
