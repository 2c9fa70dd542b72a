"""What the pages say exists: the files they link to, the commands, the settings."""

import json
import re

import pytest

from lianxi.kernel.ids import FlowId, PromptName
from lianxi.modules.ivr.rules import flow_from, validate
from lianxi.modules.routing import seed
from lianxi.settings import Settings
from tests.architecture.tree import ROOT
from tests.docs.pages import Page, pages
from tools import command_page

pytestmark = [pytest.mark.unit, pytest.mark.timeout(60)]

TYPED = re.compile(r"(?:^|[;&|(] *)(?:\w+=\S* +)*(?:[\w.$/]*/)?lianxi((?: [a-z][a-z-]*)+)")
OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")
SETTING = re.compile(r"\bLIANXI_[A-Z_]+\b")
PLACES = re.compile(r"(?:docs|src|tests|tools|web|deploy|migrations)/[\w./-]+")
PRODUCED = ("web/dist", "web/node_modules")
PROMPTS = ROOT / "src/lianxi/assets/prompts/zh"
KINDS = ("tutorial", "howto", "reference", "background")


def by_name(page: Page) -> str:
    return page.name


every_page = pytest.mark.parametrize("page", pages(), ids=by_name)


@every_page
def test_links_lead_somewhere(page: Page) -> None:
    lost = []
    for link in page.links():
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.path.parent / path).resolve() if path else page.path
        if not target.exists() or (anchor and anchor not in Page(target).anchors()):
            lost.append(link)
    assert lost == []


@every_page
def test_commands_that_are_named_exist(page: Page) -> None:
    known = command_page.names()
    groups = {name.split()[0] for name in known}
    unknown = []
    for line in page.typed():
        for words in TYPED.findall(line):
            typed = words.split()
            if typed[0] in groups and (typed[0] in known or " ".join(typed[:2]) in known):
                continue
            if len(typed) == 1 and typed[0] in groups:
                continue
            unknown.append(line)
    assert unknown == []


@every_page
def test_options_of_commands_that_are_named_exist(page: Page) -> None:
    options = command_page.options()
    unknown = []
    for line in page.typed():
        found = TYPED.search(line)
        if found is None:
            continue
        typed = found.group(1).split()
        name = next((n for n in (" ".join(typed[:2]), typed[0]) if n in options), None)
        said = OPTION.findall(re.split(r"[;&|>]", line[found.end() :])[0])
        unknown += [f"{line}: {each}" for each in said if name and each not in options[name]]
    assert unknown == []


@every_page
def test_make_targets_that_are_named_exist(page: Page) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        word for line in page.typed() for word in re.findall(r"(?:^|[;&] *)make ([a-z-]+)", line)
    }
    assert named <= targets


@every_page
def test_settings_that_are_named_exist(page: Page) -> None:
    known = {f"LIANXI_{name.upper()}" for name in Settings.model_fields}
    # of the web desktop's own development server; of simulations, benches and the fuzzer
    other = {"LIANXI_SERVER", "LIANXI_CORE", "LIANXI_DRILL_PATIENCE"}
    assert set(SETTING.findall(page.text)) - known - other == set()


@every_page
def test_files_of_the_checkout_that_are_named_exist(page: Page) -> None:
    named = {
        place.rstrip("/.")
        for spoken in page.spoken()
        for place in PLACES.findall(spoken)
        if spoken.startswith(place) and "<" not in spoken and "*" not in spoken
    }
    lost = {
        place for place in named if not (ROOT / place).exists() and not place.startswith(PRODUCED)
    }
    assert lost == set()


def test_every_page_is_in_the_index() -> None:
    index = Page(ROOT / "docs/README.md")
    linked = {(index.path.parent / link.partition("#")[0]).resolve() for link in index.links()}
    lost = [
        page.name
        for page in pages()
        if page.path.parent.name in KINDS and page.path.resolve() not in linked
    ]
    assert lost == []


def flow_examples() -> list[object]:
    """JSON blocks that are flows."""
    blocks = [block for page in pages() for block in page.blocks("json")]
    return [body for body in map(json.loads, blocks) if "nodes" in body]


@pytest.mark.parametrize("body", flow_examples())
def test_flows_in_the_pages_can_be_published(body: dict[str, object]) -> None:
    flow = flow_from(FlowId(str(body["id"])), body)
    found = validate(
        flow,
        queues={queue.id for queue in seed.QUEUES},
        calendars={hours.id for hours in seed.HOURS},
        prompts={PromptName(path.stem) for path in PROMPTS.glob("*.wav")},
    )
    assert found == []
