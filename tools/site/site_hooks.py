"""MkDocs hooks: two languages in one site, pages written once and shown in both, and the parts made from the code."""

from __future__ import annotations

import copy
import logging
from pathlib import Path
from typing import Any

import regex
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

import site_pages

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"zh": "中文", "en": "English"}
ALTERNATE = regex.compile(r"\s*<link rel=\"alternate\"[^>]*hreflang[^>]*>")
_navs: dict[str, Navigation] = {}
_outputs: dict[str, list[str]] = {}


def language_of(uri: str) -> str:
    return "en" if uri.startswith("en/") else "zh"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Pages that are there only sometimes get their place in the navigation when they are."""
    logging.getLogger("jieba").setLevel(logging.WARNING)
    assert config.nav is not None
    for section in config.nav:
        ((language, entries),) = section.items()
        ((_, records),) = entries[-1].items()
        prefix = "" if language == "zh" else "en/"
        listed = [uri for entry in records for uri in entry.values()]
        for name, titles in site_pages.OPTIONAL.items():
            if (ROOT / "docs" / name).is_file() and prefix + name not in listed:
                records.append({titles[language]: prefix + name})
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Pages that are only in English are also files of the English part; notebooks can be read and fetched."""
    for name in site_pages.SHARED:
        if (ROOT / "docs" / name).is_file():
            files.append(File.generated(config, f"en/{name}", abs_src_path=str(ROOT / "docs" / name)))
    for name, chinese in site_pages.TRANSLATED.items():
        for old in (name, chinese):
            files.remove(files.src_uris[old])
        files.append(File.generated(config, name, abs_src_path=str(ROOT / "docs" / chinese)))
    for notebook in site_pages.notebooks():
        files.append(File.generated(config, f"notebooks/{notebook.name}", abs_src_path=str(notebook)))
        markdown, _outputs[f"notebooks/{notebook.stem}.md"] = site_pages.notebook_page(notebook)
        files.append(File.generated(config, f"notebooks/{notebook.stem}.md", content=markdown))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return site_pages.expand(markdown, language_of(page.file.src_uri), page.file.src_uri)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """A notebook's outputs in their places; nothing in them is markdown."""
    for number, output in enumerate(_outputs.get(page.file.src_uri, ())):
        place = site_pages.OUTPUT.format(number)
        html = html.replace(place, place.replace("></div>", f">{output}</div>"), 1)
    return html


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """One navigation a language: the pages of the other one are neither listed nor next."""
    _navs.clear()
    for section in nav.items:
        assert isinstance(section, Section)
        for child in section.children:
            child.parent = None
        pages = [page for page in nav.pages if language_of(page.file.src_uri) == section.title]
        pages[0].previous_page = pages[-1].next_page = None
        own = Navigation(section.children, pages)
        own.homepage = pages[0]
        _navs[section.title] = own
    return nav


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """The words of the theme, the navigation and the way to the same page in the other language."""
    language = language_of(page.file.src_uri)
    bare = page.file.url.removeprefix("en/")
    config.theme["language"] = language
    config.extra["alternate"] = [
        {"name": name, "lang": code, "link": bare if code == "zh" else f"en/{bare}"} for code, name in LANGUAGES.items()
    ]
    return {**context, "nav": copy.copy(_navs[language])}


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Without links to the other language in the head: the theme would ask for a site map behind each of them."""
    return ALTERNATE.sub("", output)
