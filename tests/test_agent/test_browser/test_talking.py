"""Talking on the page: turns, steps, cards, proofs, questions, and how to stop."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant

ADA = "films directed by Ada Quill"


def titles(turn: Any) -> list[str]:
    """Return the titles of the cards of a turn, without years."""
    return [each.rsplit(" ", 1)[0] for each in turn.locator(".card h3").all_inner_texts()]


def test_a_request_is_answered_with_cards(window: Any) -> None:
    turn = window.ask(ADA)
    assert turn.locator("h2").inner_text() == "Films directed by Ada Quill: 3"
    assert titles(turn) == ["Night Tram", "The Glass Harbour", "Cold Orchard"]
    card = turn.get_by_role("article", name="Night Tram 1981")
    assert card.locator(".made").inner_text() == "thriller"  # who directed it is in the heading
    assert "A tram driver sees a murder." in card.inner_text()


def test_an_example_is_asked_with_a_press(window: Any) -> None:
    example = window.page.get_by_role("list", name="Examples").get_by_role("button").first
    request = example.inner_text()
    example.click()
    turn = window.answered(0)
    assert turn.locator(".you").inner_text().endswith(request)
    assert turn.locator(".card").count() > 0


def test_the_whole_conversation_is_sent(window: Any) -> None:
    window.ask(ADA)
    with window.page.expect_request("**/v1/chat/completions") as sent:
        turn = window.ask("from before 1980")
    assert [each["role"] for each in sent.value.post_data_json["messages"]] == ["user", "assistant", "user"]
    assert titles(turn) == ["The Glass Harbour"]


def test_the_steps_are_in_a_fold(window: Any) -> None:
    steps = window.ask(ADA).locator("details.steps")
    assert (steps.get_attribute("open"), steps.locator("summary").inner_text()) == (None, "3 steps")
    steps.locator("summary").click()
    assert "find items director: Ada Quill: 3 found" in steps.inner_text()


def test_what_was_wrong_is_marked_as_a_correction(window: Any) -> None:
    turn = window.ask("films by the director of Paper Moons, Ada Quill")
    assert "Dov Eberhart, not Ada Quill" in turn.get_by_role("note", name="Correction").inner_text()


def test_a_condition_opens_what_proves_it(window: Any) -> None:
    turn = window.ask("films with the same cinematographer as Night Tram")
    chip = turn.get_by_role("button", name="photographed by Cy Marsh")
    chip.click()
    proof = turn.locator(".chips + .proof")
    proof.locator("img").wait_for()
    assert chip.get_attribute("aria-expanded") == "true"
    proof.locator("summary").click()
    facts = proof.locator("li").all_inner_texts()
    assert facts == [
        "Night Tram (1981) cinematographer Cy Marsh",
        "Salt Road (1990) cinematographer Cy Marsh",
    ]
    assert proof.locator("img").evaluate("image => image.naturalWidth") > 0
    chip.click()
    assert proof.is_hidden()


def test_a_card_says_why(window: Any) -> None:
    turn = window.ask(ADA)
    turn.get_by_role("button", name="Why Cold Orchard").click()
    card = turn.get_by_role("article", name="Cold Orchard")
    card.locator("img").wait_for()
    card.locator(".proof summary").click()
    assert card.locator("li").all_inner_texts() == ["Cold Orchard (2001) director Ada Quill"]


def test_an_answer_can_be_copied(window: Any) -> None:
    window.ask(ADA).get_by_role("button", name="Copy answer").click()
    copied = window.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Films directed by Ada Quill: 3\n  1. Night Tram (1981)")


def test_a_conversation_can_be_copied_and_saved(window: Any) -> None:
    window.ask(ADA)
    window.ask("from before 1980")
    window.page.click("#copy")
    copied = window.page.evaluate("() => navigator.clipboard.readText()")
    assert [copied.count("You: "), copied.count("Usher: ")] == [2, 2]
    with window.page.expect_download() as saved:
        window.page.click("#save")
    assert saved.value.suggested_filename == "usher.txt"
    assert saved.value.path().read_text(encoding="utf-8") == copied


def test_a_shifted_enter_is_a_new_line(window: Any) -> None:
    window.page.fill("#request", "films directed by")
    window.page.press("#request", "Shift+Enter")
    window.page.type("#request", "Ada Quill")
    assert window.page.input_value("#request") == "films directed by\nAda Quill"
    assert window.page.locator("#talk > li").count() == 0
    window.page.press("#request", "Enter")
    assert len(titles(window.answered(0))) == 3


@pytest.mark.parametrize("way", ["Escape", "button"])
def test_an_answer_can_be_stopped(window: Any, way: str) -> None:
    held: list[Any] = []
    window.page.route(
        "**/v1/chat/completions", lambda route: held.append(route)
    )  # a server that thinks for long
    window.page.fill("#request", ADA)
    window.page.press("#request", "Enter")
    stop = window.page.get_by_role("button", name="Stop")
    stop.wait_for()
    window.page.keyboard.press("Escape") if way == "Escape" else stop.click()
    assert "Stopped" in window.answered(0).inner_text()
    window.page.unroute("**/v1/chat/completions")
    with window.page.expect_request("**/v1/chat/completions") as sent:
        turn = window.ask(ADA)
    assert (len(sent.value.post_data_json["messages"]), len(titles(turn))) == (1, 3)


def test_a_server_that_is_gone_is_said_and_asked_again(window: Any) -> None:
    window.page.route("**/v1/chat/completions", lambda route: route.abort())
    turn = window.ask(ADA)
    assert "Usher does not answer" in turn.inner_text()
    window.page.unroute("**/v1/chat/completions")
    turn.get_by_role("button", name="Ask again").click()
    assert len(titles(window.answered(1))) == 3
    assert [each for each in window.wrong if "ERR_FAILED" not in each] == []
    window.wrong.clear()


def test_what_a_person_types_is_only_text(window: Any) -> None:
    turn = window.ask('films by "<img src=x onerror=alert(1)> Zed"')
    assert "<img src=x" in turn.locator(".you").inner_text()
    assert window.page.locator("#talk img").count() == 0


def test_the_question_is_answered_with_a_button(open_window: Any, usher: Assistant) -> None:
    window = open_window(usher)
    first = window.ask("films by Anderson")
    assert first.locator(".question").inner_text() == "Which Anderson: Wes Anderson or Paul Thomas Anderson?"
    first.get_by_role("button", name="Paul Thomas Anderson").click()
    second = window.answered(1)
    assert second.locator("h2").inner_text().startswith("Films directed by Paul Thomas Anderson")
    assert first.get_by_role("button", name="Paul Thomas Anderson").is_disabled()
