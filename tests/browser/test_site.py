"""The documentation as a reader opens it, from a folder: nothing is asked of a network, and the search works."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from built import build_site
from windows import NARROW, Opener

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NAMES = [*sorted(path.stem for path in (ROOT / "docs" / "en").glob("*.md")), "audit", "conformance", "model-card"]
PAGES = [
    *NAMES,
    *(f"en/{name}" for name in NAMES),
    *(f"notebooks/{p.stem}" for p in (ROOT / "notebooks").glob("*.ipynb")),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("site"))


def search(page: Page, words: str) -> list[str]:
    """What the search finds, page by page."""
    page.click("input.md-search__input")
    page.keyboard.insert_text(words)
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__link", state="attached")
    return page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_and_keeps_to_itself(open_page: Opener, site: Path, name: str) -> None:
    page = open_page(site / f"{name}.html", NARROW, folder=site)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    ("start", "words", "found"),
    [("index", "军令状", "lexicons.html"), ("limits", "完成率", "data-model.html"), ("en/ideas", "deadline", "en/")],
)
def test_the_search_finds_words(open_page: Opener, site: Path, start: str, words: str, found: str) -> None:
    page = open_page(site / f"{start}.html", folder=site)
    assert any(found in link for link in search(page, words))


def test_the_other_language_is_one_click_away(open_page: Opener, site: Path) -> None:
    page = open_page(site / "ideas.html", folder=site)
    page.hover(".md-select")
    page.click(".md-select__link[hreflang=en]")
    page.wait_for_url("**/en/ideas.html")
    assert page.inner_text("h1").startswith("The ideas")
    page.hover(".md-select")
    page.click(".md-select__link[hreflang=zh]")
    page.wait_for_url("**/site*/ideas.html")


def test_the_picture_of_the_pipeline_is_there(open_page: Opener, site: Path) -> None:
    for name in ("ideas", "en/ideas"):
        page = open_page(site / f"{name}.html", folder=site)
        assert page.evaluate("document.querySelector('img.pipeline').naturalWidth") > 0
