"""Announcement (公告): what is announced for where the caller is, before the menu.

It is asked for like a system outside, by a name that no connector can have; the answer names the
prompts, and which announcements they are. What was begun to be played stands in the variable
`announced` of the flow and in the name of the step that was left, so that it can be counted.
"""

from lianxi.engine.acd.prompting import hush, say
from lianxi.engine.ivr.asking import keep
from lianxi.engine.ivr.moving import flow_now, leave, next_request, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import AnnouncementNode, CollectNode
from lianxi.engine.messages.flowing import HttpAsked, RequestOutcome, VariablesSet
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant, after

ASKED = "lianxi/announcements"
"""Who is asked; names of connectors have no slash."""
HEARD = "announced"
"""Variable of what was begun to be played."""
MOST = 5


class Announcement(NodeType[AnnouncementNode]):
    """Announcements of the caller's place."""

    def enter(self, node: AnnouncementNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Ask what there is; nobody is told anything whose number is withheld."""
        if not contact.caller or not contact.has_media:
            yield leave(contact, StepOutcome.DONE, at)
            yield Go(node.next)
            return
        yield HttpAsked(
            at=at,
            contact=contact.id,
            request=next_request(state),
            connector=ASKED,
            arguments={"number": contact.caller, "contact": contact.id},
            secrets={},
            deadline=after(at, node.limit),
        )

    def answered(
        self, node: AnnouncementNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """Play them; whoever cannot say keeps nobody from the menu."""
        words = str(answer.values.get("prompts", "")).split()[:MOST]
        if answer.outcome is not RequestOutcome.DONE or not words:
            late = answer.outcome is RequestOutcome.TIMED_OUT
            failed = StepOutcome.TIMED_OUT if late else StepOutcome.FAILED
            is_told = answer.outcome in (RequestOutcome.DONE, RequestOutcome.UNKNOWN)
            yield leave(contact, StepOutcome.DONE if is_told else failed, at)
            yield Go(node.next)
            return
        heard = str(answer.values.get("announcements", ""))
        yield VariablesSet(at=at, contact=contact.id, values={HEARD: heard})
        yield from say(contact, tuple(PromptName(word) for word in words), state, at)

    def said(self, node: AnnouncementNode, contact: Contact, state: State, at: Instant) -> Steps:
        """They are over."""
        heard = str(walking(contact).values.get(HEARD, ""))
        yield leave(contact, StepOutcome.DONE, at, name=heard, name_en=heard)
        yield Go(node.next)

    def pressed(
        self, node: AnnouncementNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """Where keys may cut in, the rest is not said and the key counts later; what may be the
        beginning of a secret is not written down."""
        if node.barge_in and contact.playback is not None:
            yield from hush(contact, at)
            following = flow_now(contact, state).nodes[node.next]
            if not (isinstance(following, CollectNode) and following.secret):
                yield from keep(contact, digit, at)
            yield from self.said(node, contact, state, at)
