"""Survey (满意度): questions answered by a key; one without an answer is left open."""

from lianxi.engine.acd.prompting import hush
from lianxi.engine.ivr.asking import ask, drop_typed, listen, reject
from lianxi.engine.ivr.moving import leave, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import SurveyNode
from lianxi.engine.messages.flowing import SurveyAnswered
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant


class Survey(NodeType[SurveyNode]):
    """Satisfaction, question by question."""

    def enter(self, node: SurveyNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The first question; keys pressed ahead rate nothing."""
        yield from drop_typed(contact, at)
        yield from self._next(node, contact, (), state, at)

    def said(self, node: SurveyNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Silence counts from now."""
        yield listen(contact, node.wait, at)

    def pressed(
        self, node: SurveyNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """A rating, or a key that is none."""
        question = node.questions[walking(contact).question]
        if digit in "0123456789" and question.lowest <= int(digit) <= question.highest:
            yield from hush(contact, at)
            yield from self._note(node, contact, int(digit), state, at)
        else:
            yield from self._again(node, contact, digit, state, at)

    def silent(self, node: SurveyNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Nothing was pressed in time."""
        yield from self._again(node, contact, "", state, at)

    def _again(
        self, node: SurveyNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        yield from reject(contact, digit, at)
        if contact.tries > node.retries:
            yield from self._note(node, contact, None, state, at)
        else:
            words = node.invalid if digit else node.silent
            yield from self._next(node, contact, words, state, at)

    def _note(
        self, node: SurveyNode, contact: Contact, answer: int | None, state: State, at: Instant
    ) -> Steps:
        assert contact.node is not None
        yield SurveyAnswered(
            at=at,
            contact=contact.id,
            node=contact.node,
            question=node.questions[walking(contact).question].id,
            answer=answer,
            queue=contact.queue,
            agent=contact.agent,
        )
        yield from self._next(node, contact, (), state, at)

    def _next(
        self,
        node: SurveyNode,
        contact: Contact,
        first: tuple[PromptName, ...],
        state: State,
        at: Instant,
    ) -> Steps:
        index = walking(contact).question
        if index < len(node.questions):
            words = first + node.questions[index].prompts
            yield from ask(contact, words, node.wait, state, at)
        else:
            yield leave(contact, StepOutcome.DONE, at)
            yield Go(node.next)
