"""Replies of real and of clumsy models: what of them is a title, what counts as no recommendation."""

from __future__ import annotations

import pytest

from bench.titles_match import Matcher, Named
from bench.titles_parse import parse
from bench.titles_reply import recommended
from bench.titles_shape import is_facet, is_heading, may_be_title
from kg.graph import KnowledgeGraph

TRAM, MOONS, SALT = "2", "3", "4"
NOTHING = Named([], [], [])


@pytest.fixture
def matcher(toy: KnowledgeGraph) -> Matcher:
    return Matcher(toy)


# Styles of lists: each names Night Tram, then Paper Moons, and nothing else

STYLES = {
    "one line of numbers": "1. Night Tram (1981) 2. Paper Moons (1983)",
    "one line without years": "Here are two: 1) Night Tram 2) Paper Moons",
    "one line of years": "Night Tram (1981) Paper Moons (1983)",
    "one line of bullets": "• Night Tram (1981) • Paper Moons (1983)",
    "one line of stars": "* Night Tram * Paper Moons",
    "colons": "1: Night Tram\n2: Paper Moons",
    "dashes": "1 - Night Tram\n2 - Paper Moons",
    "slashes": "1/ Night Tram\n2/ Paper Moons",
    "No.": "No. 1: Night Tram\nNo. 2: Paper Moons",
    "roman": "I. Night Tram\nII. Paper Moons",
    "capitals": "A) Night Tram\nB. Paper Moons",
    "circles": "① Night Tram\n② Paper Moons",
    "keycaps": "1️⃣ Night Tram\n2️⃣ Paper Moons",
    "pictures": "🎬 Night Tram (1981)\n🎬 Paper Moons (1983)",
    "arrows": "-> Night Tram\n-> Paper Moons",
    "boxes": "- [x] Night Tram\n- [ ] Paper Moons",
    "pipes": "Night Tram | Paper Moons",
    "slashes between": "Night Tram / Paper Moons",
    "cards": "Title: Night Tram\nYear: 1981\nDirector: Ada Quill\n\nTitle: Paper Moons\nGenre: Comedy",
    "heading": "**Recommended films**\nNight Tram\nPaper Moons",
    "heading before a colon": "Recommended films: Night Tram, Paper Moons",
    "final answer": "Final answer: Night Tram; Paper Moons",
    "boxed": "\\boxed{Night Tram, Paper Moons}",
    "tags": "<movies><movie>Night Tram</movie><movie>Paper Moons</movie></movies>",
    "chat marks": "<|im_start|>assistant\nNight Tram\nPaper Moons<|im_end|>",
    "roles": "Assistant: Night Tram, Paper Moons\nUser: thanks\nAssistant: Salt Road, too",
    "torn objects": '[\n {"title": "Night Tram"},\n {"title": "Paper Moons"},\n {"title": "Salt',
    "sentences of a list": "1. Night Tram is a film about a driver.\n2. Paper Moons is a comedy.",
    "paragraphs": "Night Tram is a thriller about a tram. People like it.\n\nPaper Moons is a comedy.",
    "points in quotes": 'I recommend "Night Tram," and "Paper Moons."',
    "called a film": "1. The film Night Tram by Ada Quill.\n2. Movie Paper Moons",
    "a loop": "1. Night Tram\n2. Paper Moons\n" + "3. Night Tram\n4. Paper Moons\n" * 40,
    "a loop on a line": "Night Tram, Paper Moons, " + "Night Tram, Paper Moons, " * 60,
}


@pytest.mark.parametrize("style", STYLES)
def test_a_list_in_any_style_is_read(matcher: Matcher, style: str) -> None:
    named = matcher.read(STYLES[style], "movie")
    assert (named.items, named.unmatched) == ([TRAM, MOONS], [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("300: Rise of an Umpire\n12 Angry Foxes", "300: Rise of an Umpire"),
        ("I. Q. Test\nNight Tram", "I. Q. Test"),
        ("A. Nobody\nNight Tram", "A. Nobody"),
        ("1. Dr. Nobody\n2. Night Tram", "Dr. Nobody"),
        ("I'm Not Here\nNight Tram", "I'm Not Here"),
        ("This Is Nobody\nNight Tram", "This Is Nobody"),
        ("1. The cat beside the river\n2. Night Tram", "The cat beside the river"),
    ],
)
def test_what_looks_like_a_number_or_a_sentence_may_be_a_title(
    matcher: Matcher, text: str, title: str
) -> None:
    assert matcher.read(text, "movie").unmatched[:1] == [title]


