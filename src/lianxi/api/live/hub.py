"""The hub: follows the journal, keeps the replica, and feeds the browsers. One per process.

It is told nothing by routes and tells nothing to the switchboard but heartbeats; what a browser
sees has been committed before. When the database is away the WebSockets stay open and the topic
`system` says so; when it is back, following goes on where it stopped.
"""

import asyncio
import datetime
from collections.abc import Callable

import structlog

from lianxi.api.errors import Starting
from lianxi.api.live.client import Client
from lianxi.api.live.feed import Feed, Rows
from lianxi.api.live.hub_parts import HubParts
from lianxi.api.live.system import SystemRow, Vitals
from lianxi.api.live.topics import WALL, FeedKey, desk_session_of, rows_of
from lianxi.engine.messages.base import Event
from lianxi.http.permissions import Permission
from lianxi.journal.contracts import Recorded
from lianxi.journal.signals import Beat
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import Instant
from lianxi.projections.live.boards import waiting_lines
from lianxi.projections.live.centre import Centre

log = structlog.get_logger(__name__)

FLUSH_EVERY_S = 0.2
TICK_EVERY_S = 1.0
FORGET_FEED_AFTER_MS = 60_000
LOOK_AGAIN_AFTER_MS = 60_000
START_AGAIN_S = 0.5

CLOSE_SIGNED_OUT = 4401
CLOSE_RIGHTS_CHANGED = 4409


