"""Every router of the application, in the order in which they are mounted below /api."""

from fastapi import APIRouter

from lianxi.api import (
    agents,
    announcing,
    callbacks,
    calling,
    case_callbacks,
    case_surveys,
    conferring,
    customer_person,
    customer_standing,
    customer_story,
    desk,
    desk_case_calls,
    desk_case_drafts,
    desk_cases,
    desk_customers,
    desk_looking,
    desk_sign_in,
    diagnostics,
    faxes,
    floor,
    handing_on,
    helping,
    levels,
    limiting,
    monitoring,
    monitoring_page,
    recording,
    script_use,
    scripts,
    search,
    session,
    setup,
    testcall,
    wall_socket,
    walls,
    who_next,
)
from lianxi.api.lists import router as lists
from lianxi.api.live import socket
from lianxi.api.staffing import import_router as staff_lists
from lianxi.api.staffing import roles_router as role_lists
from lianxi.api.staffing import router as staffing
from lianxi.api.staffing import teams_router as team_lists
from lianxi.modules.alarms import router as alarms
from lianxi.modules.announcements import router as announcements
from lianxi.modules.announcements import subscribers_router as announcement_subscribers
from lianxi.modules.cases import appraisal_router as area_appraisal
from lianxi.modules.cases import callbacks_router as callback_givers
from lianxi.modules.cases import files_router as case_files
from lianxi.modules.cases import limits_router as case_limits
from lianxi.modules.cases import router as cases
from lianxi.modules.cases import setup_router as case_setup
from lianxi.modules.connectors import router as connectors
from lianxi.modules.contacts import router as contacts
from lianxi.modules.customers import choices_router as customer_choices
from lianxi.modules.customers import duplicates_router as customer_duplicates
from lianxi.modules.customers import imports_router as customer_lists
from lianxi.modules.customers import kept_router as kept_customers
from lianxi.modules.customers import router as customers
from lianxi.modules.identity import key_router as api_keys
from lianxi.modules.identity import own_router as own
from lianxi.modules.identity import router as identity
from lianxi.modules.identity import sign_ins_router
from lianxi.modules.ivr import drafts_router as flow_drafts
from lianxi.modules.ivr import prompts_router
from lianxi.modules.ivr import router as ivr
from lianxi.modules.notices import router as notices
from lianxi.modules.notices import templates_router as notice_templates
from lianxi.modules.organisation import posts_router
from lianxi.modules.organisation import router as organisation
from lianxi.modules.recordings import (
    fax_router,
    keeping_router,
    kept_router,
    marks_router,
    voicemail_router,
)
from lianxi.modules.recordings import router as recordings
from lianxi.modules.routing import centre_router as centre_routing
from lianxi.modules.routing import holidays_router as public_holidays
from lianxi.modules.routing import looking_router as looking
from lianxi.modules.routing import router as routing
from lianxi.modules.routing import trunk_router as trunks
from lianxi.modules.surveys import router as surveys
from lianxi.modules.warnings import router as warnings
from lianxi.modules.warnings import setup_router as warning_setup
from lianxi.modules.webhooks import router as webhooks
from lianxi.office.audit import router as audit
from lianxi.office.exports import router as export_jobs
from lianxi.reports import facts_router, metrics_router
from lianxi.reports import router as reports
from lianxi.reports.beyond import own_router as own_figures
from lianxi.reports.beyond import router as beyond_sums
from lianxi.reports.carriers import router as carriers
from lianxi.reports.control import notes_router as control_notes
from lianxi.reports.control import router as control
from lianxi.reports.control import sheet_router as control_sheet
from lianxi.reports.costs import router as costs
from lianxi.reports.drilldown import router as behind
from lianxi.reports.export import router as exports
from lianxi.reports.forms import router as report_forms
from lianxi.reports.saved import router as saved_reports

ROUTERS: tuple[APIRouter, ...] = (
    session.router,
    desk_sign_in.router,
    desk.router,
    desk_looking.router,
    desk_customers.router,
    desk_cases.router,
    desk_case_drafts.router,
    desk_case_calls.router,
    handing_on.router,
    conferring.router,
    calling.router,
    recording.router,
    faxes.router,
    callbacks.router,
    case_callbacks.router,
    agents.router,
    floor.router,
    monitoring.router,
    helping.router,
    levels.router,
    limiting.router,
    lists.router,
    scripts.router,
    script_use.router,
    walls.router,
    wall_socket.router,
    contacts.router,
    recordings.router,
    keeping_router.router,
    marks_router.router,
    voicemail_router.router,
    fax_router.router,
    reports.router,
    costs.router,
    carriers.router,
    metrics_router.router,
    own_figures.router,
    beyond_sums.router,
    exports.router,
    report_forms.router,
    saved_reports.router,
    control.router,
    control_notes.router,
    behind.router,
    control_sheet.router,
    facts_router.router,
    routing.router,
    centre_routing.router,
    public_holidays.router,
    looking.router,
    who_next.router,
    trunks.router,
    ivr.router,
    flow_drafts.router,
    prompts_router.router,
    connectors.router,
    customers.router,
    customer_choices.router,
    customer_standing.router,
    customer_lists.router,
    customer_duplicates.router,
    kept_customers.router,
    customer_story.router,
    customer_person.router,
    identity.router,
    sign_ins_router.router,
    staffing.router,
    staff_lists.router,
    team_lists.router,
    role_lists.router,
    own.router,
    api_keys.router,
    webhooks.router,
    alarms.router,
    cases.router,
    announcements.router,
    announcement_subscribers.router,
    announcing.router,
    warning_setup.router,
    warnings.router,
    area_appraisal.router,
    case_setup.router,
    callback_givers.router,
    case_surveys.router,
    surveys.router,
    case_limits.router,
    case_files.router,
    notices.router,
    notice_templates.router,
    diagnostics.router,
    kept_router.router,
    audit.router,
    export_jobs.router,
    setup.router,
    organisation.router,
    posts_router.router,
    search.router,
    monitoring_page.router,
    testcall.router,
    socket.router,
)
