"""The page under axe's rules of accessibility, in each of its states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.assistant import Assistant

PHONE = {"viewport": {"width": 375, "height": 667}}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def empty(_: Any) -> None:
    """Leave the page as it opens."""


def answered(window: Any) -> None:
    window.ask("films with the same cinematographer as Night Tram")


def folds_open(window: Any) -> None:
    window.become("ruth")
    turn = window.ask("films by the director of Paper Moons, Ada Quill")
    turn.locator("summary").first.click()
    turn.locator(".chip").first.click()
    turn.locator(".proof summary").click()
    seen = turn.get_by_role("button", name="Seen").first
    if seen.get_attribute("aria-pressed") == "false":
        seen.click()
    turn.get_by_role("button", name="Seen", pressed=True).first.wait_for()


def panel_open(window: Any) -> None:
    folds_open(window)
    show_memory(window)


def empty_panel_open(window: Any) -> None:
    window.become("nobody known")
    show_memory(window)


def show_memory(window: Any) -> None:
    window.page.fill("#request", "/me")
    window.page.press("#request", "Enter")
    window.page.get_by_role("dialog").locator("summary").click()


def menu_open(window: Any) -> None:
    answered(window)
    if window.page.locator("#menu").is_visible():
        window.page.click("#menu")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(
    open_window: Callable[..., Any], toy_for_all: Assistant, size: dict[str, Any], scheme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the `browser` extra")
    for state in (empty, answered, menu_open, folds_open, panel_open, empty_panel_open):
        window = open_window(toy_for_all, color_scheme=scheme, reduced_motion="reduce", **size)
        state(window)
        found = axe.Axe().run(window.page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        problems = [
            (each["id"], [(node["html"][:120], node["failureSummary"]) for node in each["nodes"]])
            for each in found["violations"] + found["incomplete"]
        ]
        assert (state.__name__, problems) == (state.__name__, [])