def test_lines_one_below_the_other_may_be_titles_written_small(matcher: Matcher) -> None:
    said = "Les quatre cents trams\nLa vita del tram"
    assert matcher.read(said, "movie").unmatched == ["Les quatre cents trams", "La vita del tram"]


def test_a_dated_list_on_one_line_keeps_its_first_title_whole(matcher: Matcher) -> None:
    said = "The French Trams (1971), Night Tram (1981)"
    assert matcher.read(said, "movie").unmatched == ["The French Trams (1971)"]


# What is no title counts as no recommendation

PROSE = {
    "a wish": "I'm sure you'll have a wonderful time with your tea",
    "a choice": "A great choice",
    "a generic film": "A film by Ada Quill.",
    "a fact": "The director of Night Owls and Day Owls was Ben Nobody.",
    "people": "He has worked with people like Ann Nobody, Ben Nobody, and Cid Nobody. He likes them.",
    "a remark in a list": "- Changed I'd to I'm\n- Added I'm to make the sentence more concise.",
    "fields alone": "Genre: Drama\nDirector: Ada Quill",
    "placeholders": "1. [Movie Title 1]\n2. [Movie Title 2]",
    "numbers alone": "1.\n2.\n3.",
    "a question": "Do you prefer comedies or dramas?",
    "the other's turn": "User: something with trams\nUser: Night Tram?",
    "a heading": "Recommended films",
    "a word begun": "1. I've",
    "a credit": "1. starring Ann Nobody",
}


@pytest.mark.parametrize("kind", PROSE)
def test_prose_recommends_nothing(matcher: Matcher, kind: str) -> None:
    assert matcher.read(PROSE[kind], "movie") == NOTHING


# Replies as SmolLM2-135M-Instruct wrote them to requests of a build, shortened at their loops: text -> titles
REAL = {
    "You're right, I'll make sure to include the film Greta Scacchi in it.": [],
    "I'm sorry for your loss. I'm sorry about your loss. I'm sorry about your loss. I'm sorry about": [],
    "I'm glad to hear that you're planning to visit your cousin's flat.\n\nI'm sure you'll have a wonderful"
    " time at your cousin's flat.\n\nI'm sure you'll have a wonderful time": [],
    "A film by Ted Tally.": [],
    "Dennis Virkler is a film director who has been praised for his innovative approach to storytelling.": [],
    "Here's a revised version of the text with suggested edits for grammar, clarity, and style:\n\nThe days"
    " are getting longer, and my patience is getting shorter.\n\nI made the following changes:\n\n"
    '- Changed "the days are getting longer" to "the days are getting longer"\n- Added "I\'m" to make the'
    ' sentence more concise and idiomatic.\n- Changed "I\'d" to "I\'m"': [],
    'The film "The Nightingale" is a classic example of a documentary about a 19th-century British naval'
    " battle.": ["The Nightingale"],
    'In 2012, he starred in "The Matrix Reloads" and "The Matrix Revolutions."': [
        "The Matrix Reloads",
        "The Matrix Revolutions",
    ],
    "The director of Starship Troopers and Showgirls was Christopher Nolan.": [],
    "Here's a list of films that have been mentioned in the movie:\n\n"
    '- "The Lion King II"\n- "The Lion King" (2019)\n- "The Lion King II"\n- "The Lion King" (2019)': [
        "The Lion King II",
        "The Lion King (2019)",
    ],
    'The answer is: "The Shining"': ["The Shining"],
    '1. "The Art of War" by Martin McDonagh: This film is a classic and has been used as a model.\n\n'
    '2. "The Art of War" by Martin McDonagh: This film is a documentary about the use of tactics.': [
        "The Art of War by Martin McDonagh"
    ],
    "I'm sorry for the misunderstanding. I'm sorry for any confusion.\n\nThe answer is: no.": [],
    'Harvey Keitel\'s most recent film is "The Bridge" (2015).': ["The Bridge (2015)"],
}


