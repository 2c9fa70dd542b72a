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
    ROLE_CREATED = "role.created"
    ROLE_CHANGED = "role.changed"
    ROLE_REMOVED = "role.removed"
    TEAM_CREATED = "team.created"
    TEAM_CHANGED = "team.changed"
    STAFF_IMPORTED = "staff.imported"
    """A list of people was taken in: how many were new, changed, as before, and left out."""
    PASSWORD_CHANGED = "user.password_changed"
    """One's own."""
    FLOW_PUBLISHED = "flow.published"
    FLOW_PLANNED = "flow.planned"
    """A version is to come into force at a set time."""
    FLOW_PLAN_CANCELLED = "flow.plan_cancelled"
    FLOW_PLAN_REFUSED = "flow.plan_refused"
    """Its time came, and it could not be published any more."""
    PROMPT_REPLACED = "prompt.replaced"
    PROMPT_DROPPED = "prompt.dropped"
    ROUTING_CHANGED = "routing.changed"
    CONTACT_TRANSFERRED = "contact.transferred"
    PARTY_CALLED = "contact.party_called"
    CONTACT_PULLED = "contact.pulled"
    CONTACT_RANKED = "contact.ranked"
    QUEUES_MERGED = "queues.merged"
    LEVELS_MOVED = "queue.levels_moved"
    WRAP_UP_LIMITED = "queue.wrap_up_limited"
    CALLBACK_REGISTERED = "callback.registered"
    CALLBACK_CANCELLED = "callback.cancelled"
    CONNECTOR_CHANGED = "connector.changed"
    CUSTOMER_CODE_SET = "customer.code_set"
    CUSTOMER_CREATED = "customer.created"
    CUSTOMER_CHANGED = "customer.changed"
    CUSTOMER_CONSENT = "customer.consent"
    """What a customer said to a purpose."""
    CUSTOMER_DO_NOT_CALL = "customer.do_not_call"
    """A number is not to be called, or may be again."""
    CUSTOMER_CHECKED = "customer.checked"
    """It was found out that it is this customer."""
    CUSTOMER_MERGED = "customer.merged"
    CUSTOMER_UNMERGED = "customer.unmerged"
    CUSTOMER_IMPORT_ASKED = "customer_import.asked"
    CUSTOMERS_IMPORTED = "customer_import.stored"
    """A part of a list: which customers it made, and what it changed of which."""
    CUSTOMER_COPIED = "customer.copied"
    """Somebody was given all that is kept of a customer."""
    CUSTOMER_ERASED = "customer.erased"
    """What was known of a person is gone: how much of what, and what is kept without a name."""
    CASE_FILE_ADDED = "case_file.added"
    CASE_FILE_READ = "case_file.read"
    CASE_FILE_REMOVED = "case_file.removed"
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
    SCRIPT_CHANGED = "script.changed"
    """Made, or its draft changed."""
    SCRIPT_PUBLISHED = "script.published"
    SCRIPT_WITHDRAWN = "script.withdrawn"
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
    NOTICE_TEMPLATE_CHANGED = "notice_template.changed"
    """Words of notices, or by what short messages go."""
    NOTICE_TOLD = "notice.told"
    """By the system: a letter to the customer of a matter was taken."""
    NOTICE_NOT_TOLD = "notice.not_told"
    """By the system: why the customer of a matter was not told."""
    LETTER_RETRIED = "letter.retried"
    ALARM_RULES_CHANGED = "alarm_rules.changed"
    DIAGNOSTICS_DOWNLOADED = "diagnostics.downloaded"
    FLOW_FIRED = "flow.fired"
    """A matter went from one state to another; its facts say by which event, in which round."""
    CLOCK_BREACHED = "clock.breached"
    """By the system: a deadline passed."""
    CASE_CALLBACK_GIVEN = "case.callback_given"
    """Somebody is to call the customer back, or no longer."""
    SURVEY_CHANGED = "survey.changed"
    """Whom customers are asked by, after what, and what they are asked."""
    SURVEY_LINK_GIVEN = "survey.link_given"
    CASE_SETUP_CHANGED = "case_setup.changed"
    """A type of work order, a work area, the dispatch catalogue, a deadline or a form."""
    ANNOUNCEMENT_WRITTEN = "announcement.written"
    """A draft was made or changed."""
    ANNOUNCEMENT_DROPPED = "announcement.dropped"
    ANNOUNCEMENT_LINKED = "announcement.linked"
    """A contact or a work order is about it, somebody said."""
    ANNOUNCEMENT_UNLINKED = "announcement.unlinked"
    SUBSCRIBER_ADDED = "subscriber.added"
    SUBSCRIBER_DROPPED = "subscriber.dropped"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A row that does not fit the chain: it, or one before it, was changed or taken out."""

    id: int
    object: str
    at: Instant


class FindsContacts(Protocol):
    """Knows which contacts a customer had; implemented by the contacts module."""

    async def __call__(self, session: AsyncSession, number: str) -> list[ContactId]:
        """Contacts with this number in full."""
        ...
