"""`lianxi simulate` as it is typed."""

import json
import re
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lianxi.cli.simulate import simulate_app
from tests.simulator.centres import EXAMPLES

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

SMALL = str(EXAMPLES / "small-centre.toml")
CHANGE = """\
name = "晚班多两人"
name_en = "Two more in the late shift"
[[teams]]
id = "late"
shifts = [{ begins = "11:30", ends = "20:00", agents = 8 }]
"""


class Tags(HTMLParser):
    """Counts what a page is made of and checks that everything opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def typed(*words: str) -> str:
    found = CliRunner().invoke(simulate_app, [*words, "--jobs", "1"])
    assert found.exit_code == 0, found.output
    return found.stdout


def page(path: Path) -> str:
    """A page that stands on its own: well-formed, without scripts or addresses."""
    text = path.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert "svg" in tags.seen
    assert not {"script", "link", "img", "iframe"} & set(tags.seen)
    assert not re.search(r"https?://|url\(", text)
    assert "nan" not in re.sub(r"[a-z]*nan[a-z]+|[a-z]+nan", "", text)
    return text


def test_a_file_alone_is_enough() -> None:
    told = typed(SMALL, "-n", "2", "--lang", "en")
    assert "Small centre" in told
    assert "Service" in told


def test_json_has_every_figure_with_its_interval() -> None:
    found = json.loads(typed("run", SMALL, "-n", "2", "--json"))
    assert found["replications"] == 2
    assert [queue["id"] for queue in found["queues"]] == ["sales", "service", "operator"]
    assert 0 < found["centre"]["day"]["service_level"]["mean"] < 1
    assert found["centre"]["day"]["service_level"]["half"] > 0
    assert len(found["centre"]["intervals"]["occupancy"]["mean"]) == 48


def test_another_seed_is_another_run_and_the_same_seed_is_the_same() -> None:
    one, two, three = (
        json.loads(typed(SMALL, "-n", "1", "--json", "--seed", seed))["centre"]
        for seed in ("1", "1", "2")
    )
    assert one == two != three


@pytest.mark.parametrize(("language", "word"), [("zh", "服务水平"), ("en", "Service level")])
def test_the_page_stands_on_its_own(tmp_path: Path, language: str, word: str) -> None:
    html = tmp_path / "report.html"
    typed(SMALL, "-n", "2", "--html", str(html), "--lang", language)
    text = page(html)
    assert word in text
    assert text.count("<figure>") == 5
    assert "prefers-color-scheme" in text


def test_a_comparison_shows_what_differs(tmp_path: Path) -> None:
    change, html = tmp_path / "change.toml", tmp_path / "compare.html"
    change.write_text(CHANGE, encoding="utf-8")
    told = typed("compare", SMALL, str(change), "-n", "3", "--json", "--html", str(html))
    found = json.loads(told)
    centre = found["difference"][-1]
    assert centre["queue"] is None
    paired = centre["day"]["occupancy"]["half"]
    assert paired < found["first"]["centre"]["day"]["occupancy"]["half"]
    assert "晚班多两人" in page(html)


def test_the_kept_journal_is_where_it_was_wanted(tmp_path: Path) -> None:
    typed(SMALL, "-n", "1", "--keep-journal", str(tmp_path / "journals"))
    assert (tmp_path / "journals/replication-1.jsonl").stat().st_size > 100_000


def test_what_cannot_be_played_is_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('name = "x"\n[[queues]]\nid = "a"\ntarget = 80.0\n')
    for path, code in ((broken, "scenario_invalid"), (tmp_path / "no.toml", "scenario_missing")):
        found = CliRunner().invoke(simulate_app, [str(path)])
        assert found.exit_code == 1
        assert code in found.stderr
        assert "Traceback" not in found.output


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed here")
def test_without_ray_the_wish_for_it_is_one_sentence() -> None:
    found = CliRunner().invoke(simulate_app, [SMALL, "-n", "1", "--ray"])
    assert found.exit_code == 1
    assert "ray_missing" in found.stderr
