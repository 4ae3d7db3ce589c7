"""A headless Chromium, and pages that fail their test when they complain or reach for a network.

Run with `make test-browser`; Debian and Ubuntu bring the browser with `apt-get install chromium`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from windows import WIDE, Opener

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; a missing one fails the tests, for a page that nobody opened is not tested."""
    path = os.environ.get("MSE_CHROMIUM") or next((p for name in NAMES if (p := shutil.which(name))), None)
    if path is None:
        pytest.fail("no Chromium: install it (apt-get install chromium) or set MSE_CHROMIUM to its path", pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Opens a page in a window of its own; afterwards nothing was reported and nothing was asked of a network."""
    contexts, complaints = [], []

    def opened(path: Path, size: tuple[int, int] = WIDE, fragment: str = "", folder: Path | None = None) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        address = path.as_uri()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        home = (folder or path.parent).as_uri()

        def asked(url: str) -> None:
            if not url.startswith((home, "data:", "blob:")):
                complaints.append(f"request: {url}")

        page.on("request", lambda request: asked(request.url))
        page.goto(address + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
