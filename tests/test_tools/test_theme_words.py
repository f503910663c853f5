"""What the words of a theme mean: words of asking, subjects, moods, parts."""

from __future__ import annotations

import pytest

from kg.stems import stem
from tools.moods import mood_phrases, mood_words
from tools.theme_words import names_mood, related, taken_apart


def said(text: str) -> list[str]:
    return [group.said for group in taken_apart(text).groups]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("can you recommend me some good films about submarines?", ["submarines"]),
        ("best heist movies", ["heist"]),
        ("I want to watch something", []),
        ("lighthouse keepers in Iceland", ["lighthouse", "keepers", "Iceland"]),
    ],
)
def test_words_of_asking_are_no_theme(text: str, left: list[str]) -> None:
    assert said(text) == left


def test_words_of_the_same_subject_stand_beside_a_word() -> None:
    (group,) = taken_apart("a train").groups
    assert stem("railway") in group.related
    assert group.stems == (stem("train"),)


def test_what_has_no_subject_is_related_to_itself_alone() -> None:
    assert related("xylograph") == ("xylograph",)


@pytest.mark.parametrize("text", ["tear-jerkers", "a Tear jerker", "films that make me cry"])
def test_a_mood_stands_for_kinds_and_words(text: str) -> None:
    (mood,) = taken_apart(text).moods
    assert "drama" in mood.kinds
    assert "grief" in mood.words


def test_words_of_a_mood_are_not_what_texts_must_speak_of() -> None:
    assert taken_apart("tear-jerkers").parts == ()


def test_comparatives_name_the_mood() -> None:
    assert taken_apart("funnier").moods == taken_apart("funny").moods != ()


def test_phrases_for_moods_and_manners_are_known() -> None:
    assert {"edge of my seat", "con artist"} <= set(mood_phrases())
    assert {"cosy", "uplifting"} <= mood_words()
    assert names_mood("set during one night")
    assert not names_mood("submarines")


def test_a_word_of_several_says_all_of_them() -> None:
    (group,) = taken_apart("", ["train|railway"]).groups
    assert (group.stems, group.related) == (("train",), (stem("railway"),))


def test_or_parts_what_is_enough_and_and_what_is_needed() -> None:
    parts = taken_apart("chess and fencing or golf").parts
    assert [[[group.said for group in each] for each in part] for part in parts] == [
        [["chess"], ["fencing"]],
        [["golf"]],
    ]


def test_a_mood_that_is_said_so_goes_before_another_form() -> None:
    assert "sadistic" in taken_apart("twisted").moods[0].words
    assert "deception" in taken_apart("a twist").moods[0].words


def test_children_are_a_subject_and_for_children_a_mood() -> None:
    assert not names_mood("kids on bikes")
    assert "animation" in taken_apart("for kids").moods[0].kinds


def test_beside_a_subject_a_feeling_says_only_its_own_word() -> None:
    assert taken_apart("a sad train").text == "sad train"
    assert "grief" in taken_apart("sad").text


def test_a_mood_that_no_kind_tells_of_is_a_subject() -> None:
    assert taken_apart("a con artist").has_subject
    assert not taken_apart("tear-jerkers").has_subject


@pytest.mark.parametrize(
    "text", ["Halloween night viewing with one night in it", "one night, Halloween night"]
)
def test_a_word_that_stands_in_a_mood_and_alone_is_a_subject_too(text: str) -> None:
    assert [group.together for group in taken_apart(text).groups if group.stems == (stem("night"),)] == [
        False
    ]


def test_an_and_inside_a_phrase_joins_nothing() -> None:
    ((subjects,),) = taken_apart("films about a mother and daughter").subjects
    assert [each.said for each in subjects] == ["mother daughter"]


def test_a_phrase_of_words_that_say_nothing_alone_is_a_subject() -> None:
    wanted = taken_apart("first love")
    assert (wanted.groups, wanted.has_phrase, wanted.text) == ((), True, "first love")
