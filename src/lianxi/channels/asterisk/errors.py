"""What can keep Asterisk from being installed or from running."""

from lianxi.parts.errors import PartRefusal


class AsteriskNotFound(PartRefusal):
    """No Asterisk could be fetched ({reason}); install Asterisk 20 or newer so that it is on PATH,
    name one with LIANXI_ASTERISK, or use the container image of deploy/."""

    code = "asterisk_not_found"


class AsteriskUnusable(PartRefusal):
    """{path} cannot be used: {reason}; choose another program with LIANXI_ASTERISK or leave it
    unset."""

    code = "asterisk_unusable"


class TransportDown(PartRefusal):
    """Asterisk runs but its {transport} transport did not start; the reason is in {log}."""

    code = "transport_down"


class CertificateUnreadable(PartRefusal):
    """The certificate for SIP over TLS cannot be read: {file}: {reason}; name another one with
    LIANXI_SIP_TLS_CERT and LIANXI_SIP_TLS_KEY, or leave both unset."""

    code = "certificate_unreadable"


class SwitchSilent(PartRefusal):
    """Asterisk does not answer on its control socket {path}."""

    code = "switch_silent"