class Hub:
    """Replica, feeds and clients."""

    def __init__(self, parts: HubParts) -> None:
        self._parts = parts
        self.replica = Centre()
        """As far as it goes: empty before it stands."""
        self.position = 0
        self.vitals = Vitals(build=parts.build)
        self.metrics: dict[str, object] = {}
        self.cases: dict[str, object] = {}
        self.wall: Callable[[str], Rows] = lambda _: {}
        """The rows of a wallboard; `Walls` gives them."""
        self.is_ready = asyncio.Event()
        """The replica stands; before that no rows are given out."""
        self.changed = asyncio.Event()
        """Set with every batch; `Figures` waits for it."""
        self._feeds: dict[FeedKey, Feed] = {}
        self.clients: set[Client] = set()
        self._dirty = asyncio.Event()
        self._grown = asyncio.Condition()
        self._watchers: list[tuple[Callable[[Event], bool], asyncio.Future[Event]]] = []
        self._day = self._today()
        self._lines: dict[QueueId, tuple[int, Instant]] = {}

    @property
    def centre(self) -> Centre:
        """The replica, once it stands.

        Raises:
            Starting: an answer from it would be about an empty centre.
        """
        if not self.is_ready.is_set():
            raise Starting
        return self.replica

    # --- running

    async def run(self) -> None:
        """Follow, flush and tick until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow())
            group.create_task(self._flush_when_dirty())
            group.create_task(self._tick())

    async def _follow(self) -> None:
        while True:
            try:
                if not self.is_ready.is_set():
                    self.position, self.replica = await self._parts.opening()
                    self._day = self._today()
                    self.is_ready.set()
                await self._parts.journal.last_position()  # asks whether it is there
                self._database(is_there=True)
                async for batch in self._parts.journal.follow(self.position):
                    self._database(is_there=True)
                    await self.take(batch)
            except Exception as error:
                if not self._parts.is_away(error):
                    raise
                log.warning("live.database_away", error=repr(error))
            self._database(is_there=False)
            await asyncio.sleep(START_AGAIN_S)  # back-off: the database is away

    async def take(self, batch: list[Recorded]) -> None:
        """Fold one batch and wake whoever waits for it."""
        touched = self.replica.take(line.event for line in batch)
        for line in batch:
            self._show(line.event)
        self.position = batch[-1].position
        self._flush_desks(touched)
        self._dirty.set()
        self.changed.set()
        async with self._grown:
            self._grown.notify_all()
        if self._parts.taken is not None:
            await self._parts.taken(batch)

    async def reached(self, position: int, *, within_s: float = 1.0) -> None:
        """Wait until the replica stands at a position, or time is up: then it comes later."""
        try:
            async with asyncio.timeout(within_s), self._grown:
                await self._grown.wait_for(lambda: self.position >= position)
        except TimeoutError:
            log.warning("live.replica_behind", position=self.position, wanted=position)

    async def first(self, wanted: Callable[[Event], bool], *, within_s: float) -> Event:
        """The first event from now on that is wanted.

        Raises:
            TimeoutError: none came in time.
        """
        heard: asyncio.Future[Event] = asyncio.get_running_loop().create_future()
        watcher = (wanted, heard)
        self._watchers.append(watcher)
        try:
            async with asyncio.timeout(within_s):
                return await heard
        finally:
            self._watchers.remove(watcher)

    def _show(self, event: Event) -> None:
        for wanted, heard in self._watchers:
            if not heard.done() and wanted(event):
                heard.set_result(event)

    def _database(self, *, is_there: bool) -> None:
        if self.vitals.database != is_there:
            self.vitals.database = is_there
            self.flush("system")

    # --- feeding

    def _flush_desks(self, touched: set[AgentId]) -> None:
        for key, feed in self._feeds.items():
            if key.topic == "me" and key.sight.agent in touched:
                feed.flush()

    def flush(self, topic: str | None = None) -> None:
        """Tell what changed, of one topic or of all boards."""
        for key, feed in self._feeds.items():
            if key.topic == topic or (topic is None and key.topic != "me"):
                feed.flush()

    def _flush_queue_briefs(self) -> None:
        """Desks show their queues too, but a second later is soon enough for that."""
        lines = waiting_lines(self.replica.state)
        changed = {queue for queue, line in lines.items() if self._lines.get(queue) != line}
        changed |= self._lines.keys() - lines.keys()
        self._lines = lines
        for key, feed in self._feeds.items():
            setup = self.replica.setup(key.sight.agent) if key.topic == "me" and changed else None
            if setup is not None and not changed.isdisjoint(setup.queues):
                feed.flush()

    async def _flush_when_dirty(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            self.flush()
            await asyncio.sleep(FLUSH_EVERY_S)  # pace: eyes need no more, and the machine less

    async def _tick(self) -> None:
        while True:
            at = self._parts.now()
            tick = f'{{"t":"tick","at":{at}}}'
            for client in self.clients:
                client.say(tick)
            if self._today() != self._day:
                self._day = self._today()
                self.replica.days.begin(at)
                self._dirty.set()
            self.flush("system")
            self._flush_queue_briefs()
            self._forget_feeds(at)
            await asyncio.sleep(TICK_EVERY_S)  # pace: the browsers' clock

    def _forget_feeds(self, at: Instant) -> None:
        for key, feed in list(self._feeds.items()):
            if feed.subscribers:
                feed.left_at = None
            elif feed.left_at is None:
                feed.left_at = at
            elif at - feed.left_at > FORGET_FEED_AFTER_MS:
                del self._feeds[key]

    def _today(self) -> datetime.date:
        return datetime.datetime.fromtimestamp(self._parts.now() / 1000, self._parts.zone).date()

    def system(self) -> SystemRow:
        """The row of the topic `system` as of now."""
        return self.vitals.row(self._parts.now())

    async def serve(self, client: Client) -> int:
        """Feed a client until it must close; return the close code."""
        await self.is_ready.wait()
        self.clients.add(client)
        try:
            async with asyncio.TaskGroup() as group:
                looking = group.create_task(self._look_again(client))
                code = await client.run()
                looking.cancel()
            return code
        finally:
            self.clients.discard(client)
            for feed in client.feeds.values():
                feed.subscribers.discard(client)

    async def _look_again(self, client: Client) -> None:
        """A WebSocket outlives its session unless somebody looks."""
        while client.is_person and client.closing is None:
            await asyncio.sleep(LOOK_AGAIN_AFTER_MS / 1000)  # pace: sessions end without a word
            found = await self._parts.callers.find(
                client.token, at=self._parts.now(), address=client.caller.address
            )
            if found is None:
                client.close(CLOSE_SIGNED_OUT)
            elif found != client.caller:
                client.close(CLOSE_RIGHTS_CHANGED)

    def close_session(self, session: str) -> None:
        """A web session ended: its WebSockets end too."""
        for client in self.clients:
            if client.caller.session == session:
                client.close(CLOSE_SIGNED_OUT)

    def subscribe(self, client: Client, topics: dict[str, int | None]) -> None:
        """The client wants these topics from now on, and no others.

        Args:
            client: who.
            topics: the last number seen of each, None for a snapshot.
        """
        for topic in [topic for topic in client.feeds if topic not in topics]:
            client.feeds.pop(topic).subscribers.discard(client)
        for topic, sequence in topics.items():
            key = client.key_of(topic)
            if key is None:
                client.say(f'{{"t":"{topic}","s":0,"k":"denied","d":{{}}}}')
                continue
            feed = self._feed(key)
            feed.flush()
            for text in feed.since(sequence):
                client.say(text)
            client.feeds[topic] = feed
            feed.subscribers.add(client)
        if "metrics" in topics or WALL in topics:
            self.changed.set()

    def wants(self, topic: str) -> bool:
        """Whether anybody looks at a topic."""
        return any(feed.subscribers for key, feed in self._feeds.items() if key.topic == topic)

    def _feed(self, key: FeedKey) -> Feed:
        if key not in self._feeds:
            self._feeds[key] = Feed(
                key.topic,
                lambda: (
                    self.wall(key.session)
                    if key.topic == WALL
                    else rows_of(key, self.replica, self.metrics, self.cases, self.system)
                ),
                at=self._parts.now(),
            )
        return self._feeds[key]

    def beat(self, client: Client, tab: str) -> None:
        """A heartbeat of the page that holds a desk."""
        caller = client.caller
        if caller.agent is not None and caller.may(Permission.DESK_USE):
            session = desk_session_of(caller, tab)
            self._parts.beat(Beat(agent=caller.agent, session=session))
