"""One Asterisk of one centre: started or adopted, watched, brought back, stopped.

A crash of the application must not end a call, so Asterisk is no child that dies with us: the next
start finds it by its control socket and keeps it if it runs the configuration we would give it.
"""

import asyncio
import re
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import structlog

import lianxi
from lianxi.channels.asterisk.config.instance import CONFIGURATION_VARIABLE, Instance, SipTls
from lianxi.channels.asterisk.config.modules import not_running
from lianxi.channels.asterisk.config.write import write
from lianxi.channels.asterisk.control import ControlSocket
from lianxi.channels.asterisk.errors import CertificateUnreadable, SwitchSilent, TransportDown
from lianxi.channels.asterisk.tree import AsteriskTree
from lianxi.parts.account import account_for
from lianxi.parts.errors import PartDidNotStart, PartRefusal
from lianxi.parts.fax_folder import faxes_folder
from lianxi.parts.ports import require_free_port, taken
from lianxi.parts.priority import comes_first
from lianxi.parts.process import WatchedProcess, last_lines
from lianxi.parts.sockets import remove_short_folder, socket_folder
from lianxi.parts.supervisor import Supervisor
from lianxi.settings import Settings

log = structlog.get_logger()

BOOTED_WITHIN_S = 60.0
STOP_STEPS = (
    (signal.SIGTERM, 8.0),  # says BYE to all; 1.4 to 2.3 s when measured
    (signal.SIGKILL, 5.0),
)
OPEN_FILES = 20_000
TIDY_EVERY_S = 600.0
"""glibc keeps freed memory after bursts: 745 MB fell to 291 MB by trimming when measured."""

LOG_LIMIT_BYTES = 16 * 1024 * 1024
_CONTROL_SOCKET = "asterisk.ctl"


def _nothing() -> None:
    """Nobody listens."""


