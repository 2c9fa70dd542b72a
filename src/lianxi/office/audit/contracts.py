"""What the rest of the system may know about the audit."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.kernel.ids import ContactId, UserId
from lianxi.kernel.time import Instant


class Act(StrEnum):
    """What is worth a row. Wire names: never changed, new ones are added."""

    SIGNED_IN = "session.signed_in"
    SIGN_IN_REFUSED = "session.refused"
    SIGNED_OUT = "session.signed_out"
    DESK_TAKEN = "desk.signed_in"
    DESK_LEFT = "desk.signed_out"
    SIP_ACCOUNT_SHOWN = "sip_account.shown"
    AGENT_FORCED = "agent.forced"
    RECORDING_PLAYED = "recording.played"
    RECORDING_DOWNLOADED = "recording.downloaded"
    RECORDING_HELD = "recording.held"
    RECORDING_RELEASED = "recording.released"
    RECORDING_DELETED = "recording.deleted"
    RECORDING_MARKED = "recording.marked"
    RECORDING_UNMARKED = "recording.unmarked"
    VOICEMAIL_TRANSCRIBED = "voicemail.transcribed"
    FAX_READ = "fax.read"
    FAX_DOWNLOADED = "fax.downloaded"
    FAX_SENT = "fax.sent"
    FAX_STOPPED = "fax.stopped"
    NUMBER_REVEALED = "number.revealed"
    USER_CREATED = "user.created"
    USER_CHANGED = "user.changed"
    USER_UNLOCKED = "user.unlocked"
    PASSWORD_RESET = "user.password_reset"
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    STAFF_IMPORTED = "staff.imported"
    """A list of people was taken in: how many were new, changed, as before, and left out."""
    PASSWORD_CHANGED = "user.password_changed"
    """One's own."""
    FLOW_PUBLISHED = "flow.published"
    PROMPT_REPLACED = "prompt.replaced"
    PROMPT_DROPPED = "prompt.dropped"
    ROUTING_CHANGED = "routing.changed"
    CONTACT_TRANSFERRED = "contact.transferred"
    PARTY_CALLED = "contact.party_called"
    CONTACT_PULLED = "contact.pulled"
    CONTACT_RANKED = "contact.ranked"
    QUEUES_MERGED = "queues.merged"
    LEVELS_MOVED = "queue.levels_moved"
    CALLBACK_REGISTERED = "callback.registered"
    CALLBACK_CANCELLED = "callback.cancelled"
    CONNECTOR_CHANGED = "connector.changed"
    CUSTOMER_CODE_SET = "customer.code_set"
    MONITOR_BEGAN = "monitor.began"
    MONITOR_CHANGED = "monitor.changed"
    MONITOR_LEFT = "monitor.left"
    MONITOR_ENDED = "monitor.ended"
    """However it came to its end; written from the journal."""
    CONTACT_TAKEN_OVER = "contact.taken_over"
    CONTACT_END_FORCED = "contact.end_forced"
    DESK_MESSAGE_SENT = "desk.message"
    FACTS_DOWNLOADED = "facts.downloaded"
    TARGET_SET = "target.set"
    BASELINE_FROZEN = "baseline.frozen"
    NOTE_WRITTEN = "metric_note.written"
    NOTE_CHANGED = "metric_note.changed"
    NOTE_WITHDRAWN = "metric_note.withdrawn"
    """Its words are kept here and in its row; no chart shows them any more."""
    CONTROL_ENTRY_CHANGED = "control_entry.changed"
    ORGANISATION_CHANGED = "organisation.changed"
    SETUP_STEP_DONE = "setup.step"
    """Done, skipped or opened again."""
    TEST_CALL_PLACED = "test_call.placed"
    REPORT_EXPORTED = "report.exported"
    REPORT_SAVED = "report.saved"
    """Made or changed: who gets what, and when."""
    REPORT_REMOVED = "report.removed"
    COST_BOOKED = "cost.booked"
    COST_CANCELLED = "cost.cancelled"
    CARRIER_REPORT_BOOKED = "carrier_report.booked"
    CARRIER_REPORT_CANCELLED = "carrier_report.cancelled"
    REPORT_SENT = "report.sent"
    """A run came to its end, whether anybody got it or not; its facts say who did."""
    WALL_CHANGED = "wall.changed"
    """Made or changed: what a big screen shows."""
    WALL_REMOVED = "wall.removed"
    WALL_SCREEN_ADDED = "wall.screen_added"
    WALL_SCREEN_REVOKED = "wall.screen_revoked"
    EXPORT_ASKED = "export.asked"
    EXPORT_DOWNLOADED = "export.downloaded"
    EXPORT_CANCELLED = "export.cancelled"
    API_KEY_MADE = "api_key.made"
    API_KEY_REVOKED = "api_key.revoked"
    WEBHOOK_CHANGED = "webhook.changed"
    """Made, changed, switched on or off."""
    WEBHOOK_REMOVED = "webhook.removed"
    WEBHOOK_TESTED = "webhook.tested"
    WEBHOOK_RESENT = "webhook.resent"
    WEBHOOK_DISABLED = "webhook.disabled"
    """By the system, after too many deliveries that failed."""
    DIAGNOSTICS_DOWNLOADED = "diagnostics.downloaded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One act."""

    id: int
    at: Instant
    who: UserId | None
    """None when nobody was signed in (a refused sign-in) or the system acted."""
    who_name: str
    act: Act
    object: str
    """What it was done to, as `kind:id`, e.g. `recording:c1732-5`."""
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    facts: dict[str, Any]
    reason: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What narrows the list; None narrows nothing."""

    who: UserId | None = None
    act: Act | None = None
    object: str | None = None
    """`kind:id`, or all of one kind as `kind:`."""
    subject: str | None = None
    """Whose data: an object's id whatever its kind, or a customer's number in full."""
    since: Instant | None = None
    until: Instant | None = None
    """Exclusive."""


class FindsContacts(Protocol):
    """Knows which contacts a customer had; implemented by the contacts module."""

    async def __call__(self, session: AsyncSession, number: str) -> list[ContactId]:
        """Contacts with this number in full."""
        ...
