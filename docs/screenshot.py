"""Take the pictures of the page in docs/page.md: the built-in catalogue, a conversation, a proof.

    make screenshots

Needs the `browser` extra and Chromium. The home folder is a new one, so nothing of anybody is shown.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
REQUEST = "films with the same cinematographer as Jaws"
DESK = {"viewport": {"width": 1100, "height": 760}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 375, "height": 700}, "color_scheme": "dark"}


@contextmanager
def served() -> Iterator[str]:
    """Serve the built-in catalogue on loopback, and yield the address."""
    import uvicorn

    from agent.assistant import Assistant
    from agent.serve import create_app

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(Assistant("builtin")), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


def taken(browser: Any, address: str, name: str, options: dict[str, Any], person: str) -> None:
    """Ask, open what proves the answer, and take a picture."""
    page = browser.new_context(reduced_motion="reduce", **options).new_page()
    page.goto(address)
    page.locator(".example").first.wait_for()
    if person:
        page.fill("#person", person)
        page.press("#person", "Tab")
    page.fill("#request", REQUEST)
    page.press("#request", "Enter")
    page.locator(".chip").click()
    page.locator(".proof img").wait_for()
    page.locator(".turn").evaluate("turn => turn.scrollIntoView()")
    page.locator("#request").blur()
    page.screenshot(path=FOLDER / name)


def main() -> int:
    """Take the pictures; return the exit code."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        sys.stderr.write("Chromium is missing: apt-get install chromium\n")
        return 1
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as started:
        os.environ["USHER_HOME"] = home
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        with served() as address:
            taken(browser, address, "page.png", DESK, "zoe")
            taken(browser, address, "page-phone.png", PHONE, "")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
