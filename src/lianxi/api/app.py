"""Builds the FastAPI application from parts that are given to it, and mounts every router."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from lianxi.api import (
    monitoring_page,
    sip_proxy,
)
from lianxi.api.asking import Switchboard
from lianxi.api.live.hub import Hub
from lianxi.api.live.walls import Walls
from lianxi.api.preflight import Preflight
from lianxi.api.routers import ROUTERS
from lianxi.api.session import Organisation
from lianxi.api.sip_proxy import OpenPhones, SwitchAddress
from lianxi.api.static import WebDesktop
from lianxi.api.testcall import OneAtATime, PlacesTestCalls
from lianxi.api.trunk_channels import TrunkChannels
from lianxi.db.session import Database
from lianxi.http import errors
from lianxi.http.caller import CallerSource, KeySource
from lianxi.http.csrf import SameOrigin
from lianxi.http.deps import provide
from lianxi.http.middleware import MEGABYTE, BodyLimit, CleanText, RequestId, SecurityHeaders
from lianxi.journal.contracts import Journal
from lianxi.kernel.time import Instant
from lianxi.modules.announcements.contracts import HasPrompts
from lianxi.modules.announcements.keeping import Announcements
from lianxi.modules.cases.callbacks_exporting import CallbacksSource
from lianxi.modules.cases.exporting import CasesSource
from lianxi.modules.cases.files import CaseFolder
from lianxi.modules.cases.keeping import Orders
from lianxi.modules.connectors.contracts import Seals
from lianxi.modules.contacts.exported_repository import contacts_of
from lianxi.modules.contacts.exporting import MissedSource, RecordsSource
from lianxi.modules.contacts.last_spoken import last_spoken
from lianxi.modules.customers.contracts import HashesCodes
from lianxi.modules.customers.exporting import CustomersSource
from lianxi.modules.identity.api_keys import ApiKeys
from lianxi.modules.identity.contracts import AgentDirectory
from lianxi.modules.identity.desks import Desks
from lianxi.modules.identity.directory import Directory
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.web_sessions import WebSessions
from lianxi.modules.ivr.prompts import Prompts
from lianxi.modules.organisation.book import OrganisationBook
from lianxi.modules.organisation.contracts import KnowsPeople
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.routing.contracts import (
    Asks,
    CountsChannels,
    KnowsPrompts,
    Publishes,
    SealsPasswords,
)
from lianxi.modules.routing.facade import Agents
from lianxi.modules.routing.publishing import Publisher
from lianxi.modules.surveys.exporting import SurveyResultsSource
from lianxi.modules.warnings.ending import EndsWithCase
from lianxi.modules.warnings.keeping import Warnings
from lianxi.office.audit.contracts import FindsContacts
from lianxi.office.audit.exporting import AuditSource
from lianxi.office.exports.contracts import Sources
from lianxi.office.exports.router import ExportFolder
from lianxi.reports.inquiries import Inquiries
from lianxi.settings import Settings

LARGER_BODIES = {
    "/api/prompts/": 60 * MEGABYTE,
    "/api/faxes": 20 * MEGABYTE,
    "/api/staff-list": 5 * MEGABYTE,
    "/api/customers/imports": 30 * MEGABYTE,
    "/api/case-files": 20 * MEGABYTE,
}
"""Five minutes of a recording as studios deliver it: 48 kHz, 16 bit, two channels; a document to be
sent; lists; a file of a work order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiParts:
    """What the composition root gives to the API."""

    settings: Settings
    now: Callable[[], Instant]
    database: Database
    journal: Journal
    inbox: Asks
    hub: Hub
    walls: Walls
    web_sessions: WebSessions
    passwords: Passwords
    desks: Desks
    prompts: Prompts
    publisher: Publisher
    test_calls: PlacesTestCalls
    organisation: Organisation
    web_folder: Path
    """The built web desktop (`web/dist`)."""


def routes_only() -> FastAPI:
    """The application with its routes and nothing behind them: enough for its description."""
    app = FastAPI(
        title="Lianxi",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        responses=errors.EVERY_OPERATION,
    )
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router, prefix="/api")
    app.include_router(sip_proxy.router)
    return app


