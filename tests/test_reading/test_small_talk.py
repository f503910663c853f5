"""Small talk: its kinds, what is left without it, and what must not be taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.assistant import Assistant
from agent.builtin.dialogue.small_talk import SmallTalk, is_trimming, small_talk, spoken


def talk(text: str) -> SmallTalk:
    return small_talk(spoken(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("That's it!", ("thats", "it")),
        ("Ada Quill's films", ("ada", "quill", "s", "films")),
        ("  ", ()),
    ],
)
def test_words_are_folded_and_short_forms_joined(text: str, words: tuple[str, ...]) -> None:
    assert spoken(text) == words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("hi!", ("greeting",)),
        ("thank you very much", ("thanks",)),
        ("no thanks", ("denial",)),  # the longer phrase counts, not "thanks"
        ("thanks, bye", ("goodbye", "thanks")),
        ("hello, who are you?", ("about", "greeting")),
        ("lovely to meet you", ("greeting",)),
        ("are you storing my age?", ("memory",)),
        ("start over", ("start over",)),
        ("two westerns", ()),
    ],
)
def test_kinds_come_in_the_order_in_which_they_are_answered(text: str, kinds: tuple[str, ...]) -> None:
    assert talk(text).kinds == kinds


@pytest.mark.parametrize(("text", "kinds"), [("help", ("help",)), ("help me find a film", ())])
def test_help_is_asked_of_usher_only_where_it_stands_alone(text: str, kinds: tuple[str, ...]) -> None:
    assert talk(text).kinds == kinds


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("thanks, two westerns", ("two", "westerns")),
        ("two westerns, thanks", ("two", "westerns")),
        ("ok so more", ("more",)),
        ("and who shot it?", ("who", "shot", "it")),
        ("no wait, a comedy", ("a", "comedy")),
        ("no westerns", ("no", "westerns")),  # rules out
        ("films for a good evening please", ("films", "for", "a", "good", "evening", "please")),
        ("hi", ()),
    ],
)
def test_the_core_is_what_stands_between_small_talk(text: str, core: tuple[str, ...]) -> None:
    assert talk(text).core == core


@pytest.mark.parametrize(
    ("text", "adds"), [("thanks so much for that", False), ("thanks for two westerns", True)]
)
def test_trimmings_add_nothing(text: str, adds: bool) -> None:
    assert is_trimming(talk(text).rest) is not adds


WORDS = st.lists(st.sampled_from("hi thanks good morning no ok so and more westerns like it that".split()))


@given(WORDS)
def test_the_core_is_one_run_of_the_words(words: list[str]) -> None:
    core = small_talk(tuple(words)).core
    assert f" {' '.join(core)} ".replace("  ", " ") in f" {' '.join(words)} ".replace("  ", " ")


@given(WORDS)
def test_what_is_no_small_talk_is_kept_in_order(words: list[str]) -> None:
    left = iter(words)
    assert all(word in left for word in small_talk(tuple(words)).rest)


@given(WORDS)
def test_no_word_of_a_request_is_lost(words: list[str]) -> None:
    rest = small_talk(tuple(words)).rest
    assert rest.count("westerns") == words.count("westerns")


@pytest.mark.parametrize("said", ["hmm not sure", "meh", "ugh", "too bad", "boring answer"])
def test_nobody_is_glad_of_a_doubt(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert answer["act"] == "acknowledge"
    assert "Glad" not in answer["text"]
