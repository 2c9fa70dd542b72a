"""Composition root: the only module that knows every part (and so is slow to import)."""

import asyncio
import base64
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import lianxi
from lianxi.api.asked_by_flows import asked_by_flows
from lianxi.api.serving import Api, ServingParts
from lianxi.api.session import Organisation
from lianxi.channels.asterisk.address import Address
from lianxi.channels.asterisk.channel import AsteriskChannel, House
from lianxi.channels.asterisk.install import find_asterisk
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.sounds import Sounds
from lianxi.channels.fake.testcall import TestCalls
from lianxi.cli import ready as ready_file
from lianxi.cli.configured import configured
from lianxi.cli.ready import Ready
from lianxi.cli.running import run
from lianxi.cli.steps import Steps
from lianxi.db.embedded import EmbeddedPostgres
from lianxi.db.migrating import migrate
from lianxi.db.session import Database
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.inputs import RoutingPublished
from lianxi.engine.state import State
from lianxi.journal.inbox import Inbox
from lianxi.journal.store import PostgresJournal
from lianxi.journal.telling_database import telling_database
from lianxi.kernel.masking import mask
from lianxi.modules.customers.facade import CallerNames, TelephoneCustomers
from lianxi.modules.identity import seed as identity_seed
from lianxi.modules.identity.desks import Desks
from lianxi.modules.identity.passwords import Passwords
from lianxi.modules.identity.vault import Vault
from lianxi.modules.recordings import facade as recordings
from lianxi.modules.recordings.contracts import RecordingFolders
from lianxi.modules.recordings.jobs import Finisher
from lianxi.modules.recordings.subscribers import RoomWatch
from lianxi.modules.routing import facade as routing
from lianxi.modules.routing import seed as routing_seed
from lianxi.modules.routing.publishing import Publisher
from lianxi.parts.lock import sole_user_of
from lianxi.parts.logs import log_to
from lianxi.parts.ports import require_free_port
from lianxi.parts.priority import comes_first, may_wait
from lianxi.parts.secrets import Secrets, load_or_make_secrets
from lianxi.projections.projector import Projector
from lianxi.reports import statement
from lianxi.runtime.clock import now
from lianxi.runtime.enduring import endure
from lianxi.runtime.ports import Channel
from lianxi.runtime.switchboard import Parts, Switchboard
from lianxi.settings import BeginWith, Home, Settings
from lianxi.worker.daily import once_a_day
from lianxi.worker.demo.play import DemoParts, demonstrate
from lianxi.worker.office_work import look_after_office
from lianxi.worker.planting import plant
from lianxi.worker.report_work import look_after_reports

SAMPLE = Path(lianxi.__file__).parent / "assets" / "samples" / "customer_zh.wav"
"""What the customer of a test call says."""


class Role(StrEnum):
    """What a process does."""

    DRIVER = "driver"
    """Leads the switchboard and keeps Asterisk running."""
    API = "api"
    WORKER = "worker"


@dataclass(slots=True, kw_only=True)
class Centre:
    """The parts that all roles share."""

    settings: Settings
    home: Home
    secrets: Secrets
    url: str
    database: Database
    desks: Desks
    inbox: Inbox
    steps: Steps
    asterisk: AsteriskProcess | None = None
    switch_version: str = ""


# --- bringing the parts up


@asynccontextmanager
async def opened(settings: Settings, steps: Steps) -> AsyncIterator[Centre]:
    """Home, database and what belongs to every role; taken down again at the end."""
    home = settings.paths
    home.make()
    secrets = load_or_make_secrets(home.secrets)
    async with AsyncExitStack() as stack:
        async with steps.step("PostgreSQL 数据库") as step:
            url = settings.database_url
            if url is None:
                postgres = EmbeddedPostgres(home)
                await postgres.start()
                stack.push_async_callback(postgres.stop)
                url = postgres.url()
                step.did("adopted" if postgres.adopted else "started")
            else:
                step.did("the operator's")
        async with steps.step("Tables 数据表") as step:
            step.did("migrated" if await migrate(url) else "up to date")
        database = await stack.enter_async_context(telling_database(url))
        inbox = Inbox(url, now)
        stack.push_async_callback(inbox.close)
        vault = Vault(base64.urlsafe_b64decode(secrets.vault_key + "=="))
        centre = Centre(
            settings=settings,
            home=home,
            secrets=secrets,
            url=url,
            database=database,
            desks=Desks(database.sessions, vault),
            inbox=inbox,
            steps=steps,
        )
        async with steps.step("First data 初始数据") as step:
            planted = await plant(database.sessions, home.root, settings.begin_with, at=now())
            step.did("planted" if planted else "present")
        yield centre


