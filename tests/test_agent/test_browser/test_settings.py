"""What stands around the conversation: history, person and memory, catalogues, light and dark, phones."""

from __future__ import annotations

import re
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.people import People

ADA = "films directed by Ada Quill"
DOV = "films directed by Dov Eberhart"


def history(window: Any) -> list[str]:
    return list(window.page.locator("#history .past").all_inner_texts())


# History


def test_conversations_are_kept_and_opened_again(window: Any) -> None:
    window.ask(ADA)
    window.page.click("#new")
    assert (window.page.locator("#talk > li").count(), history(window)) == (0, [ADA])
    window.ask(DOV)
    assert history(window) == [DOV, ADA]
    window.page.reload()
    window.page.get_by_role("button", name=ADA, exact=True).click()
    assert window.page.locator("#talk .card").count() == 3
    turn = window.ask("from before 1980")
    assert turn.locator(".card").count() == 1
    assert history(window) == [ADA, DOV]


def test_a_conversation_is_deleted(window: Any) -> None:
    window.ask(ADA)
    window.page.get_by_role("button", name=f"Delete {ADA}").click()
    assert (history(window), window.page.locator("#talk > li").count()) == ([], 0)
    assert "Ada Quill" not in window.page.evaluate("() => JSON.stringify(localStorage)")


def test_a_damaged_history_is_none(window: Any) -> None:
    window.page.evaluate("() => localStorage.setItem('usher.conversations', '{not json')")
    window.page.reload()
    assert window.ask(ADA).locator(".card").count() == 3


def test_a_browser_that_is_full_says_what_went(window: Any) -> None:
    window.ask(ADA)
    window.page.click("#new")
    window.page.evaluate(
        "() => { for (let size = 2 ** 22; size > 8; size /= 2)"
        " try { for (;;) localStorage.setItem('fill' + localStorage.length, 'x'.repeat(size)) } catch {} }"
    )
    assert window.ask(DOV).locator(".card").count() == 2
    assert "no more room: 1 of" in window.said()


# The person


def test_nobody_in_particular_has_no_buttons_of_opinion(window: Any) -> None:
    assert window.ask(ADA).locator(".voice").count() == 0


def test_opinions_are_written_to_the_memory_of_the_person(window: Any, toy_for_all: Assistant) -> None:
    window.become("lena")
    turn = window.ask(ADA)
    for words, title in (
        ("Like", "Night Tram"),
        ("Seen", "Cold Orchard"),
        ("Not for me", "The Glass Harbour"),
    ):
        button = turn.get_by_role("button", name=f"{words}: {title}", exact=True)
        button.click()
        turn.get_by_role("button", name=f"{words}: {title}", exact=True, pressed=True).wait_for()
        assert window.said().startswith("Noted")
    kept = People(toy_for_all.graph).load("lena")
    assert (kept.likes, kept.dislikes, sorted(kept.seen)) == (("2",), ("1",), ["1", "2", "6"])
    with window.page.expect_response(re.compile("/items")):
        turn.get_by_role("button", name="Like: Night Tram").click()
    assert People(toy_for_all.graph).load("lena").likes == ()


def test_the_person_counts_in_answers(window: Any) -> None:
    window.become("mona")
    turn = window.ask(ADA)
    with window.page.expect_response(re.compile("/items")):
        turn.get_by_role("button", name="Not for me: Night Tram").click()
    window.page.click("#new")
    cards = window.ask("a thriller").locator("h3")
    assert cards.all_inner_texts() == [
        "Cold Orchard 2001",
        "Night Tram 1981",
    ]  # what is not for them comes last


def test_what_is_remembered_is_shown_and_changed(window: Any, toy_for_all: Assistant) -> None:
    window.become("nils")
    window.page.fill("#request", "/me")
    window.page.press("#request", "Enter")
    panel = window.page.get_by_role("dialog", name="nils")
    assert "Nothing is remembered yet." in panel.inner_text()
    panel.get_by_label("Title").fill("Salt Road")
    panel.get_by_role("button", name="Add").click()
    panel.get_by_role("list", name="Liked").wait_for()
    assert People(toy_for_all.graph).load("nils").likes == ("4",)
    panel.locator("summary").click()
    panel.get_by_label("age").fill("34")
    with window.page.expect_response(re.compile("/profile")):
        panel.get_by_role("button", name="Keep").click()
    assert People(toy_for_all.graph).load("nils").profile.age == 34
    panel.get_by_label("Title").fill("Nowhere")
    panel.get_by_role("button", name="Add").click()
    panel.get_by_role("alert").get_by_text("There is no 'Nowhere' in this catalogue.").wait_for()
    assert window.wrong.pop().startswith("Failed to load resource")
    panel.get_by_role("button", name="Forget Salt Road (1990)").click()
    panel.get_by_role("list", name="Liked").wait_for(state="detached")
    window.page.keyboard.press("Escape")
    assert panel.is_hidden()


