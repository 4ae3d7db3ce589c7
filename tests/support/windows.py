"""Sizes of windows that pages are opened in, and what opens them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

WIDE, NARROW = (1280, 800), (390, 800)

Opener = Callable[..., Page]
