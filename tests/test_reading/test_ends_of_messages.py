"""The ends of messages: one without any word, and one that ends with what was just seen, are answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation
from typed_tables import assistant, table


@pytest.mark.parametrize("text", ["?????", "...", "\N{CLAPPER BOARD}" * 3, "!", "—"])
def test_a_message_without_words_is_not_understood(tmp_path: Path, text: str) -> None:
    answer = Conversation(assistant(table("films"), tmp_path)).say(text).answer
    assert (answer["act"], answer["items"]) == ("decline", [])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a heist film please. we watched Heat", "Heat"),
        ("something with a twist ending, saw Seven", "Seven"),
    ],
)
def test_what_was_seen_may_end_a_message(usher: Assistant, text: str, seen: str) -> None:
    answer = usher.ask(text).answer
    titles = [item["title"] for item in answer["items"]]
    assert titles
    assert seen not in titles
