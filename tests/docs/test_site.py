"""The site builds strictly, with the same pages in two languages, and nothing of the code is left out of it."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
import regex
import yaml

import mse
import site_pages
from built import build_site
from mse import audit, model
from mse.model import Model

ROOT = site_pages.ROOT
DOCS = ROOT / "docs"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("site"))


def pages(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.md")} - set(site_pages.TRANSLATED.values())


def test_both_languages_have_the_same_pages() -> None:
    assert pages(DOCS) - set(site_pages.SHARED) == pages(DOCS / "en")


def test_the_built_site_has_every_page_in_both_languages(site: Path) -> None:
    built = {path.name for path in site.glob("*.html")} - {"404.html"}
    assert built == {path.name for path in (site / "en").glob("*.html")}
    assert built == {f"{Path(name).stem}.html" for name in pages(DOCS)}


def test_both_languages_have_the_same_navigation() -> None:
    (zh, en) = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    assert targets(zh) == [target.removeprefix("en/") for target in targets(en)]


def targets(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    return [target for child in (node.values() if isinstance(node, dict) else node) for target in targets(child)]


def shape(name: str) -> list[str]:
    """The code blocks and headings of a page, without their words."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return [line.partition(" ")[0] for line in text.splitlines() if line.startswith(("#", "```", "<!--", ":::"))]


@pytest.mark.parametrize("name", sorted(pages(DOCS / "en")))
def test_a_page_has_the_same_parts_in_both_languages(name: str) -> None:
    assert shape(name) == shape(f"en/{name}")


def test_a_translated_record_has_the_same_parts_as_the_record() -> None:
    for name, chinese in site_pages.TRANSLATED.items():
        record, translated = (
            [line for line in (DOCS / each).read_text(encoding="utf-8").splitlines() if line.startswith(("#", "| `"))]
            for each in (name, chinese)
        )
        assert [line.partition(" ")[0] for line in record] == [line.partition(" ")[0] for line in translated]
        kinds = [[line.split("`")[1] for line in lines if line.startswith("| `")] for lines in (record, translated)]
        assert kinds[0] == kinds[1]


def test_the_findings_are_those_of_the_record() -> None:
    rows = site_pages.findings("zh").splitlines()[2:]
    assert rows
    assert all(row in (DOCS / "audit.md").read_text(encoding="utf-8") for row in rows)


def test_every_notebook_is_a_page_with_all_its_outputs(site: Path) -> None:
    listed = (site / "notebooks.html").read_text(encoding="utf-8")
    assert len(site_pages.notebooks()) >= 6
    for path in site_pages.notebooks():
        assert f'href="notebooks/{path.stem}.html"' in listed
        assert f'href="notebooks/{path.name}"' in listed
        _, outputs = site_pages.notebook_page(path)
        page = (site / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
        assert outputs
        assert all(output in page for output in outputs)


def test_a_page_knows_its_language_and_the_same_page_in_the_other(site: Path) -> None:
    zh = (site / "ideas.html").read_text(encoding="utf-8")
    en = (site / "en" / "ideas.html").read_text(encoding="utf-8")
    assert '<html lang="zh"' in zh
    assert '<html lang="en"' in en
    assert 'href="en/ideas.html" hreflang="en"' in zh
    assert 'href="../ideas.html" hreflang="zh"' in en
    assert ">思路<" not in en.replace(" ", "").replace("\n", "")


def test_the_pages_ask_nothing_of_a_network(site: Path) -> None:
    fetched = regex.compile(
        r"""<(?:script|img|iframe|source)[^>]*\ssrc=["'](?:https?:)?//|<link[^>]*href=["'](?:https?:)?//"""
    )
    for page in site.rglob("*.html"):
        assert not fetched.search(page.read_text(encoding="utf-8")), page.name
    for sheet in site.rglob("*.css"):
        assert not regex.search(r"url\([\"']?(?:https?:)?//|@import", sheet.read_text(encoding="utf-8")), sheet.name


def test_chinese_is_cut_into_words_for_the_search(site: Path) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    cut = "\u200b".join(["仓库", "文件夹"])
    assert any(cut in entry["text"] for entry in entries if entry["location"].startswith("index.html"))


def test_every_model_and_field_is_told() -> None:
    public = {
        name: each
        for home in (model, audit)
        for name, each in vars(home).items()
        if inspect.isclass(each) and issubclass(each, Model) and each is not Model
    }
    told = site_pages.texts("fields")
    assert told.keys() == public.keys()
    for name, each in public.items():
        assert list(told[name]["fields"]) == list(each.model_fields), name
        for field, text in told[name]["fields"].items():
            assert text["zh"], f"{name}.{field}"
            assert text["en"], f"{name}.{field}"


def test_every_command_and_option_is_told_in_chinese() -> None:
    told = site_pages.texts("commands")
    commands = site_pages.command_line()
    assert list(told) == list(commands)
    for name, command in commands.items():
        assert list(told[name]["options"]) == [site_pages.param_key(param) for param in command.params], name


def test_every_option_is_on_the_page() -> None:
    for language in site_pages.LANGUAGES:
        page = site_pages.commands(language)
        for name, command in site_pages.command_line().items():
            assert f"## mse {name} " in page
            for option in (option for param in command.params for option in site_pages.option_names(param)):
                assert option in page, option


def test_every_lexicon_is_told() -> None:
    assert list(site_pages.texts("lexicons")) == list(site_pages.lexicons())


def test_every_public_name_is_on_the_page_of_the_python_interface() -> None:
    shown = (DOCS / "en" / "python.md").read_text(encoding="utf-8")
    results = (DOCS / "en" / "data-model.md").read_text(encoding="utf-8") + site_pages.fields("en")
    for name in mse.__all__:
        if name in ("numbers", "MseError", "ReadError"):
            continue
        each = getattr(mse, name)
        if inspect.isclass(each) and issubclass(each, Model):
            assert f"## {name} " in results
        else:
            assert any(line.endswith(f".{name}") for line in shown.splitlines() if line.startswith(":::")), name


def test_a_type_is_shown_as_it_is_written() -> None:
    assert site_pages.shape_of(model.Mention.model_fields["links"].rebuild_annotation(), "en") == (
        "map from name to list of span `[start, end]`"
    )
    assert site_pages.shape_of(model.Fact.model_fields["target"].rebuild_annotation(), "en") == (
        "[Measure](#measure) / null"
    )


def test_a_part_that_nobody_makes_is_an_error() -> None:
    with pytest.raises(KeyError):
        site_pages.expand("<!-- made: nothing -->", "en")


def test_our_figures_are_those_of_the_table_of_scores() -> None:
    for language in site_pages.LANGUAGES:
        lines = site_pages.beside(language).splitlines()[2:]
        assert len(lines) == 2
        for line in lines:
            what, ours = (cell.strip() for cell in line.split("|")[1:3])
            assert any(
                row.startswith(f"| {what} |") and f"| {ours} |" in row
                for row in site_pages.scores(language).splitlines()
            )