@pytest.mark.parametrize("text", REAL)
def test_titles_of_a_real_reply(matcher: Matcher, text: str) -> None:
    assert matcher.read(text, "movie").titles == REAL[text]


def test_a_refusal_in_one_word_is_no_film_of_that_name(matcher: Matcher) -> None:
    assert [said.text for said in parse("The answer is: no.")] == []


# Echoes of what was asked


def test_the_request_said_again_is_no_title(matcher: Matcher) -> None:
    asked = "Films with trams please. Something Like Salt Road Again"
    assert matcher.read("Something like Salt Road again\nNight Tram", "movie", asked=asked).titles == [
        "Night Tram"
    ]


def test_the_request_under_its_name_is_no_title(matcher: Matcher) -> None:
    assert matcher.read("Query: Salt Road\nNight Tram", "movie").titles == ["Night Tram"]


def test_a_sentence_about_what_was_named_recommends_nothing(matcher: Matcher) -> None:
    asked = "I loved Night Tram. What else?"
    assert matcher.read('I am glad you loved "Night Tram" (1981).', "movie", asked=asked) == NOTHING


def test_a_list_may_recommend_what_was_named(matcher: Matcher) -> None:
    asked = "I loved Night Tram. What else?"
    assert matcher.read("1. Night Tram\n2. Salt Road", "movie", asked=asked).items == [TRAM, SALT]


# Replies that their limit cut


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("1. Night Tram\n2. Paper", ["Night Tram"]),
        ("1. Night Tram\n2. Paper Moons (1983)", ["Night Tram", "Paper Moons (1983)"]),
        ("1. Night Tram\n2. Nobody\n", ["Night Tram", "Nobody"]),
        ("Night Tram, Nobody, Salt", ["Night Tram", "Nobody"]),
        ("1. Night Tram 2. Nobody 3. Salt", ["Night Tram", "Nobody"]),
        ('["Night Tram", "Nobody", "Salt', ["Night Tram", "Nobody"]),
        ("Salt", []),
    ],
)
def test_half_a_title_is_none(matcher: Matcher, text: str, titles: list[str]) -> None:
    assert matcher.read(text, "movie", cut=True).titles == titles


def test_the_last_title_of_a_whole_reply_counts(matcher: Matcher) -> None:
    assert matcher.read("1. Night Tram\n2. Paper", "movie").titles == ["Night Tram", "Paper"]


def test_a_title_said_again_is_no_further_title(matcher: Matcher) -> None:
    said = "Night Tram\nNight Tram (1981)\nNobody\nNobody\nSalt Road"
    assert matcher.read(said, "movie", k=3) == Named(
        [TRAM, SALT], ["Night Tram", "Nobody", "Salt Road"], ["Nobody"]
    )


# By form alone


@pytest.mark.parametrize("text", ["Director: Ada Quill", "**Year:** 1981", "Reason: it is funny"])
def test_a_field_of_a_card_is_told(text: str) -> None:
    assert is_facet(text)


@pytest.mark.parametrize("text", ["Recommended films", "Top 10 Movies", "Here are some books for you"])
def test_a_heading_is_told(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize("text", ["For You", "The Best Man", "Top Hat", "Number 17"])
def test_a_title_of_common_words_is_no_heading(text: str) -> None:
    assert not is_heading(text)


@pytest.mark.parametrize("text", ["night trams", "Les Nuits blanches du facteur", "Up", "M*A*S*H"])
def test_what_may_be_a_title_in_a_list(text: str) -> None:
    assert may_be_title(text, listed=True)


def test_text_that_never_ends_takes_no_time() -> None:
    assert len(recommended("User: " * 20000 + "1. " * 20000, "a " * 20000, cut=True)) < 200_000
