"""What makes two spellings the same."""

from __future__ import annotations

import pytest

from kg.forms import entity_forms
from kg.text import (
    bare_label,
    fold,
    folded_words,
    initials_joined,
    name_key,
    norm_word,
    split_title,
    strip_article,
    tokens,
    upright,
    words,
)
from kg.types import Entity, EntityId, Kind


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Amélie", "amelie"), ("Øre", "ore"), ("Straße", "strasse"), ("Æon", "aeon"), ("ČECH", "cech")],
)
def test_fold_drops_accents_and_case(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize("times", [1, 20])
def test_folded_words_keep_numbers_in_words_and_are_ones_own(times: int) -> None:
    text = "Amélie's Seven & Eight " * times
    said = folded_words(text)
    assert said == ["amelie", "s", "seven", "and", "eight"] * times
    said.clear()
    assert len(folded_words(text)) == 5 * times


@pytest.mark.parametrize("mark", ["&", "+"])
def test_and_signs_read_and(mark: str) -> None:
    assert words(f"Thelma {mark} Louise") == ["thelma", "and", "louise"]


@pytest.mark.parametrize(
    ("word", "number"), [("Seven", "7"), ("twelve", "12"), ("II", "2"), ("viii", "8"), ("Third", "3rd")]
)
def test_numbers_in_words_and_roman_numerals_become_digits(word: str, number: str) -> None:
    assert norm_word(word) == number


@pytest.mark.parametrize("word", ["I", "V", "X", "mix"])
def test_single_letters_and_words_are_not_roman_numerals(word: str) -> None:
    assert norm_word(word) == word.lower()


def test_abbreviations_agree_with_their_words() -> None:
    assert name_key("Doctor Strangelove") == name_key("Dr. Strangelove")


def test_a_possessive_is_a_word_of_its_own() -> None:
    assert words("Schindler's List") == ["schindler", "s", "list"]


def test_a_possessive_without_apostrophe_has_the_same_key() -> None:
    assert name_key("Schindlers List") == name_key("Schindler’s List")


def test_an_inner_apostrophe_does_not_part_a_word() -> None:
    assert words("O'Brien") == ["obrien"]


def test_a_closing_quote_does_not_belong_to_the_word() -> None:
    assert [token.raw for token in tokens("the 'Night Tram' film")] == ["the", "Night", "Tram", "film"]


@pytest.mark.parametrize("text", ["the 'Night Tram' film", "L’Enfer & Amélie's “Dogs'”", "a_b  c-d…e"])
def test_tokens_keep_their_place_in_the_text(text: str) -> None:
    assert all(text[token.start : token.end] == token.raw for token in tokens(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sci Fi", "Sci-Fi"), ("E.T.", "ET"), ("Spider Man", "Spiderman"), ("Part Two", "Part II")],
)
def test_split_and_glued_spellings_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_the_key_of_nothing_is_empty() -> None:
    assert name_key(" …!?") == ""


def test_a_leading_english_article_is_dropped() -> None:
    assert strip_article(["the", "game"]) == ["game"]


def test_an_article_that_is_all_there_is_stays() -> None:
    assert strip_article(["the"]) == ["the"]


@pytest.mark.parametrize(
    ("inverted", "straight"),
    [
        ("Boat, The", "The Boat"),
        ("Enfer, L'", "L'Enfer"),
        ("Cité des enfants perdus, La", "La Cité des enfants perdus"),
        ("Postino, Il", "Il Postino"),
        ("Good, the Bad and the Ugly, The", "The Good, the Bad and the Ugly"),
    ],
)
def test_an_inverted_article_goes_to_the_front(inverted: str, straight: str) -> None:
    assert upright(inverted) == straight


def test_what_follows_a_comma_and_is_no_article_stays() -> None:
    assert upright("Me, Too") == "Me, Too"


def test_split_title_takes_the_year_off() -> None:
    assert split_title("Toy Story (1995)") == ("Toy Story", 1995, ())


def test_split_title_without_year_has_none() -> None:
    assert split_title("Toy Story").year is None


def test_split_title_keeps_a_title_that_is_a_year() -> None:
    assert split_title("1984 (1984)") == ("1984", 1984, ())


def test_split_title_finds_the_alternative_title() -> None:
    assert split_title("Boat, The (Das Boot) (1981)") == ("The Boat", 1981, ("Das Boot",))


def test_split_title_drops_aka() -> None:
    assert split_title("Seven (a.k.a. Se7en) (1995)").aliases == ("Se7en",)


def test_split_title_puts_articles_of_alternatives_in_front() -> None:
    assert split_title("Postman, The (Postino, Il) (1994)").aliases == ("Il Postino",)


def test_split_title_parts_alternatives_at_commas_and_keeps_the_whole() -> None:
    assert split_title("Strike! (Do It, The Bird) (1998)").aliases == ("Do It, The Bird", "Do It", "The Bird")


def test_split_title_does_not_list_the_title_as_its_alias() -> None:
    assert split_title("Boat, The (The Boat) (1981)").aliases == ()


def test_split_title_of_a_bracket_alone_keeps_it() -> None:
    assert split_title("(500)").title == "(500)"


@pytest.mark.parametrize(
    ("label", "bare"),
    [("John Morris (composer)", "John Morris"), ("(brackets)", "(brackets)"), ("Plain", "Plain")],
)
def test_bare_label_drops_the_qualifier_only(label: str, bare: str) -> None:
    assert bare_label(label) == bare


def test_middle_initials_are_dropped_and_a_leading_one_stays() -> None:
    assert initials_joined(["j", "r", "tolkien"]) == ["j", "tolkien"]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("USA", "american"),
        ("USA", "United States"),
        ("UK", "british"),
        ("United Kingdom", "uk"),
        ("Europe", "european"),
        ("Italy", "italian"),
    ],
)
def test_a_place_is_called_by_its_adjective_and_its_other_names(label: str, said: str) -> None:
    keys = {key for key, _ in entity_forms(Entity(EntityId(label), label), frozenset((Kind.PLACE,)))}
    assert name_key(said) in keys
