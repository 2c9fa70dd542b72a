"""Messages no honest phone sends: those of RFC 4475 ("SIP Torture Test Messages"), named by their
sections there, and the patterns of scanners.
"""

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.3\r\ns=-\r\nc=IN IP4 127.0.0.3\r\nt=0 0\r\nm=audio 49170 RTP/AVP 8\r\n"  # noqa: E501


def message(
    method: str = "INVITE",
    uri: str = "sip:4001@127.0.0.1",
    *,
    name: str = "x",
    start: str = "",
    via: str = "SIP/2.0/UDP 127.0.0.3:5099;rport;branch=z9hG4bK{name}",
    sender: str = "<sip:100@127.0.0.3>;tag=1",
    to: str = "<sip:4001@127.0.0.1>",
    cseq: str = "1 {method}",
    contact: str = "<sip:100@127.0.0.3:5099>",
    more: str = "",
    body: str = SDP,
    length: str = "",
) -> bytes:
    """A request that is right but for what is said otherwise."""
    lines = [
        start or f"{method} {uri} SIP/2.0",
        "Via: " + via.format(name=name),
        "Max-Forwards: 70",
        f"From: {sender}",
        f"To: {to}",
        f"Call-ID: {name}-torture",
        "CSeq: " + cseq.format(method=method),
        f"Contact: {contact}",
        *([more] if more else []),
        "Content-Type: application/sdp",
        f"Content-Length: {length or len(body)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode("utf-8", "surrogateescape")


RFC_4475: dict[str, bytes] = {
    "3.1.1.1 wsinv": message(
        name="wsinv", more="s :\r\nNewFangledHeader:   newfangled value\r\n continued newfangled value\r\nv:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n SIP  /    2.0   / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239",  # noqa: E501
    ),
    "3.1.1.2 intmeth": message("!interesting-Method0123456789_*+`.%indeed'~", name="intmeth"),
    "3.1.1.3 esc01": message(uri="sip:sips%3Auser%40example.com@example.net", name="esc01"),
    "3.1.1.4 escnull": message(
        "REGISTER", "sip:example.com", name="escnull", to="<sip:null-%00-null@example.com>",
        contact="<sip:%00@host5.example.com>",
    ),
    "3.1.1.5 esc02": message("RE%47IST%45R", "sip:registrar.example.com", name="esc02"),
    "3.1.1.7 longreq": message(
        name="longreq", sender="<sip:" + "amazinglylongcallername" * 30 + "@example.net>;tag=1",
        more="Unknown-" + "Long" * 60 + "-Name: " + "unknown-value-" * 60,
    ),
    "3.1.1.8 dblreq": message("REGISTER", name="dblreq", body="", length="0") + message(),
    "3.1.1.9 semiuri": message("OPTIONS", "sip:user;par=u%40example.net@127.0.0.1", name="semi"),
    "3.1.1.10 transports": message(
        name="trans", via="SIP/2.0/SCTP t1.example.com;branch=z9hG4bKkdjuw",
    ),
    "3.1.2.1 badinv01": message(name="badinv", via="SIP/2.0/UDP 192.0.2.15;;,;,,"),
    "3.1.2.2 clerr": message(name="clerr", length="9999"),
    "3.1.2.3 ncl": message(name="ncl", length="-999"),
    "3.1.2.4 scalar02": message(
        "REGISTER", name="scalar", cseq="36893488147419103232 REGISTER",
        more="Expires: 10000000000000000000000000000000000000000000000",
        contact="<sip:u@h.example.com>;expires=280297596632815;q=3.4",
    ),
    "3.1.2.6 quotbal": message(name="quot", to='"Mr. J. User <sip:j.user@example.com>'),
    "3.1.2.7 ltgtruri": message(uri="<sip:user@example.com>", name="ltgt"),
    "3.1.2.8 lwsruri": message(uri="sip:user@example.com; lr", name="lwsruri"),
    "3.1.2.9 lwsstart": message(start="INVITE  sip:user@example.com  SIP/2.0", name="lwsstart"),
    "3.1.2.10 trws": message(start="OPTIONS sip:remote@example.com SIP/2.0  ", name="trws"),
    "3.1.2.11 escruri": message(uri="sip:user@example.com?Route=%3Csip:a.example%3E", name="escr"),
    "3.1.2.12 baddate": message(name="baddate", more="Date: Fri, 01 Jan 2010 16:00:00 EST"),
    "3.1.2.13 regbadct": message(
        "REGISTER", name="regbadct", contact="sip:user@example.com?Route=%3Csip:sip.example.com%3E",
    ),
    "3.1.2.15 baddn": message("OPTIONS", name="baddn", sender="Bell, Alexander <sip:a@b>;tag=4"),
    "3.1.2.16 badvers": message(start="OPTIONS sip:t.watson@example.org SIP/7.0", name="badvers"),
    "3.1.2.17 mismatch01": message("OPTIONS", name="mismatch01", cseq="8 INVITE"),
    "3.1.2.18 mismatch02": message("NEWMETHOD", name="mismatch02", cseq="8 INVITE"),
    "3.1.2.19 bigcode": b"SIP/2.0 4294967301 better not break the receiver\r\nVia: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe\r\nCall-ID: bigcode\r\nCSeq: 353494 INVITE\r\nFrom: <sip:u@h>;tag=1\r\nTo: <sip:u@h>;tag=2\r\nContent-Length: 0\r\n\r\n",  # noqa: E501
    "3.2.1 badbranch": message("OPTIONS", name="badbranch", via="SIP/2.0/UDP 127.0.0.3;branch=z9hG4bK"),  # noqa: E501
    "3.3.1 insuf": b"INVITE sip:user@example.com SIP/2.0\r\nCSeq: 193942 INVITE\r\nVia: SIP/2.0/UDP 127.0.0.3:5099;branch=z9hG4bKkdj.insuf\r\nContent-Length: 0\r\n\r\n",  # noqa: E501
    "3.3.2 unkscm": message("OPTIONS", "nobodyKnowsThisScheme:totallyopaquecontent", name="unkscm"),
    "3.3.3 novelsc": message("OPTIONS", "soap.beep://192.0.2.103:3002", name="novelsc"),
    "3.3.4 unksm2": message("REGISTER", name="unksm2", to="<isbn:2983792873>"),
    "3.3.5 bext01": message("OPTIONS", name="bext", more="Require: nothingSupportsThis"),
    "3.3.6 invut": message(name="invut", body="<?xml version='1.0'?>"),
    "3.3.7 regaut01": message(
        "REGISTER", name="regaut", more="Authorization: NoOneKnowsThisScheme opaque-data=here",
    ),
    "3.3.8 multi01": message(
        name="multi", more="CSeq: 59 INVITE\r\nCall-ID: another\r\nFrom: <sip:a@b>;tag=3\r\nMax-Forwards: 5",  # noqa: E501
    ),
    "3.3.9 mcl01": message("OPTIONS", name="mcl", more="Content-Length: 13\r\nContent-Length: 5"),
    "3.3.10 bcast": message(name="bcast", via="SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1324923"),
    "3.3.11 zeromf": message("OPTIONS", name="zeromf", more="Max-Forwards: 0"),
    "3.3.12 cparam01": message(
        "REGISTER", name="cparam", contact="sip:+19725552222@gw1.example.net;unknownparam",
    ),
    "3.3.15 sdp01": message(name="sdp01", body=SDP.replace("RTP/AVP", "UDP/TLS/RTP/SAVPF/XX")),
    "3.4.1 inv2543": message(name="inv2543", via="SIP/2.0/UDP iftgw.example.com", contact="*"),
}  # fmt: skip

SQL = "' OR 1=1; DROP TABLE journal;--"
SCANS: dict[str, bytes] = {
    "friendly-scanner": message(
        "OPTIONS", "sip:100@127.0.0.1", name="friendly", more="User-Agent: friendly-scanner",
        sender='"sipvicious"<sip:100@1.1.1.1>;tag=1', body="",
    ),
    "sipcli invite": message(
        uri="sip:900441904911000@127.0.0.1", name="sipcli", more="User-Agent: sipcli/v1.8",
    ),
    "as the trunk": message(name="astrunk", sender="<sip:trunk@127.0.0.1>;tag=1"),
    "as a pushed trunk": message(name="astelco", sender="<sip:tk-telco@127.0.0.1>;tag=1"),
    "sql in headers": message(
        name="sql", sender=f'"{SQL}" <sip:{SQL.replace(" ", "%20")}@127.0.0.3>;tag=1',
        more=f"User-Agent: {SQL}\r\nX-Call: ${{SHELL(id)}}\r\nP-Asserted-Identity: <sip:{SQL}@h>",
    ),
    "format string": message(name="fmt", sender='"%s%s%n%n" <sip:%25s%25n@127.0.0.3>;tag=1'),
    "log forgery": message(
        name="forge", sender="\"x' failed for '127.0.0.2:5060' (callid: 1)\" <sip:a@b>;tag=1",
    ),
    "nul and binary": bytes(range(256)) * 4,
    "only line ends": b"\r\n" * 200,
    "half a message": message(name="half")[:120],
    "huge": message(name="huge", more="X-Fill: " + "A" * 20_000),
}  # fmt: skip
