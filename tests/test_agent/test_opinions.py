"""Opinions said in passing: likes, dislikes and what was seen; and all that is no opinion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.assistant import Assistant
from agent.builtin.interpret.opinions import opinions
from kg.types import ItemId
from tools.link import link_entities

LAST = ("movie/grease-1978", "movie/fargo-1996", "movie/heat-1995")


class Heard(NamedTuple):
    """Titles by what was said of them."""

    likes: Sequence[str] = ()
    dislikes: Sequence[str] = ()
    seen: Sequence[str] = ()


def heard(usher: Assistant, text: str, last: Sequence[str] = ()) -> Heard:
    links = link_entities(usher.knowledge, text)
    items = [ItemId(c.id) for m in links.mentions for c in m.candidates if c.kind == "item"]
    domains = {item: usher.graph.item(item).domain for item in items}
    said = opinions(text, links, last, domains)
    voiced = (said.likes, said.dislikes, said.seen)
    return Heard(*(tuple(usher.graph.item(item).title for item in items) for items in voiced))


@pytest.mark.parametrize(
    "text",
    [
        "I loved Jaws",
        "i loved jaws",
        "I LOVED JAWS!",
        "I really enjoyed Jaws",
        "We adored Jaws",
        "I've always loved Jaws",
        "I like Jaws",
        "Loved Jaws!",
        "Loved Jaws really",
        "Big fan of Jaws here",
        "I'm hooked on Jaws",
        "I fell in love with Jaws",
        "I never get enough of Jaws, Jaws is a masterpiece",
        "Jaws was brilliant",
        "Jaws is such an absolute gem",
        "Jaws (1975) is perfect",
        "Jaws by Spielberg was great",
        "Jaws blew me away",
        "My favourite film is Jaws",
        "My favourite movie of all time is Jaws.",
        "Jaws is my favourite",
        "I saw Jaws and loved it",
        "I watched Jaws. It was wonderful",
        "Jaws, which I loved, was shot by whom?",
        "I loved the camera work in Jaws, more by whoever shot it",
        "I loved Hans Zimmer's music for Jaws. What else did the composer of Jaws score?",
        "I thought the ending of Jaws was superb",
        "I loved everything about Jaws",
        "I love films like Jaws",
        "i loved jaws what else is there like it?",
        "I can't get enough of Jaws",
        "Having loved Jaws, I want more Spielberg",
        "I found Jaws wonderful",
        "Spielberg's Jaws is awesome",
        "I hated Jaws at first, but now I love it",
        "I not only loved Jaws, I want more of it",
    ],
)
def test_liked(usher: Assistant, text: str) -> None:
    assert heard(usher, text) == Heard(likes=("Jaws",))


@pytest.mark.parametrize(
    "text",
    [
        "I hated Jaws",
        "I really hated Jaws",
        "Not a fan of Jaws",
        "I'm not a big fan of Jaws",
        "Jaws bored me",
        "Jaws bored me to tears, what else did Spielberg direct?",
        "Jaws left me cold",
        "Jaws was not for me",
        "Jaws: not for me",
        "I can't stand Jaws",
        "I couldn't finish Jaws",
        "I gave up on Jaws",
        "I walked out of Jaws",
        "I didn't like Jaws",
        "I don't like Jaws",
        "I never liked Jaws",
        "I didn't enjoy Jaws",
        "Jaws was boring",
        "Jaws is so overrated",
        "Jaws wasn't great",
        "I don't think Jaws was any good",
        "I can't say I loved Jaws",
        "I saw Jaws and hated it",
        "I expected to love Jaws, but it bored me",
        "I loved Jaws at first, but now I hate it",
        "I am sick of Jaws",
        "I don't really care for Jaws",
        "I saw Jaws but I found it dull",
        "i thought jaws sucked",
        "Jaws? Hated it.",
    ],
)
def test_disliked(usher: Assistant, text: str) -> None:
    assert heard(usher, text) == Heard(dislikes=("Jaws",))


@pytest.mark.parametrize(
    "text",
    [
        "these are crap",
        "they're all rubbish",
        "those are dull",
        "I hated these",
        "I didn't like any of them",
        "these are great",
    ],
)
def test_what_is_thought_of_a_whole_list_is_of_no_item(usher: Assistant, text: str) -> None:
    assert heard(usher, text, LAST) == Heard()


def test_a_verdict_on_several_that_are_named_is_of_each(usher: Assistant) -> None:
    assert heard(usher, "I saw Jaws and Alien. Both were great", LAST).likes == ("Jaws", "Alien")


@pytest.mark.parametrize("text", ["seen it", "nah seen it", "hmm, seen that", "I've seen it"])
def test_it_is_what_was_last_spoken_of(usher: Assistant, text: str) -> None:
    said = opinions(text, link_entities(usher.knowledge, text), LAST, focus=LAST[1])
    assert said.seen == (LAST[1],)


def test_what_is_counted_is_counted_in_the_list(usher: Assistant) -> None:
    text = "I've seen the third one"
    said = opinions(text, link_entities(usher.knowledge, text), LAST, focus=LAST[1])
    assert said.seen == (LAST[2],)


@pytest.mark.parametrize(
    "text",
    [
        "nah seen Jaws",
        "well seen Jaws",
        "I've already seen Jaws",
        "I have seen Jaws",
        "Seen Jaws already, more like it?",
        "I saw Jaws last night",
        "We watched Jaws yesterday. More films shot by Roger Deakins.",
        "What did Spielberg direct apart from Jaws, which I have watched?",
        "Not Jaws, seen it too often.",
        "No need to suggest Jaws, seen it.",
        "Films directed by Spielberg. Already seen: Jaws.",
        "I didn't hate Jaws",
        "I hated the ending of Jaws",
        "I never get tired of Jaws",
    ],
)
def test_seen(usher: Assistant, text: str) -> None:
    assert heard(usher, text) == Heard(seen=("Jaws",))


@pytest.mark.parametrize(
    "text",
    [
        "Jaws",
        "films with the same cinematographer as Jaws",
        "Is Jaws any good?",
        "Was Jaws boring?",
        "Did I like Jaws?",
        "Have I seen Jaws?",
        "Have you seen Jaws?",
        "Would I like Jaws?",
        "Should I have seen Jaws?",
        "Seen Jaws yet?",
        "Do you think Jaws is boring?",
        "I'd love to see Jaws",
        "I would like Jaws",
        "I want to watch Jaws",
        "I'd like something like Jaws",
        "something like Jaws",
        "I feel like Jaws tonight",
        "I haven't seen Jaws",
        "I've never seen Jaws",
        "my dad loved Jaws",
        "Family loved Jaws",
        "My wife saw Jaws and loved it",
        "people who loved Jaws",
        "If you liked Jaws, what would you suggest?",
        "Everyone says Jaws is brilliant",
        "I heard Jaws is great",
        "They told me Jaws was boring",
        "Spielberg loved Jaws",
        "Tell me if Jaws is good",
        "I love films by the director of Jaws",
        "I love the director of Jaws",
        "I read that Jaws is long",
        "Jaws is on tonight, and I love that you never see him",
        "I wish I had seen Jaws",
        "Not sure if I've seen Jaws",
        "I would have loved Jaws if it were shorter",
        "Nobody liked Jaws",
        "Forget that I liked Jaws",
        "please forget I liked Jaws",
        "ignore that I have seen Jaws",
        "Do you find Jaws dull?",
        "who shot Jaws?",
        "great films like Jaws",
        "a boring question about Jaws",
        "",
        "I loved it",
    ],
)
def test_no_opinion(usher: Assistant, text: str) -> None:
    assert heard(usher, text) == Heard()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "I loved Jaws and Alien",
            Heard(
                likes=(
                    "Jaws",
                    "Alien",
                )
            ),
        ),
        (
            "My favourites: Jaws, Alien and Psycho",
            Heard(
                likes=(
                    "Jaws",
                    "Alien",
                    "Psycho",
                )
            ),
        ),
        ("I loved Jaws but not Alien", Heard(likes=("Jaws",), dislikes=("Alien",))),
        ("I loved Jaws but hated Alien", Heard(likes=("Jaws",), dislikes=("Alien",))),
        ("Loved Jaws. Hated Alien!", Heard(likes=("Jaws",), dislikes=("Alien",))),
        ("I've seen Jaws, and I loved Alien", Heard(likes=("Alien",), seen=("Jaws",))),
        ("I loved Jaws more than Alien", Heard(likes=("Jaws",))),
        (
            "skip The Birds and Vertigo, I've seen them",
            Heard(
                seen=(
                    "The Birds",
                    "Vertigo",
                )
            ),
        ),
        (
            "seen inception seen memento any other nolan films",
            Heard(
                seen=(
                    "Inception",
                    "Memento",
                )
            ),
        ),
        ("Jaws is a masterpiece; is Alien as good?", Heard(likes=("Jaws",))),
        ("I liked neither Jaws nor Alien", Heard(dislikes=("Jaws", "Alien"))),
        ("Psycho. Loved it. Fargo. Hated it.", Heard(likes=("Psycho",), dislikes=("Fargo",))),
        ("My dad loved Jaws but I hated it", Heard(dislikes=("Jaws",))),
    ],
)
def test_several_titles(usher: Assistant, text: str, said: Heard) -> None:
    assert heard(usher, text) == said


@pytest.mark.parametrize(
    ("text", "domain"), [("I read Dune", "book"), ("I watched Dune", "movie"), ("I've seen Dune", None)]
)
def test_what_was_read_is_a_book_and_what_was_watched_a_film(
    usher: Assistant, text: str, domain: str | None
) -> None:
    links = link_entities(usher.knowledge, text)
    items = [ItemId(c.id) for m in links.mentions for c in m.candidates if c.kind == "item"]
    said = opinions(text, links, domains={item: usher.graph.item(item).domain for item in items})
    assert usher.graph.item(said.seen[0]).domain == (domain or usher.graph.item(items[0]).domain)


@pytest.mark.parametrize(("year", "item"), [(1932, "movie/scarface-1932"), (1983, "movie/scarface-1983")])
def test_a_year_tells_which_of_two_films_was_liked(usher: Assistant, year: int, item: str) -> None:
    text = f"I loved Scarface ({year})"
    assert opinions(text, link_entities(usher.knowledge, text)).likes == (item,)


# The last answer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("seen it", Heard(seen=("Grease",))),
        ("I've seen it already", Heard(seen=("Grease",))),
        ("I've seen the second one", Heard(seen=("Fargo",))),
        (
            "ive already seen the first two",
            Heard(
                seen=(
                    "Grease",
                    "Fargo",
                )
            ),
        ),
        ("I've seen number 3", Heard(seen=("Heat",))),
        (
            "I've seen them all",
            Heard(
                seen=(
                    "Grease",
                    "Fargo",
                    "Heat",
                )
            ),
        ),
        ("I loved the last one", Heard(likes=("Heat",))),
        ("hated it", Heard(dislikes=("Grease",))),
        ("it bored me", Heard(dislikes=("Grease",))),
        ("loved it, more like that", Heard(likes=("Grease",))),
        ("have I seen the second one?", Heard()),
        ("not the second one", Heard()),
        ("I haven't seen the second one", Heard()),
        ("I've seen the ninth one", Heard()),
        ("more", Heard()),
    ],
)
def test_of_the_last_answer(usher: Assistant, text: str, said: Heard) -> None:
    assert heard(usher, text, LAST) == said


def test_a_title_in_the_text_goes_before_the_last_answer(usher: Assistant) -> None:
    assert heard(usher, "Not Jaws, seen it.", LAST) == Heard(seen=("Jaws",))


def test_equal_text_gives_equal_opinions(usher: Assistant) -> None:
    text = "I loved Jaws but not Alien, and I've seen Psycho"
    links = link_entities(usher.knowledge, text)
    assert opinions(text, links) == opinions(text, links)


PIECES = (
    "I I've we my dad you he loved hated like seen read not never didn't but and which that it them Jaws "
    "Alien Dune Psycho was is boring brilliant me bored favourite if the second of in by Spielberg to , . "
    "? ! ( ) :"
).split()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_no_text_gives_opinions_that_contradict_each_other(usher: Assistant, pieces: list[str]) -> None:
    text = " ".join(pieces)
    said = opinions(text, link_entities(usher.knowledge, text), LAST)
    voiced = [*said.likes, *said.dislikes, *said.seen]
    assert len(voiced) == len(set(voiced))