def test_all_that_is_remembered_is_deleted_at_the_second_press(window: Any, toy_for_all: Assistant) -> None:
    people = People(toy_for_all.graph)
    window.become("olga")
    turn = window.ask(ADA)
    with window.page.expect_response(re.compile("/items")):
        turn.get_by_role("button", name="Like: Night Tram").click()
    window.page.click("#me")
    delete = window.page.get_by_role("button", name="Delete all of it")
    delete.click()
    assert people.load("olga").likes == ("2",)
    with window.page.expect_response(re.compile("v1/people/olga")):
        window.page.get_by_role("button", name="Press again to delete").click()
    window.page.get_by_role("dialog").wait_for(state="hidden")
    assert (people.load("olga").is_empty, history(window)) == (True, [])


# Catalogues


def test_another_catalogue_is_another_conversation(
    open_window: Any, toy_for_all: Assistant, usher: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent.serving.served.installed", lambda: ["builtin"])
    window = open_window(toy_for_all, other=lambda _: usher)
    window.ask(ADA)
    window.page.select_option("#catalogue", label="builtin")
    assert window.page.locator("#talk > li").count() == 0
    assert "Bill Butler" in window.ask("films with the same cinematographer as Jaws").inner_text()
    window.page.get_by_role("button", name=ADA, exact=True).click()
    assert window.page.input_value("#catalogue") == "usher"


# Light and dark, phones, keyboard


def paper(window: Any) -> str:
    return str(window.page.evaluate("() => getComputedStyle(document.body).backgroundColor"))


def test_dark_follows_the_system_until_somebody_says_otherwise(
    open_window: Any, toy_for_all: Assistant
) -> None:
    dark = paper(open_window(toy_for_all, color_scheme="dark"))
    window = open_window(toy_for_all, color_scheme="light")
    light = paper(window)
    window.page.click("#theme")
    assert (paper(window), light != dark) == (dark, True)
    window.page.reload()
    assert paper(window) == dark


def test_a_phone_needs_no_sideways_scrolling(open_window: Any, toy_for_all: Assistant) -> None:
    window = open_window(toy_for_all, viewport={"width": 375, "height": 667}, has_touch=True)
    turn = window.ask("films with the same cinematographer as Night Tram")
    turn.locator(".chip").click()
    turn.locator(".proof img").wait_for()
    assert window.page.evaluate("() => document.documentElement.scrollWidth") == 375
    assert window.page.locator("#side").is_hidden()
    window.page.click("#menu")
    assert window.page.get_by_role("button", name="New conversation").is_visible()
    window.page.keyboard.press("Escape")
    window.page.locator("#side").wait_for(state="hidden")


def test_everything_is_reached_by_keyboard_in_order(window: Any) -> None:
    window.ask(ADA)
    window.page.locator(".skip").focus()
    reached = []
    for _ in range(12):
        window.page.keyboard.press("Tab")
        reached.append(window.page.evaluate("() => document.activeElement.innerText.split('\\n')[0]"))
    assert reached[:3] == ["New conversation", ADA, "×"]
    assert reached[6:] == ["Copy", "Save as text", "3 steps", "directed by Ada Quill", "Why", "Why"]


def test_a_key_is_asked_for_where_the_server_wants_one(window: Any) -> None:
    def guarded(route: Any) -> None:
        if route.request.headers.get("authorization") == "Bearer s3cret":
            route.continue_()
        else:
            error = {"error": {"message": "a key is needed", "type": "x", "param": None, "code": None}}
            route.fulfill(status=401, json=error)

    window.page.route("**/v1/**", guarded)
    window.page.reload()
    window.page.get_by_role("textbox", name="Key").fill("s3cret")
    window.page.get_by_role("button", name="Use it").click()
    assert window.ask(ADA).locator(".card").count() == 3
    window.wrong.clear()
