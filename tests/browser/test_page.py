"""The page in a real browser: what a reader does with it, on the seeds and on reports that mean harm."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import mse
from mse.model import Fact
from mse.view import Sight
from mse.view.page import write_folder, write_page
from mse.writing.csv import CsvWriter
from reports import empty, hostile, large, long_cell, small
from windows import NARROW, severe

pytestmark = pytest.mark.browser

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))
OPS = frozenset(("=", ">=", ">", "<=", "<", "~"))  # words of ours, never of a report
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= window.innerHeight;
}"""


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Sight]]:
    """The page of each seed, with what it is made from."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {}
    for seed in SEEDS:
        sight = Sight.of(mse.read(seed))
        path = folder / f"{seed.stem}.html"
        write_page(path, sight.analysis)
        pages[seed.name] = (path, sight)
    return pages


@pytest.fixture
def first(written: dict[str, tuple[Path, Sight]]) -> tuple[Path, Sight]:
    return written[SEEDS[0].name]


def wait_for_count(page: Page, shown: int) -> None:
    expect(page.locator("#facts [role=status]")).to_contain_text(f" {shown} /")


@pytest.mark.parametrize("name", [seed.name for seed in SEEDS])
def test_every_seed_is_read_searched_filtered_and_followed(name, written, open_page):
    path, sight = written[name]
    page = open_page(path)
    assert page.locator("article.task").count() == len(sight.report.tasks)
    wait_for_count(page, len(sight.facts))
    assert severe(page) == []

    # A fact that was found is found again by its metric, and leads to its evidence.
    chosen = next(i for i, f in enumerate(sight.facts) if len(f.metric) > 3 and f.target and f.target.start is not None)
    fact = sight.facts[chosen]
    page.fill("input.search", fact.metric)
    expect(page.locator("#facts [role=status]")).not_to_contain_text(f" {len(sight.facts)} / {len(sight.facts)}")
    card = page.locator(f'[data-fact="{chosen}"]')
    card.locator(".open").click()
    expect(card.locator(".details .why")).to_be_visible()
    marked = page.locator(".mark.on")
    assert marked.count() >= 1
    side = fact.actual or fact.target
    assert "".join(side.text.split()) in ["".join(text.split()) for text in marked.all_inner_texts()]
    page.wait_for_timeout(100)
    assert any(mark.evaluate(IN_VIEW) for mark in marked.all())

    # The filter of roles shows those that have one.
    page.get_by_role("button", name="清除").click()
    wait_for_count(page, len(sight.facts))
    page.locator(".choice select").nth(1).select_option("target")
    wait_for_count(page, sum(f.target is not None for f in sight.facts))


def test_office_leader_and_status_narrow_the_facts(first, open_page):
    path, sight = first
    page = open_page(path)
    office = sight.facts[0].lead_organizations[0]
    leader = sight.facts[0].leaders[0]
    status, _, by_office, by_leader, _ = page.locator(".choice select").all()
    by_office.select_option(office)
    holds = [f for f in sight.facts if office in [*f.lead_organizations, *f.supporting_organizations]]
    wait_for_count(page, len(holds))
    by_leader.select_option(leader)
    wait_for_count(page, sum(leader in [*f.leaders, *f.persons] for f in holds))
    page.get_by_role("button", name="清除").click()
    status.select_option("behind")
    wait_for_count(page, sum(s is not None and s.status == "behind" for s in sight.standings))


def test_a_click_on_a_number_goes_to_its_fact(first, open_page):
    path, sight = first
    page = open_page(path)
    page.fill("input.search", "nothing has this text")
    expect(page.locator("#facts")).to_contain_text("没有符合条件的事实")
    position = max(i for i, mark in enumerate(sight.marks) if mark.facts)
    page.locator(f'.mark[data-mark="{position}"]').click()
    card = page.locator(f'[data-fact="{sight.marks[position].facts[0]}"]')
    expect(card).to_have_class("fact chosen")
    page.wait_for_timeout(100)
    assert card.locator(".open").evaluate(IN_VIEW)


def test_the_keyboard_alone_does_it(first, open_page):
    path, sight = first
    page = open_page(path)
    page.keyboard.press("/")
    expect(page.locator("input.search")).to_be_focused()
    page.locator(".mark[tabindex='0']").focus()
    expect(page.locator("#note")).to_be_visible()
    page.keyboard.press("ArrowRight")
    second = [i for i, mark in enumerate(sight.marks) if mark.facts or mark.findings][1]
    expect(page.locator(f'.mark[data-mark="{second}"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".fact.chosen .open")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".fact.chosen .open")).to_be_focused()
    assert page.locator(".fact.chosen").count() == 1


def test_the_language_is_switched_and_back(first, open_page):
    page = open_page(first[0])
    # What is out of view has no inner text, and how many facts are drawn depends on what was in view.
    said = "['button', '.fact'].map(kind => [...document.querySelectorAll(kind)].slice(0, 40).map(e => e.textContent))"
    before = page.evaluate(said)
    page.click(".language")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#tab-facts")).to_contain_text("Facts")
    assert page.locator("input.search").get_attribute("placeholder").startswith("Search")
    page.click("#tab-charts")
    expect(page.locator("#charts figure >> nth=0")).to_contain_text("Completion by task")
    assert severe(page) == []
    page.click("#tab-facts")
    page.click(".language")
    assert page.evaluate(said) == before


def test_findings_show_their_arithmetic_and_where_they_stand(open_page, tmp_path):
    path = tmp_path / "wrong.html"
    sight = Sight.of(hostile())
    assert sight.findings
    write_page(path, sight.analysis)
    page = open_page(path)
    page.click("#tab-findings")
    item = page.locator(".finding").first
    expect(item).to_contain_text(sight.findings[0].arithmetic.strip())
    item.locator(".actions button").first.click()
    assert page.locator(".mark.on.found").count() >= 1


def test_a_phone_shows_one_side_at_a_time(first, open_page):
    page = open_page(first[0], NARROW)
    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#facts")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert severe(page) == []
    page.click("#tab-facts")
    expect(page.locator("#text")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    page.locator(".fact .open").first.click()
    page.locator(".fact.chosen .actions button").click()
    expect(page.locator("#text")).to_be_visible()
    page.wait_for_timeout(100)
    assert any(mark.evaluate(IN_VIEW) for mark in page.locator(".mark.on").all())
    assert severe(page) == []


def test_print_shows_everything(first, open_page):
    path, sight = first
    page = open_page(path)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".fact").count() == len(sight.facts)
    expect(page.locator("#charts")).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
    assert page.locator("#text").evaluate("e => e.scrollHeight <= e.clientHeight + 1")


@pytest.mark.parametrize("make", [hostile, small], ids=["hostile", "small"])
def test_the_download_is_what_the_command_line_writes(make, open_page, tmp_path):
    sight = Sight.of(make())
    path = tmp_path / "page.html"
    write_page(path, sight.analysis)
    page = open_page(path)
    with page.expect_download() as download:
        page.click(".download")
    got = Path(download.value.path()).read_bytes()
    stream = io.BytesIO()
    CsvWriter(stream, Fact, mark=True).write(sight.facts)
    assert got == stream.getvalue()
    assert download.value.suggested_filename.endswith(".csv")
    for row in csv.reader(io.StringIO(got.decode("utf-8-sig"))):
        assert not any(cell.startswith(("=", "@")) for cell in row if cell not in OPS)


def test_the_seeds_download_is_what_the_command_line_writes(written, open_page):
    for path, sight in written.values():
        page = open_page(path)
        with page.expect_download() as download:
            page.click(".download")
        stream = io.BytesIO()
        CsvWriter(stream, Fact, mark=True).write(sight.facts)
        assert Path(download.value.path()).read_bytes() == stream.getvalue()


def test_hostile_names_stay_text(open_page, tmp_path):
    path = tmp_path / "page.html"
    write_page(path, [hostile(), hostile()])
    page = open_page(path)
    page.locator("table a").first.click()
    expect(page.locator("article.task")).to_have_count(2)
    for tab in ("charts", "findings", "facts"):
        page.click(f"#tab-{tab}")
    page.locator(".fact .open").first.click()
    page.click(".language")
    assert page.evaluate("window.hurt") is None
    assert page.locator("#app script, #app img, #app iframe, #app a[href^='javascript']").count() == 0
    assert "<script>window.hurt=1</script>" in page.locator("h1").inner_text()


def test_nothing_found_is_said(open_page, tmp_path):
    path = tmp_path / "page.html"
    write_page(path, empty())
    page = open_page(path)
    expect(page.locator("#facts")).to_contain_text("没有找到事实")
    expect(page.locator("#text")).to_contain_text("请各单位派员参加")
    page.click("#tab-charts")
    expect(page.locator("#charts")).to_contain_text("没有可画的数据")
    page.click("#tab-findings")
    expect(page.locator("#findings")).to_contain_text("没有发现矛盾")
    assert severe(page) == []


def test_ten_thousand_facts(open_page, tmp_path):
    sight = Sight.of(large(3400))
    assert len(sight.facts) >= 10_000
    path = tmp_path / "page.html"
    write_page(path, sight.analysis)
    page = open_page(path)
    assert page.locator(".fact").count() < 500
    last = max(i for i, mark in enumerate(sight.marks) if mark.facts)
    page.locator(f'.mark[data-mark="{last}"]').evaluate("element => element.click()")
    expect(page.locator(f'[data-fact="{sight.marks[last].facts[0]}"]')).to_have_class("fact chosen")
    page.fill("input.search", sight.report.tasks[1234].text[:14])
    expect(page.locator(".fact").first).to_contain_text("1235")


def test_a_very_long_cell_is_folded_and_opens_at_its_evidence(open_page, tmp_path):
    path = tmp_path / "page.html"
    sight = Sight.of(long_cell(200_000))
    write_page(path, sight.analysis)
    page = open_page(path)
    cell = page.locator(".cell-progress")
    expect(cell).to_have_class("cell cell-progress folded")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    last = next(i for i, f in enumerate(sight.facts) if f.actual and "30" in f.actual.text)
    page.locator(f'[data-fact="{last}"] .open').click()
    page.wait_for_timeout(200)
    assert page.locator(".mark.on").last.evaluate(IN_VIEW)


def test_many_reports_have_an_index(open_page, tmp_path):
    path = tmp_path / "page.html"
    write_page(path, [small(), small(450, 9, "b.txt")])
    page = open_page(path)
    assert page.locator("tbody tr").count() == 2
    expect(page.locator(".charts figure")).to_have_count(2)
    assert severe(page) == []
    page.fill("input[type=search]", "b.txt")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("table a").click()
    expect(page.locator("#text")).to_contain_text("450个")
    page.locator(".back").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_folder_has_a_page_for_each_report(open_page, tmp_path):
    write_folder(tmp_path / "pages", [small(), small(450, 9, "b.txt")])
    page = open_page(tmp_path / "pages" / "index.html")
    page.locator("table a").nth(1).click()
    expect(page.locator("#text")).to_contain_text("450个")
    page.locator(".back").click()
    expect(page.locator("tbody tr")).to_have_count(2)


def test_an_address_opens_a_fact(first, open_page):
    page = open_page(first[0], fragment="#r0f100")
    expect(page.locator('[data-fact="100"]')).to_have_class("fact chosen")
    assert page.locator(".mark.on").count() >= 1
