"""The small parts of the scripted phones: messages, digest, a-law, session descriptions, keys."""

from array import array

import pytest

from lianxi.channels.fake.sip import alaw, sdp
from lianxi.channels.fake.sip.address import parse_name_address
from lianxi.channels.fake.sip.digest import Credentials, response_digest
from lianxi.channels.fake.sip.dtmf import KeyListener, key_press
from lianxi.channels.fake.sip.message import MalformedMessage, Request, Response, parse
from lianxi.channels.fake.sip.rtp import Packet, Reception, parse_packet

pytestmark = pytest.mark.unit

INVITE = (
    b"INVITE sip:4001@192.0.2.1 SIP/2.0\r\n"
    b"v: SIP/2.0/UDP 192.0.2.9:5062;branch=z9hG4bK1, SIP/2.0/UDP 192.0.2.8;branch=z9hG4bK0\r\n"
    b'f: "Wang, \\"W\\"" <sip:13800138000@192.0.2.9>;tag=a1\r\n'
    b"t: <sip:4001@192.0.2.1>\r\n"
    b"i: one@192.0.2.9\r\n"
    b"CSeq: 1 INVITE\r\n"
    b"Subject: first\r\n second\r\n"
    b"l: 4\r\n\r\nbodyrest"
)


def test_compact_headers_folded_lines_and_lists_are_read() -> None:
    request = parse(INVITE)
    assert isinstance(request, Request)
    assert request.headers.get("call-id") == "one@192.0.2.9"
    assert len(request.headers.every("Via")) == 2
    assert request.headers.get("Subject") == "first second"
    assert request.body == b"body"
    caller = parse_name_address(request.headers.get("From"))
    assert (caller.display_name, caller.user, caller.tag) == ('Wang, "W"', "13800138000", "a1")


def test_a_rendered_message_reads_back_the_same() -> None:
    request = parse(INVITE)
    again = parse(request.render())
    assert isinstance(again, Request)
    assert again.headers.without("Content-Length").fields == (
        request.headers.without("Content-Length").fields
    )
    assert again.body == request.body


@pytest.mark.parametrize(
    "datagram", [b"", b"\r\n\r\n", b"\xff\xfe", b"GET / HTTP/1.1\r\n\r\n", b"SIP/2.0 x OK\r\n\r\n"]
)
def test_what_is_no_sip_message_is_said_to_be_none(datagram: bytes) -> None:
    with pytest.raises(MalformedMessage):
        parse(datagram)


def test_a_message_without_call_id_is_refused() -> None:
    with pytest.raises(MalformedMessage, match="no Call-ID"):
        parse(INVITE.replace(b"i: one@192.0.2.9\r\n", b""))


def test_a_response_is_told_from_a_request() -> None:
    response = parse(INVITE.replace(b"INVITE sip:4001@192.0.2.1 SIP/2.0", b"SIP/2.0 180 Ringing"))
    assert isinstance(response, Response)
    assert (response.status, response.reason) == (180, "Ringing")


def test_the_digest_agrees_with_the_example_of_rfc_2617() -> None:
    pairs = {
        "realm": "testrealm@host.com",
        "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        "qop": "auth",
        "nc": "00000001",
        "cnonce": "0a4f113b",
    }
    digest = response_digest(
        Credentials(username="Mufasa", password="Circle Of Life"), "GET", "/dir/index.html", pairs
    )
    assert digest == "6629fae49393a05397450978507c4ef1"


def test_every_alaw_byte_survives_a_round_trip() -> None:
    codes = bytes(range(256))
    assert alaw.encode(alaw.decode(codes)) == codes


@pytest.mark.parametrize(
    ("sample", "code"), [(0, 0xD5), (-1, 0x55), (32767, 0xAA), (-32768, 0x2A), (1000, 0xFA)]
)
def test_samples_become_the_codes_of_g711(sample: int, code: int) -> None:
    assert alaw.encode(array("h", [sample]))[0] == code


def test_coded_silence_is_not_audible() -> None:
    assert alaw.level_dbfs(alaw.SILENCE) < -70
    assert alaw.level_dbfs(b"") == -90


def test_a_held_stream_is_answered_the_other_way_round() -> None:
    audio = sdp.parse_audio(
        b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0 8 96\r\n"
        b"a=rtpmap:96 telephone-event/8000\r\na=sendonly\r\n"
        b"m=video 4002 RTP/AVP 99\r\na=inactive\r\n"
    )
    assert audio is not None
    assert audio.address == ("192.0.2.1", 4000)
    assert audio.has_alaw
    assert audio.telephone_event == 96
    assert audio.answering_direction == "recvonly"
    assert not audio.takes_audio


def test_a_description_without_audio_is_none() -> None:
    assert sdp.parse_audio(b"v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 8\r\n") is None


def test_a_key_is_heard_once_although_its_end_is_sent_three_times() -> None:
    listener = KeyListener()
    packets = [packet.render() for packet in key_press("5")]
    assert [listener.hear(packet, timestamp=7) for packet in packets] == ["5"] + [None] * 9
    assert listener.hear(packets[0], timestamp=8) == "5"


def test_rtcp_is_not_taken_for_audio() -> None:
    assert parse_packet(bytes([0x80, 200]) + bytes(26)) is None


def test_lost_packets_are_counted_and_late_ones_taken_back() -> None:
    reception = Reception()
    for sequence in (65534, 65535, 2, 1, 3):
        packet = Packet(payload_type=8, sequence=sequence, timestamp=0, source=1, payload=b"")
        reception.count(packet, at=0.0)
    assert (reception.received, reception.lost) == (5, 1)