def build(parts: ApiParts) -> FastAPI:
    """The whole application. The hub is run by the composition root, beside the server."""
    app = routes_only()
    settings = parts.settings
    app.state.now = parts.now
    app.state.sessions = parts.database.sessions
    switch = SwitchAddress(f"ws://127.0.0.1:{settings.ari_port}/ws")
    preflight = Preflight(
        sessions=parts.database.sessions,
        home=settings.paths,
        prompts=parts.prompts,
        switch_url=switch.url,
        now=parts.now,
        system=parts.hub.system,
        flows=lambda: parts.hub.replica.state.routing.flows,
    )
    home = settings.paths
    provide(app, Settings, settings)
    zone = ZoneInfo(settings.time_zone)
    provide(app, ZoneInfo, zone)
    provide(app, monitoring_page.Page, monitoring_page.Page())
    provide(app, Inquiries, Inquiries(parts.database.sessions, home.facts, zone, parts.now))
    _office(app, parts)
    _files(app, settings)
    provide(app, Journal, parts.journal)  # type: ignore[type-abstract]
    provide(app, Hub, parts.hub)
    provide(app, Walls, parts.walls)
    _who(app, parts)
    provide(app, Prompts, parts.prompts)
    provide(app, KnowsPrompts, parts.prompts)  # type: ignore[type-abstract]
    provide(app, CountsChannels, TrunkChannels(parts.hub))  # type: ignore[type-abstract]
    provide(app, Publishes, parts.publisher)  # type: ignore[type-abstract]
    provide(app, AgentDirectory, Agents())  # type: ignore[type-abstract]
    provide(app, KnowsPeople, Directory())  # type: ignore[type-abstract]
    provide(app, PlacesTestCalls, parts.test_calls)  # type: ignore[type-abstract]
    provide(app, OneAtATime, OneAtATime())
    provide(app, Organisation, parts.organisation)
    provide(app, OrganisationBook, OrganisationBook(parts.database.sessions, parts.now))
    provide(app, Switchboard, Switchboard(parts.inbox, parts.hub))
    provide(app, SwitchAddress, switch)
    provide(app, OpenPhones, OpenPhones())
    provide(app, Preflight, preflight)
    # Behind all routes, not mounted among them: a known address with a wrong method stays a 405.
    desktop = WebDesktop(parts.web_folder, otherwise=app.router.default)
    app.router.default = desktop
    _fence(app, is_tls=settings.tls_cert is not None)
    return app


def _who(app: FastAPI, parts: ApiParts) -> None:
    keys = ApiKeys(parts.database.sessions)
    provide(app, KeySource, keys)  # type: ignore[type-abstract]
    provide(app, ApiKeys, keys)
    provide(app, CallerSource, parts.web_sessions)  # type: ignore[type-abstract]
    provide(app, WebSessions, parts.web_sessions)
    provide(app, Passwords, parts.passwords)
    provide(app, Desks, parts.desks)
    provide(app, HashesCodes, parts.passwords)  # type: ignore[type-abstract]
    provide(app, Seals, parts.desks.vault)  # type: ignore[type-abstract]
    provide(app, SealsPasswords, parts.desks.vault)  # type: ignore[type-abstract]


def _office(app: FastAPI, parts: ApiParts) -> None:
    warnings = Warnings(parts.settings.time_zone)
    provide(app, Warnings, warnings)
    provide(app, Orders, Orders(parts.settings.time_zone, gone=EndsWithCase(warnings)))
    zone, needs_second = parts.settings.time_zone, parts.settings.announcements_need_second
    provide(app, Announcements, Announcements(zone, needs_second=needs_second))
    provide(app, HasPrompts, parts.prompts)  # type: ignore[type-abstract]


def _files(app: FastAPI, settings: Settings) -> None:
    """What lies in the home, and what is written there."""
    provide(app, RecordingFolders, _folders(settings))
    provide(app, FindsContacts, contacts_of)
    sources = Sources(
        RecordsSource(), MissedSource(), AuditSource(contacts_of), CustomersSource(),
        CasesSource(), CallbacksSource(last_spoken), SurveyResultsSource(),
    )  # fmt: skip
    provide(app, Sources, sources)
    provide(app, ExportFolder, ExportFolder(settings.paths.exports))
    provide(app, CaseFolder, CaseFolder(settings.paths.case_files))


def _folders(settings: Settings) -> RecordingFolders:
    home = settings.paths
    return RecordingFolders(
        raw=home.recordings_raw,
        wav=home.recordings_wav,
        keys=home.recording_keys,
        home=home.root,
    )


def _fence(app: FastAPI, *, is_tls: bool) -> None:
    """What happens around every request."""
    # The last one added is the outermost.
    app.add_middleware(CleanText)
    app.add_middleware(BodyLimit, larger=LARGER_BODIES)
    app.add_middleware(SameOrigin)
    app.add_middleware(SecurityHeaders, is_tls=is_tls)
    app.add_middleware(RequestId)
