"""The rows of the live view, as they go over the wire. Instants are epoch milliseconds."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12


class Label(TypedDict):
    """A choice made in a menu, in both languages."""

    zh: str
    en: str


class QueueName(TypedDict):
    """Which queue."""

    id: str
    name: str
    name_en: str


class CodeName(TypedDict):
    """A wrap-up code or a not-ready reason."""

    code: str
    name: str
    name_en: str


class WrapUpCode(CodeName):
    """A wrap-up code, found by what is typed."""

    sounds: NotRequired[str]
    """Of the Chinese name's pinyin."""


class ReasonName(CodeName):
    """A not-ready reason."""

    allowance_ms: NotRequired[int]
    """How long one stay may take; 0 = as long as it takes."""


class AgentName(TypedDict):
    """Which agent."""

    id: str
    no: str
    name: str
    team: str


class Next(TypedDict):
    """What the agent asked for next."""

    to: str
    reason: str | None


class Pop(TypedDict):
    """The screen pop: all that is known of a caller before answering. The number is masked."""

    number: str
    name: str | None
    queue: QueueName | None
    waited_ms: int
    menu_path: list[Label]
    channel: str
    """`callback`: nothing rings, who takes it calls the customer by that."""
    remark: NotRequired[str]
    """Of a callback: what it is about."""
    until: NotRequired[int | None]
    """Of a callback: by when it was promised."""


class OfferView(TypedDict):
    """A contact that rings at this desk."""

    id: str
    contact: str
    since: int
    expires_at: int
    pop: Pop


class InvitedView(TypedDict):
    """A colleague rings this desk: no offer, the person answers."""

    contact: str
    name: str
    no: str
    why: Literal["colleague", "consult"]
    """For a word between the two; or into the conversation with a customer."""
    since: int


class PartyView(TypedDict):
    """Somebody in the conversation beside the customer and the agent."""

    leg: str
    agent: str | None
    """A colleague; None = a number outside."""
    name: str
    number: str
    phase: Literal["ringing", "talking"]
    since: int


class ContactView(TypedDict):
    """The contact this desk talks to."""

    id: str
    number: str
    name: str | None
    queue: QueueName | None
    menu_path: list[Label]
    connected_at: int | None
    phase: Literal["dialling", "talking", "hold", "recovering"]
    hold_since: int | None
    hold_alarmed: bool
    """On hold for longer than the rule allows."""
    recall_at: int | None
    """When the customer is brought back by itself."""
    held_ms: int
    waited_ms: int
    recording: Literal["on", "paused", "off", "failed"]
    recording_resumes_at: int | None
    """When a paused recording goes on by itself."""
    recording_problem: str | None
    talk: NotRequired[Literal["plain", "aside", "with_customer", "together"]]
    """Who hears whom: the customer and the agent; the agent apart with somebody who is consulted;
    the same, with that one on music; all of them."""
    parties: NotRequired[list[PartyView]]
    is_internal: NotRequired[bool]
    """A word between colleagues: nobody outside is in it."""
    is_guest: NotRequired[bool]
    """This desk is a party of it; the conversation is a colleague's."""


class WrapUpView(TypedDict):
    """After-call work, or before the call's end its draft (then `since` is null)."""

    contact: str
    about: ContactView | None
    """Once the call is over: with whom it was, as the desk showed it."""
    since: int | None
    limit_ms: int | None
    mode: str
    extended: int
    extensions_left: int
    codes: list[WrapUpCode]
    disposition: str | None
    note: str


class DeskQueue(QueueName):
    """A queue this desk serves."""

    waiting: int
    longest_since: int | None


class TodayView(TypedDict):
    """The agent's day so far. Seconds."""

    answered: int
    talk_s: int
    hold_s: int
    wrap_up_s: int
    aht_s: int | None


class ListenerView(TypedDict):
    """A supervisor who is in on a conversation."""

    name: str
    mode: str
    since: int


class HelpView(TypedDict):
    """An agent would like somebody to listen in."""

    contact: str
    words: str
    since: int
    taken_by: str | None


class NoticeView(TypedDict):
    """Words that came to the desk: shown once per id."""

    id: str
    by: str
    words: str
    at: int


class DeskView(TypedDict):
    """Everything a desk shows. `allowed` says of each action `true` or the code of why not.

    `registered`: the device can ring, whatever the state says.
    """

    agent: AgentName
    signed_in: bool
    here: bool
    device: Literal["browser", "phone"] | None
    registered: bool
    state: str
    since: int
    reason: str | None
    next: Next | None
    offer: OfferView | None
    contact: ContactView | None
    wrap_up: WrapUpView | None
    reasons: list[ReasonName]
    queues: list[DeskQueue]
    today: TodayView
    allowed: dict[str, bool | str]
    overstays_at: NotRequired[int | None]
    """When the stay in the present reason has taken as long as it may."""
    invited: NotRequired[InvitedView | None]
    listeners: NotRequired[list[ListenerView]]
    """Supervisors in the conversation, as far as the rule lets the agent see them."""
    monitoring: NotRequired[ListenerView | None]
    """What this desk is in on itself: the name is that of who is heard."""
    help: NotRequired[HelpView | None]
    notice: NotRequired[NoticeView | None]
    wrap_up_time: NotRequired[str]
    """What the agent is given of the limits that queues set to after-call work."""


class AgentRow(AgentName):
    """One agent on the board."""

    state: str
    since: int
    reason: str | None
    next: Next | None
    hold_alarmed: bool
    """Has a customer on hold for longer than the rule allows."""
    overstayed: bool
    """Not ready for longer than the reason allows."""
    contact: str | None
    queue: str | None
    number: str | None
    answered_today: int
    help: NotRequired[HelpView | None]
    """Asked for by this agent."""
    monitoring: NotRequired[ListenerView | None]
    """What this supervisor is in on."""


class LimitView(TypedDict):
    """Another limit of after-call work, for a while."""

    limit_ms: int
    until: int


class QueueRow(QueueName):
    """One queue on the board."""

    waiting: int
    longest_since: int | None
    ready: int
    talking: int
    acw: int
    signed_in: int
    answer_within_ms: int
    unstaffed_since: int | None
    """Since when it is told that callers wait and nobody who serves the queue is signed in."""
    expected_wait_ms: int | None
    """How long who comes now will wait, by the switchboard's own estimate, in steps of ten seconds;
    null while it knows too little."""
    wrap_up_limit_ms: int | None
    """How long after-call work lasts that begins now; null = as long as the agent needs."""
    wrap_up_limited: LimitView | None
    """Until the queue's own limit holds again; null = it holds."""


class ContactRow(TypedDict):
    """One living contact on the board. The number is masked."""

    id: str
    arrived_at: int
    phase: str
    since: int
    hold_alarmed: bool
    heard_badly: bool
    """A leg of it is heard badly now."""
    number: str
    name: str | None
    queue: QueueName | None
    agent: AgentName | None
    menu_path: list[Label]
