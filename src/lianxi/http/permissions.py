"""What may be allowed, and whose rows may be seen."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing a role may allow. The names are part of the API."""

    DESK_USE = "desk.use"
    LIVE_READ = "live.read"
    LIVE_FORCE = "live.force"
    RECORDS_READ = "records.read"
    RECORDS_PLAY = "records.play"
    RECORDS_DOWNLOAD = "records.download"
    RECORDS_KEEP = "records.keep"
    RECORDS_TRANSCRIBE = "records.transcribe"
    RECORDS_REVEAL = "records.reveal"
    RECORDS_EXPORT = "records.export"
    """Lists of records as files; numbers are masked in them unless the person may see them."""
    REPORTS_READ = "reports.read"
    REPORTS_RAW = "reports.raw"
    TARGETS_EDIT = "targets.edit"
    """Targets of metrics, and the baselines of their charts."""
    CONTROL_USE = "control.use"
    """The control sheet: what was out of range, and who sees to it."""
    COSTS_EDIT = "costs.edit"
    FLOWS_EDIT = "flows.edit"
    USERS_EDIT = "users.edit"
    TRUNKS_EDIT = "trunks.edit"
    AUDIT_READ = "audit.read"
    TEST_CALL = "test_call"
    SYSTEM_READ = "system.read"
    WALLS_EDIT = "walls.edit"
    """Wallboards: what they show, and which screens may."""


class Scope(StrEnum):
    """Whose rows a role sees."""

    SELF = "self"
    TEAM = "team"
    ALL = "all"
