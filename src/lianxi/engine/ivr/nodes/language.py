"""Language: prompts are in another language from here on."""

from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import LanguageNode
from lianxi.engine.messages.flowing import LanguageChosen
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Language(NodeType[LanguageNode]):
    """Chinese or English."""

    def enter(self, node: LanguageNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Note it and go on."""
        yield LanguageChosen(at=at, contact=contact.id, language=node.language)
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.next)
