"""A real browser before the real web, with the pretended world behind it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.flow.conftest import house as house  # noqa: F401 - the fixtures of the journey
from tests.flow.conftest import running_sandbox as running_sandbox  # noqa: F401

NAMES = ("chromium", "chromium-browser", "google-chrome")
UNEXPECTED = {400, 403, 404, 405, 500}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine (scripts/ensure_tools.sh says why)")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright's loop runs in this thread
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page of a desktop's size; a fault in a script or a refused request fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="es")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "response",
        lambda r: faults.append(f"{r.status} {r.url}") if r.status in UNEXPECTED else None,
    )
    yield opened
    context.close()
    assert faults == []
