"""How facts about documents that are sent change the state."""

from lianxi.engine.evolving import changes
from lianxi.engine.faxed import Sending
from lianxi.engine.messages.fax import (
    FaxAnswered,
    FaxAsked,
    FaxBrokeOff,
    FaxDialled,
    FaxGivenUp,
    FaxSent,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, FaxId, LegId


@changes(FaxAsked)
def _asked(event: FaxAsked, state: State) -> None:
    state.sendings[event.fax] = Sending(
        fax=event.fax,
        contact=event.contact,
        queue=event.queue,
        number=event.number,
        document=event.document,
        pages=event.pages,
    )


@changes(FaxDialled)
def _was_dialled(event: FaxDialled, state: State) -> None:
    sending = state.sendings[event.fax]
    if sending.leg:
        sending.tried = (*sending.tried, sending.trunk)
    sending.leg = event.leg
    sending.legs += 1
    sending.since = event.at
    sending.generation = state.generation
    sending.trunk = event.trunk
    sending.attempt = event.attempt
    state.timers.set(f"fax:{event.fax}", event.until)


@changes(FaxAnswered)
def _answered(event: FaxAnswered, state: State) -> None:
    del event, state  # nothing waits for it


@changes(FaxBrokeOff)
def _is_broken(event: FaxBrokeOff, state: State) -> None:
    sending = state.sendings[event.fax]
    sending.leg = LegId("")
    sending.tried = ()
    sending.attempt = event.attempt
    if event.again_at is None:
        state.timers.clear(f"fax:{event.fax}")
    else:
        state.timers.set(f"fax:{event.fax}", event.again_at)


def _over(fax: FaxId, state: State) -> None:
    state.sendings.pop(fax, None)
    state.timers.clear(f"fax:{fax}")
    state.close(ContactId(fax), "")


@changes(FaxSent)
def _sent(event: FaxSent, state: State) -> None:
    _over(event.fax, state)


@changes(FaxGivenUp)
def _is_given_up(event: FaxGivenUp, state: State) -> None:
    _over(event.fax, state)