class AsteriskProcess:
    """Starts, adopts, watches and stops one Asterisk."""

    def __init__(
        self,
        settings: Settings,
        tree: AsteriskTree,
        *,
        ari_password: str,
        on_down: Callable[[], None] = _nothing,
        on_up: Callable[[], None] = _nothing,
    ) -> None:
        """Prepare; nothing runs yet. `home.make()` has been called.

        Args:
            settings: ports, addresses and the home.
            tree: the Asterisk to run (`install.find_asterisk`).
            ari_password: for the ARI user `lianxi`; printable ASCII without ";" and spaces.
            on_down: called when Asterisk has died.
            on_up: called when it answers again.

        Raises:
            PartDidNotStart, SocketFolderUnsafe
        """
        home = settings.paths
        assets = Path(lianxi.__file__).parent / "assets" / "prompts"
        self._account = account_for(
            home.root, (home.asterisk / "etc", tree.modules / "any", assets / "zh")
        )
        self.instance = Instance(
            tree=tree,
            folder=home.asterisk,
            run=socket_folder(
                home.run, "asterisk", longest_name=_CONTROL_SOCKET, account=self._account
            ),
            logs=home.logs / "asterisk",
            recordings=home.recordings_raw,
            faxes=faxes_folder(home.root, home.recordings_raw),
            apology=_prompt("fallback_apology", (home.prompts_zh, assets / "zh")),
            sip_bind=settings.sip_bind,
            sip_port=settings.sip_port,
            sip_tls=_sip_tls(settings),
            ari_port=settings.ari_port,
            rtp_start=settings.rtp_start,
            rtp_end=settings.rtp_end,
            ari_password=ari_password,
            max_files=min(OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),
        )
        self._run = home.run
        self.control = ControlSocket(self.instance.control_socket)
        self.adopted = False
        """Whether the running Asterisk was found alive rather than started."""
        self._supervisor = Supervisor("asterisk", self._bring_up, on_down=on_down, on_up=on_up)
        self._tidying: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Pid of the living Asterisk, None while it is down."""
        return self._supervisor.process.pid if self._supervisor.process else None

    async def start(self) -> None:
        """Write the configuration, start or adopt Asterisk, keep it alive.

        Raises:
            PartRefusal: one of the sentences of `errors` here and of `parts.errors`.
        """
        await self._supervisor.start()
        self._tidying = asyncio.create_task(self._tidy(), name="tidy asterisk")

    async def stop(self) -> None:
        """Stop Asterisk; all calls end with a BYE."""
        await self._stop_tidying()
        await self._supervisor.stop(STOP_STEPS)
        remove_short_folder(self.instance.run, self._run)
        remove_short_folder(self.instance.faxes, self.instance.recordings.parent)

    async def release(self) -> None:
        """Leave Asterisk and its calls running, for the next start to adopt."""
        await self._stop_tidying()
        await self._supervisor.release()

    async def calls(self) -> int:
        """How many channels are up.

        Raises:
            SwitchSilent: Asterisk does not answer.
        """
        for line in (await self.control.ask("core show channels count")).splitlines():
            if "active channel" in line:
                return int(line.split()[0])
        return 0

    async def _bring_up(self) -> WatchedProcess:
        digest = write(self.instance, self._account)
        process = await self._adopt(digest) or await self._start_program()
        return process

    async def _adopt(self, digest: str) -> WatchedProcess | None:
        """The Asterisk that runs already, unless it must make way for a new configuration."""
        pid = await self.control.pid()
        if pid is None:
            return None
        process = WatchedProcess.adopt(pid)
        try:
            await self._wait_booted(process)
            known = f"{CONFIGURATION_VARIABLE}={digest}" in await self.control.ask(
                "dialplan show globals"
            )
            busy = await self.calls()
        except PartRefusal as error:
            log.warning("asterisk_replaced", pid=pid, why=error.code)
            await process.stop(STOP_STEPS)
            return None
        if not known and not busy:
            log.info("asterisk_restarted_for_configuration", pid=pid)
            await process.stop(STOP_STEPS)
            return None
        if not known:
            log.warning("asterisk_keeps_old_configuration", pid=pid, calls=busy)
        log.info("asterisk_adopted", pid=pid, calls=busy)
        self.adopted = True
        return process

    async def _start_program(self) -> WatchedProcess:
        instance = self.instance
        require_free_port("udp", instance.sip_bind, instance.sip_port, setting="LIANXI_SIP_PORT")
        require_free_port("tcp", "127.0.0.1", instance.ari_port, setting="LIANXI_ARI_PORT")
        self._account.take(instance.run)
        instance.control_socket.unlink(missing_ok=True)
        process = WatchedProcess.spawn(
            [
                *self._account.prefix,
                *instance.tree.command,
                "-C",
                str(instance.etc / "asterisk.conf"),
                "-f",
                "-n",
            ],
            folder=Path("/"),
            log=instance.logs / "console",
        )
        try:
            comes_first(process.pid)
            await self._wait_booted(process)
            await self._require_service()
        except (PartRefusal, asyncio.CancelledError):
            process.send(signal.SIGTERM)
            raise
        log.info("asterisk_started", pid=process.pid, version=instance.tree.version)
        self.adopted = False
        return process

    async def _wait_booted(self, process: WatchedProcess) -> None:
        console = self.instance.logs / "console"
        start = console.stat().st_size if console.exists() else 0
        try:
            async with asyncio.timeout(BOOTED_WITHIN_S):
                while process.is_alive:
                    try:
                        answer = await self.control.ask("core waitfullybooted", within_s=30)
                    except SwitchSilent:
                        answer = ""
                    if "fully booted" in answer:
                        return
                    # poll: the socket appears some time after the start; nothing announces it
                    await asyncio.sleep(0.03)
            reason = last_lines(console, since=start, count=3) or f"status {process.status}"
        except TimeoutError:
            reason = f"it has not finished booting after {BOOTED_WITHIN_S:.0f} seconds"
        raise PartDidNotStart(part="Asterisk", reason=reason, log=str(console))

    async def _require_service(self) -> None:
        """Asterisk runs on without a module or a port it could not get: find that out."""
        instance = self.instance
        messages = str(instance.logs / "messages")
        missing = not_running(await self.control.ask("module show"))
        if missing:
            reason = "these modules do not run: " + ", ".join(missing)
            raise PartDidNotStart(part="Asterisk", reason=reason, log=messages)
        transports = await self.control.ask("pjsip show transports")
        if not re.search(rf"\budp\b.*:{instance.sip_port}\s*$", transports, re.MULTILINE):
            refusal = taken("udp", instance.sip_bind, instance.sip_port, setting="LIANXI_SIP_PORT")
            if refusal.facts["pid"] not in {"unknown", self.pid}:
                raise refusal
            raise TransportDown(transport="UDP", log=messages)
        if instance.sip_tls is not None and "tls" not in transports:
            raise TransportDown(transport="TLS", log=messages)
        if f":{instance.ari_port}" not in await self.control.ask("http show status"):
            raise TransportDown(transport="HTTP", log=messages)

    async def _tidy(self) -> None:
        """Give memory back and keep the log short, every ten minutes."""
        while True:
            await asyncio.sleep(TIDY_EVERY_S)  # pace: housekeeping, nothing is waited for
            try:
                await self.control.ask("malloc trim")
                messages = self.instance.logs / "messages"
                if messages.exists() and messages.stat().st_size > LOG_LIMIT_BYTES:
                    await self.control.ask("logger rotate")
            except SwitchSilent:
                log.warning("asterisk_not_tidied")

    async def _stop_tidying(self) -> None:
        if self._tidying is not None:
            self._tidying.cancel()
            await asyncio.gather(self._tidying, return_exceptions=True)
            self._tidying = None


def _prompt(name: str, folders: tuple[Path, ...]) -> Path | None:
    """The prompt without its extension, as Asterisk wants it; the first folder that has it."""
    found = (folder / name for folder in folders if (folder / f"{name}.wav").is_file())
    return next(found, None)


def _sip_tls(settings: Settings) -> SipTls | None:
    """The certificate as it is in its files now."""
    if settings.sip_tls_cert is None or settings.sip_tls_key is None:
        return None
    try:
        certificate, key = settings.sip_tls_cert.read_text(), settings.sip_tls_key.read_text()
    except OSError as error:
        raise CertificateUnreadable(file=str(error.filename), reason=error.strerror) from error
    return SipTls(port=settings.sip_tls_port, certificate=certificate, key=key)