@asynccontextmanager
async def switch_running(centre: Centre) -> AsyncIterator[None]:
    """Asterisk: found or fetched, started or adopted, stopped at the end."""
    async with centre.steps.step("Asterisk 电话交换") as step:
        tree = await find_asterisk(centre.settings, lambda told: step.says(told.text))
        asterisk = AsteriskProcess(centre.settings, tree, ari_password=centre.secrets.ari_password)
        await asterisk.start()
        step.did(f"{tree.version} {'adopted' if asterisk.adopted else 'started'}")
    centre.asterisk, centre.switch_version = asterisk, tree.version
    try:
        yield
    finally:
        await asterisk.stop()


# --- the roles


def switchboard(centre: Centre) -> Switchboard:
    """The Driver's service."""
    address = Address(port=centre.settings.ari_port, password=centre.secrets.ari_password)
    shipped = Path(lianxi.__file__).parent / "assets" / "prompts"
    control = centre.asterisk.control if centre.asterisk is not None else None

    def channel(devices: object) -> Channel:
        house = House(
            now=now,
            devices=devices,  # type: ignore[arg-type]
            password=centre.desks.password,
            caller_name=CallerNames(centre.url).caller_name,
            shown=mask,
            trunks=routing.TrunkBook(centre.database.sessions, centre.desks.vault),
            faxes=centre.home.recordings_raw,
        )
        sounds = Sounds((centre.home.root / "prompts", shipped), "zh")
        return AsteriskChannel(address, house, sounds, control)

    async def opening(state: State) -> Sequence[Input]:
        async with centre.database.sessions() as session:
            found = await routing.current_routing(session, at=now(), zone=centre.settings.time_zone)
        return () if found == state.routing else (RoutingPublished(at=now(), routing=found),)

    return Switchboard(
        Parts(
            url=centre.url,
            channel=channel,
            is_connected=lambda channel: getattr(channel, "is_connected", False),
            now=now,
            opening=opening,
            connectors=asked_by_flows(centre.database.sessions, centre.desks, centre.settings, now),
            customers=TelephoneCustomers(centre.database.sessions, Passwords(), now),
        )
    )


async def work(centre: Centre) -> None:
    """The worker: projections, recordings, the day's work."""
    journal, vault = PostgresJournal(centre.url), centre.desks.vault
    sessions, home, zone = centre.database.sessions, centre.home, centre.settings.time_zone
    projector = Projector(sessions, journal)
    folders = RecordingFolders(
        raw=home.recordings_raw, wav=home.recordings_wav, keys=home.recording_keys, home=home.root
    )
    finisher = Finisher(sessions, folders, now=now)
    publisher = Publisher(sessions, centre.inbox, now=now, zone=zone)
    room = RoomWatch(sessions, centre.inbox, lambda: recordings.room_left(home.recordings_raw))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(endure("day", lambda: once_a_day(centre.url, publisher)))
            group.create_task(endure("projector", projector.run))
            group.create_task(endure("recordings", lambda: finisher.run(projector.advances())))
            group.create_task(look_after_reports(sessions, centre.settings, now=now))
            office = look_after_office(sessions, centre.settings, journal, vault, publisher, now)
            group.create_task(office)
            group.create_task(endure("room for recordings", lambda: room.run(journal)))
    finally:
        await journal.close()


def served(centre: Centre, *, demo: bool) -> Api:
    """The API, the live view and the web desktop."""
    settings = centre.settings
    return Api(
        ServingParts(
            settings=settings,
            now=now,
            url=centre.url,
            database=centre.database,
            inbox=centre.inbox,
            desks=centre.desks,
            test_calls=TestCalls((settings.sip_bind, settings.sip_port), SAMPLE),
            organisation=Organisation(
                name="联系示范中心", time_zone=settings.time_zone, is_demo=demo
            ),
            web_folder=Path(lianxi.__file__).parents[2] / "web" / "dist",
            build=version("lianxi"),
        )
    )


