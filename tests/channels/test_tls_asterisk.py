"""SIP over TLS with a certificate from file, and encrypted voice, at the real switch."""

import asyncio
import re
import socket
import ssl
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from lianxi.channels.asterisk.errors import CertificateUnreadable
from lianxi.channels.asterisk.process import AsteriskProcess
from lianxi.channels.asterisk.tree import AsteriskTree
from lianxi.engine.messages.inputs import ContactArrived, SwitchRestarted
from lianxi.engine.messages.trunks import TrunkTransport
from lianxi.settings import Settings
from tests.channels.test_trunks_asterisk import CARRIER, TELCO, Line, a_trunk
from tests.fixtures.asterisk import ARI_PASSWORD, asterisk_settings, free_port

pytestmark = pytest.mark.asterisk

KEY_LINE = "inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"
OFFER = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\n"
    "m=audio 49170 {profile} 8\r\na=rtpmap:8 PCMA/8000\r\n{crypto}"
)
SECURE = {
    "profile": "RTP/SAVP", "crypto": f"a=crypto:1 AES_CM_128_HMAC_SHA1_80 {KEY_LINE}\r\n",
}  # fmt: skip
OPEN = {"profile": "RTP/AVP", "crypto": ""}


def with_certificate(home: Path) -> Settings:
    """Settings of a centre with a certificate of its own making."""
    home.parent.mkdir(exist_ok=True)
    key, certificate = home.parent / "sip.key", home.parent / "sip.crt"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
         certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    plain = asterisk_settings(home)
    return plain.model_copy(
        update={
            "sip_tls_port": free_port(socket.SOCK_STREAM),
            "sip_tls_cert": certificate,
            "sip_tls_key": key,
        }
    )


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the switch's account may walk to; those of tests are closed."""
    with tempfile.TemporaryDirectory(prefix="lianxi-tls-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture
async def line(open_folder: Path, asterisk_tree: AsteriskTree) -> AsyncIterator[Line]:
    settings = with_certificate(open_folder / "home")
    settings.paths.make()
    settings.home.chmod(0o755)
    process = AsteriskProcess(settings, asterisk_tree, ari_password=ARI_PASSWORD)
    await process.start()
    line = Line(process)
    running = asyncio.create_task(line.channel.run(line.ear.hear))
    await line.ear.expect(SwitchRestarted)
    yield line
    for writer in line.closing:
        writer.close()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await process.stop()


async def invite(line: Line, offer: dict[str, str]) -> tuple[str, dict[str, object]]:
    """Call over TLS as a carrier would; the first final answer and the certificate shown."""
    tls = line.process.instance.sip_tls
    assert tls is not None
    context = ssl.create_default_context(cadata=tls.certificate)
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", tls.port, ssl=context, server_hostname="localhost", local_addr=(CARRIER, 0)
    )
    shown = writer.get_extra_info("peercert")
    body = OFFER.format(**offer)
    port = writer.get_extra_info("sockname")[1]
    writer.write(
        (
            f"INVITE sip:4001@localhost;transport=tls SIP/2.0\r\n"
            f"Via: SIP/2.0/TLS {CARRIER}:{port};branch=z9hG4bKtls{port}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:13800138000@{CARRIER}>;tag=1\r\n"
            f"To: <sip:4001@localhost>\r\nCall-ID: tls-{port}\r\nCSeq: 1 INVITE\r\n"
            f"Contact: <sip:13800138000@{CARRIER}:{port};transport=tls>\r\n"
            f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
    )
    async with asyncio.timeout(10):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = re.search(r"Content-Length:\s*(\d+)", head, re.IGNORECASE)
            text = head + (await reader.readexactly(int(length[1] if length else 0))).decode()
            if not text.startswith("SIP/2.0 100"):
                break
    line.closing.append(writer)
    return text, shown


async def test_a_call_over_tls_is_encrypted_and_an_open_one_is_refused(line: Line) -> None:
    await line.arrange(a_trunk(transport=TrunkTransport.TLS, encrypted=True))
    waiting = asyncio.create_task(invite(line, SECURE))
    arrived = await line.ear.expect(ContactArrived, trunk=TELCO)
    await line.answer(arrived)
    answer, certificate = await waiting
    # Then the certificate is that of the file, and the voice has keys
    assert "localhost" in str(certificate)
    assert answer.startswith("SIP/2.0 200")
    assert "RTP/SAVP" in answer
    assert "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" in answer
    # And who offers open voice on this trunk gets no call
    refused, _ = await invite(line, OPEN)
    assert refused.startswith("SIP/2.0 488")


async def test_a_certificate_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, asterisk_tree: AsteriskTree
) -> None:
    settings = with_certificate(tmp_path / "certified" / "home")
    settings.paths.make()
    assert settings.sip_tls_key is not None
    settings.sip_tls_key.unlink()
    with pytest.raises(CertificateUnreadable, match=r"sip\.key"):
        AsteriskProcess(settings, asterisk_tree, ari_password=ARI_PASSWORD)
