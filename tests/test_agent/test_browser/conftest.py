"""The page in a real browser: Chromium without a window, on a server in this process."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from kg.graph import KnowledgeGraph
from kg.store import Opened

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OpenOther = Callable[[str], Assistant]
Serve = Callable[..., str]
Open = Callable[..., "Window"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, or a skip that says what is missing; closed behind a module.

    Playwright's event loop runs in this thread as long as the browser is open, and no other may run then.
    """
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="browser tests need the `browser` extra: make test-browser"
    )
    pytest.importorskip("uvicorn", reason="serving needs the `server` extra")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("browser tests need Chromium: apt-get install chromium")
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        opened = started.chromium.launch(executable_path=found, args=arguments)
        yield opened
        opened.close()
    assert asyncio._get_running_loop() is None  # what the next module may count on


@pytest.fixture(scope="session")
def toy_for_all(lasting_toy: tuple[KnowledgeGraph, Path], session_home: Path) -> Assistant:
    """The assistant on the toy catalogue, for every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(*lasting_toy))
        return Assistant("toy")


@pytest.fixture(scope="session")
def serve(session_home: Path) -> Iterator[Serve]:
    """Serve an assistant on loopback, and return the address; one server an assistant."""
    running = []
    addresses: dict[int, str] = {}

    def start(assistant: Assistant, opened: OpenOther | None = None) -> str:
        import uvicorn

        from agent.serve import create_app

        if opened is None and id(assistant) in addresses:
            return addresses[id(assistant)]
        bound = socket.socket()
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(assistant, opened), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        running.append((server, thread, bound))
        while not server.started:
            time.sleep(0.01)
        addresses[id(assistant)] = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        return addresses[id(assistant)]

    yield start
    for server, thread, bound in running:
        server.should_exit = True
        thread.join()
        bound.close()


class Window:
    """A page of the site, with what a person does on it; `wrong` is what should not have happened."""

    def __init__(self, page: Any, address: str):
        self.page = page
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("request", lambda sent: self._look(sent.url, address))
        page.goto(address)
        page.locator("#catalogue option").first.wait_for(state="attached")

    def _look(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:", "blob:")):
            self.wrong.append(f"asked for {url}")

    def ask(self, request: str) -> Any:
        """Ask by keyboard, and return the turn once it is answered."""
        place = self.page.locator("#talk > li").count()
        self.page.fill("#request", request)
        self.page.press("#request", "Enter")
        return self.answered(place)

    def answered(self, place: int) -> Any:
        """Return a turn by its place once it is answered."""
        turn = self.page.locator("#talk > li").nth(place)
        turn.wait_for()
        self.page.locator("#send:not([hidden])").wait_for()
        return turn

    def become(self, person: str) -> None:
        """Choose a person."""
        if is_phone := self.page.locator("#menu").is_visible():
            self.page.click("#menu")
        with self.page.expect_response(re.compile("v1/people/")):
            self.page.fill("#person", person)
            self.page.press("#person", "Tab")
        if is_phone:
            self.page.keyboard.press("Escape")

    def said(self) -> str:
        """Return what the page says at its foot."""
        return str(self.page.locator("#status").inner_text())


@pytest.fixture
def open_window(browser: Any, serve: Serve) -> Iterator[Open]:
    """Open a window on an assistant, with options of the browser; anything wrong in one fails the test."""
    opened = []

    def start(assistant: Assistant, other: OpenOther | None = None, **options: Any) -> Window:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
        context.set_default_timeout(20_000)
        window = Window(context.new_page(), serve(assistant, other))
        opened.append((context, window))
        return window

    yield start
    for context, window in opened:
        context.close()
        assert window.wrong == []


@pytest.fixture
def window(open_window: Open, toy_for_all: Assistant) -> Window:
    """A window on the toy catalogue."""
    return open_window(toy_for_all)