async def play(centre: Centre, roles: set[Role], *, demo: bool) -> None:
    """Play the roles until cancelled."""
    board = switchboard(centre) if Role.DRIVER in roles else None
    async with asyncio.TaskGroup() as group:
        if board is not None:
            async with centre.steps.step("Switchboard 话务引擎") as step:
                group.create_task(board.run())
                await board.is_leading.wait()
                step.did("leads")
        if {Role.WORKER, Role.API} & roles:
            group.create_task(endure("inbox", centre.inbox.run))
        if Role.WORKER in roles:
            group.create_task(work(centre))
        if Role.API in roles:
            async with centre.steps.step("Web 网页") as step:
                api = served(centre, demo=demo)
                group.create_task(api.run())
                group.create_task(asyncio.to_thread(statement.warm))
                await api.is_serving.wait()
                step.did(f"port {centre.settings.http_port}")
        if Role.API in roles:
            announce(centre, demo=demo)
        if demo:
            await demonstrate(DemoParts(
                settings=centre.settings, url=centre.url, sessions=centre.database.sessions,
                desks=centre.desks, inbox=centre.inbox, now=now,
            ))  # fmt: skip


def announce(centre: Centre, *, demo: bool) -> None:
    """Everything stands: say so on the screen and in `run/ready.json`."""
    settings = centre.settings
    scheme = "https" if settings.tls_cert else "http"
    host = "localhost" if settings.http_bind in ("127.0.0.1", "0.0.0.0") else settings.http_bind
    accounts = identity_seed.read_accounts(centre.home.root)
    told = Ready(
        url=f"{scheme}://{host}:{settings.http_port}", http_port=settings.http_port,
        sip_port=settings.sip_port, ari_port=settings.ari_port, pid=os.getpid(),
        asterisk=centre.switch_version,
        accounts=str(centre.home.root / identity_seed.ACCOUNTS_FILE) if accounts else "",
        numbers=[routing_seed.HOTLINE] if settings.begin_with is BeginWith.DEMONSTRATION else [],
        seconds=centre.steps.seconds,
    )  # fmt: skip
    told.write(centre.home.run)
    shown = [(account["username"], account["role"], account["password"]) for account in accounts]
    ready_file.welcome(centre.steps.console, told, shown)


async def bring_up(settings: Settings, roles: set[Role], *, demo: bool) -> None:
    """Start everything of these roles, run until SIGINT or SIGTERM, stop what was started."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    steps = Steps(Console())
    running = asyncio.create_task(run_roles(settings, roles, steps, demo=demo))
    waiting = asyncio.create_task(stopping.wait())
    await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not running.done():
        steps.console.print("停止中 stopping …")
        running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def run_roles(settings: Settings, roles: set[Role], steps: Steps, *, demo: bool) -> None:
    """Everything of these roles, until cancelled; taken down in the reverse order."""
    comes_first() if Role.DRIVER in roles else may_wait()
    settings.paths.make()
    async with AsyncExitStack() as stack:
        if len(roles) == len(Role):
            stack.callback(sole_user_of(settings.paths.run).let_go)
        if Role.API in roles:
            require_free_port(
                "tcp", settings.http_bind, settings.http_port, setting="LIANXI_HTTP_PORT"
            )
        centre = await stack.enter_async_context(opened(settings, steps))
        if Role.DRIVER in roles:
            await stack.enter_async_context(switch_running(centre))
        if Role.API in roles:
            stack.callback(ready_file.remove, settings.paths.run)
        await play(centre, roles, demo=demo)


# --- the command line


def up(
    demo: Annotated[
        bool, typer.Option("--demo", help="Add scripted callers and agents, so that it lives.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="More in the log.")] = False,
) -> None:
    """Start a whole centre on this machine; Ctrl+C stops it."""
    settings = configured()
    settings.paths.make()
    log_to(settings.paths.logs / "lianxi.log", verbose=verbose)
    run(bring_up(settings, set(Role), demo=demo), lasting=True)


def serve(
    role: Annotated[list[Role], typer.Option(help="What this process does; may be repeated.")],
) -> None:
    """Run some roles only, on the operator's database (LIANXI_DATABASE_URL)."""
    settings = configured()
    log_to(None)
    run(bring_up(settings, set(role), demo=False), lasting=True)
