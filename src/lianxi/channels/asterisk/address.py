"""Where the switch's REST interface is, and as whom we come."""

import base64
from dataclasses import dataclass

HANDS = 3
"""Asterisk does the requests of one socket one after the other, and an answer or a join takes it
milliseconds: with so many more sockets contacts do not wait for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the interface is and as whom we come."""

    host: str = "127.0.0.1"
    port: int = 8088
    user: str = "lianxi"
    password: str
    app: str = "lianxi"
    ami_port: int = 0
    """Of the manager interface (`ami.py`); 0 = the same number."""

    @property
    def devices_app(self) -> str:
        """A second application, for devices alone. An application that subscribes to endpoints is
        told everything about their channels twice, pressed keys included."""
        return f"{self.app}_devices"

    @property
    def url(self) -> str:
        """The WebSocket's address."""
        return self._url(f"{self.app},{self.devices_app}")

    @property
    def hand_urls(self) -> list[str]:
        """Further sockets, on which nothing is heard: requests alone."""
        return [self._url(f"{self.app}_hand{number}") for number in range(HANDS)]

    def _url(self, apps: str) -> str:
        return f"ws://{self.host}:{self.port}/ari/events?app={apps}&subscribeAll=false"

    @property
    def headers(self) -> dict[str, str]:
        """Who we are; kept out of the address, which may be logged."""
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {token}"}
