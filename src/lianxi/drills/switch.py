"""The portable Asterisk must be here before a drill shuts the network behind itself."""

import socket
import tempfile
from pathlib import Path

from lianxi.drills.product import Product
from lianxi.settings import Settings

FETCH_WITHIN_S = 600.0


def has_switch() -> bool:
    """Whether a centre could start without a network."""
    settings = Settings()
    return settings.asterisk is not None or settings.paths.asterisk_tree.is_dir()


async def require_switch() -> None:
    """Let a centre start once in a temporary home, which fetches what it lacks.

    Raises:
        CentreDidNotStart: it could not.
    """
    if has_switch():
        return
    with tempfile.TemporaryDirectory(prefix="lianxi-fetch-") as room:
        product = Product(Path(room) / "home", _free_ports())
        try:
            await product.start(within_s=FETCH_WITHIN_S)
        finally:
            await product.stop()


def _free_ports() -> dict[str, str]:
    """Settings with ports that nobody holds just now."""
    kinds = {
        "LIANXI_HTTP_PORT": socket.SOCK_STREAM,
        "LIANXI_ARI_PORT": socket.SOCK_STREAM,
        "LIANXI_SIP_PORT": socket.SOCK_DGRAM,
    }
    ports: dict[str, str] = {}
    for setting, kind in kinds.items():
        with socket.socket(socket.AF_INET, kind) as probe:
            probe.bind(("127.0.0.1", 0))
            ports[setting] = str(probe.getsockname()[1])
    return ports
