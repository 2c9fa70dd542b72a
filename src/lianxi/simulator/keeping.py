"""The journal of a replication as a file: one event a line, as the live journal writes it.

The same projections and the same metric registry read it as read the live one.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from lianxi.engine.messages.base import Event
from lianxi.journal.codec import decoded_event, encoded, stream_of, wire_name
from lianxi.journal.contracts import Recorded
from lianxi.kernel.time import Instant


class Keeper:
    """Writes events as they come. Use as `with Keeper(path) as keeper`.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.position = 0

    def __enter__(self) -> "Keeper":
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("w", encoding="utf-8")
        return self

    def __exit__(
        self,
        _: type[BaseException] | None,
        __: BaseException | None,
        ___: TracebackType | None,
    ) -> None:
        self._file.close()

    def keep(self, events: list[Event]) -> None:
        """Write the events of one step."""
        for event in events:
            self.position += 1
            self._file.write(
                f'{{"position":{self.position},"at":{event.at},"stream":"{stream_of(event)}",'
                f'"type":"{wire_name(event)}","facts":{encoded(event)}}}\n'
            )


def kept(path: Path) -> Iterator[Recorded]:
    """The lines of a kept journal, oldest first.

    Raises:
        OSError: the file cannot be read.
        msgspec.ValidationError: a line is of no known type or shape.
    """
    decoder = msgspec.json.Decoder(dict[str, object])
    with path.open("rb") as file:
        for line in file:
            row = decoder.decode(line)
            facts = row["facts"]
            assert isinstance(facts, dict)
            yield Recorded(
                position=int(str(row["position"])),
                at=Instant(int(str(row["at"]))),
                stream=str(row["stream"]),
                event=decoded_event(str(row["type"]), facts),
                cause=None,
            )
