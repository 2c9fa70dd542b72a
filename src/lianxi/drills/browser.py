"""A page of the product in Chromium, used as a person uses it.

Pages are used by what a person sees and presses; the only thing asked of the page's insides are
the browser's own counters of received and sent sound.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as TimedOut

from lianxi.drills.patience import patient

_LOOK_EVERY_S = 0.05

_WHEN_SHOWN = """selector => new Promise(done => {
  const look = () => {
    const found = document.querySelector(selector)
    if (found !== null && found.checkVisibility()) {
      requestAnimationFrame(() => setTimeout(() => done(Date.now())))
    } else {
      requestAnimationFrame(look)
    }
  }
  look()
})"""
"""Looks at every frame; tells the time after the frame that shows it was painted."""

_SOUND = """async () => {
  const connection = window.__lianxi?.pc
  const found = {
    received: 0, lost: 0, heard: 0, sent: 0, spoken: 0, state: 'none', codec: '', ways: []
  }
  if (!connection) return found
  found.state = connection.connectionState
  const addresses = about => (about?.sdp.match(/^a=candidate:.*$/gm) ?? []).join(' ') || 'none'
  found.ways.push(`own ${addresses(connection.localDescription)}`)
  found.ways.push(`theirs ${addresses(connection.remoteDescription)}`)
  found.ways.push(`path ${connection.iceConnectionState}, ${connection.iceGatheringState}`)
  const report = await connection.getStats()
  report.forEach(each => {
    if (each.type === 'inbound-rtp' && each.kind === 'audio') {
      found.received += each.packetsReceived
      found.lost += each.packetsLost
      found.heard += each.totalAudioEnergy ?? 0
      found.codec = report.get(each.codecId)?.mimeType ?? ''
    }
    if (each.type === 'outbound-rtp' && each.kind === 'audio') found.sent += each.packetsSent
    if (each.type === 'media-source' && each.kind === 'audio') {
      found.spoken += each.totalAudioEnergy ?? 0
    }
    if (each.type === 'transport') found.ways.push(`key ${each.dtlsState}, ${each.dtlsRole}`)
    if (each.type === 'candidate-pair') {
      const end = id => { const at = report.get(id); return `${at?.address}:${at?.port}` }
      const way = `${end(each.localCandidateId)} to ${end(each.remoteCandidateId)}`
      const tried = `asked ${each.requestsSent}, heard ${each.responsesReceived}`
      found.ways.push(`${way} ${each.state}, ${tried}`)
    }
  })
  return found
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSound:
    """The browser's own counters of its present call."""

    received: int
    """RTP packets."""

    lost: int
    heard: float
    """Energy of what was played, as WebRTC sums it up."""

    sent: int
    spoken: float
    """Energy of what the microphone gave."""

    state: str
    """Of the connection."""

    codec: str
    ways: Sequence[str] = ()
    """Between which addresses it was tried, and how that went."""

    def flows_since(self, earlier: "BrowserSound", *, packets: int = 25) -> bool:
        """Whether packets went both ways since an earlier look at the same call."""
        return self.received - earlier.received >= packets and self.sent - earlier.sent >= packets

    def since(self, earlier: "BrowserSound") -> str:
        """What came and went since an earlier look, in words."""
        return (
            f"{self.received - earlier.received} packets in (energy "
            f"{self.heard - earlier.heard:.4f}), {self.sent - earlier.sent} packets out (energy "
            f"{self.spoken - earlier.spoken:.4f}), {self.lost} lost, {self.codec or self._silent}"
        )

    @property
    def _silent(self) -> str:
        return "; ".join([self.state, *self.ways])


NO_SOUND = BrowserSound(received=0, lost=0, heard=0.0, sent=0, spoken=0.0, state="none", codec="")


class Desktop:
    """One page of one person."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def by(self, test_id: str) -> Locator:
        """An element of the page, by the name it has for tests."""
        return self.page.get_by_test_id(test_id)

    async def open(self, path: str) -> None:
        """Go to a page."""
        await self.page.goto(f"{self.url}{path}")

    async def sign_in(self, username: str, password: str) -> None:
        """Fill the sign-in form and press the button; waits until the form is gone or refuses."""
        await self.open("/login")
        await self.by("login-username").fill(username)
        await self.by("login-password").fill(password)
        await self.by("login-submit").click()

    async def press(self, key: str) -> None:
        """Press a key, e.g. F2."""
        await self.page.keyboard.press(key)

    async def click(self, test_id: str) -> None:
        """Click an element."""
        await self.by(test_id).click()

    async def is_shown(self, test_id: str, *, within_s: float) -> bool:
        """Whether an element can be seen before time is up."""
        return await self.has(f'[data-testid="{test_id}"]', within_s=within_s)

    async def is_gone(self, test_id: str, *, within_s: float) -> bool:
        """Whether an element has vanished before time is up."""
        try:
            await self.by(test_id).wait_for(state="hidden", timeout=patient(within_s) * 1000)
        except TimedOut:
            return False
        return True

    async def has(self, selector: str, *, within_s: float) -> bool:
        """Whether something can be seen before time is up."""
        try:
            async with asyncio.timeout(patient(within_s)):
                await self.when_shown(selector)
        except TimeoutError:
            return False
        return True

    async def when_shown(self, selector: str) -> float:
        """When an element was painted, in epoch seconds; waits for it without end."""
        return float(await self.page.evaluate(_WHEN_SHOWN, selector)) / 1000

    async def is_in_state(self, state: str, *, within_s: float) -> bool:
        """Whether the desk's state pill says so before time is up."""
        return await self.has(
            f'[data-testid="state-pill"][data-state="{state}"]', within_s=within_s
        )

    async def state(self) -> str:
        """What the state pill says."""
        return await self.by("state-pill").get_attribute("data-state") or ""

    async def become_ready(self) -> None:
        """Open the state menu and choose ready."""
        await self.by("state-pill").click()
        await self.by("state-ready").click()

    async def text(self, test_id: str) -> str:
        """The words of an element, on one line."""
        return " ".join((await self.by(test_id).inner_text()).split())

    async def text_of(self, selector: str, *, within_s: float = 5.0) -> str:
        """The words of the first element that matches, on one line; empty when there is none."""
        found = self.page.locator(selector).first
        try:
            await found.wait_for(timeout=patient(within_s) * 1000)
        except TimedOut:
            return ""
        return " ".join((await found.inner_text()).split())

    async def is_ringing(self) -> bool:
        """Whether the browser's telephone has a call that was not answered yet."""
        phase = await self.page.evaluate("window.__lianxi?.phoneState.session?.phase ?? null")
        return bool(phase == "ringing")

    async def sound(self) -> BrowserSound:
        """The counters of the present call."""
        return BrowserSound(**await self.page.evaluate(_SOUND))

    async def sound_flows(self, *, within_s: float, packets: int = 25) -> BrowserSound | None:
        """Look until packets went both ways in one connection; None when time is up.

        A page that is being loaded anew has no counters: that is no sound yet.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + patient(within_s)
        first = NO_SOUND
        while loop.time() < end:
            # poll: the browser's counters tell nobody that they have changed
            await asyncio.sleep(_LOOK_EVERY_S)
            now = await self._sound_or_none()
            if now.received < first.received or now.sent < first.sent:
                first = NO_SOUND
            if now.flows_since(first, packets=packets) and now.heard > first.heard:
                return now
        return None

    async def _sound_or_none(self) -> BrowserSound:
        try:
            return await self.sound()
        except Exception as error:
            if "context was destroyed" in str(error) or "navigat" in str(error):
                return NO_SOUND
            raise

    async def request(self, path: str, headers: Mapping[str, str] | None = None) -> Any:
        """Ask the server with this person's session; returns Playwright's response."""
        return await self.page.context.request.get(f"{self.url}{path}", headers=dict(headers or {}))

    async def change(self, method: str, path: str, body: object) -> Any:
        """Ask the server for a change with this person's session; returns the response."""
        csrf = (await self.read("/api/session"))["csrf"]
        return await self.page.context.request.fetch(
            f"{self.url}{path}", method=method, data=body, headers={"X-CSRF-Token": csrf}
        )

    async def read(self, path: str) -> Any:
        """Ask the server with this person's session for JSON."""
        answer = await self.request(path)
        return await answer.json()
