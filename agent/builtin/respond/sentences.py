"""The sentences the built-in model says itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from agent.builtin.respond.groups import OTHERWISE
from agent.builtin.respond.questions import OFFER
from agent.headings import in_words
from agent.phrasing import listed

MAX_REQUEST = 4_000  # characters of a message that are read
TOO_LONG = (
    f"That is more text than I can read at once: at most {MAX_REQUEST:,} characters."
    " Tell me in a few sentences what you are looking for."
)
NOT_UNDERSTOOD = (
    "I could not find anything in that to go by. Name a title, a person, a genre or what somebody did."
)
BY_FACTS = "These have most in common with what you named."
BY_TASTE = "These have most in common with what you chose lately."
BY_CHOICES = "People choose these next after such items."
BY_HISTORY = "People choose these next after what you chose lately."
_LIKE = {
    "choices": "people who chose it chose these next",
    "facts": "they have most in common with it",
    "descriptions": "their descriptions are alike",
}
_CHOICES = 8  # names that are offered at once

ABOUT = (
    "You are talking to Usher. I recommend what is in one catalogue, check what you say about it, and show"
    " nothing that the catalogue does not prove. Ask for something in your own words; /help shows what else"
    " there is."
)
WHO = "You are talking to Usher, a program."
MEMORY = (
    "What you say is kept for this conversation. Of you yourself something is kept only where you chose a"
    " person's memory: /me shows all of it, and /me delete erases it."
)
WELCOME = "You are welcome."
NOTHING_YET = "There is no earlier answer to change. Ask for something first."
NO_EARLIER = (
    "This is where our conversation begins for me: I know of no earlier recommendation. Tell me what you"
    " would like instead, and I will look."
)
STARTED_OVER = "Forgotten. Ask for something new."

STOPPED = "I stopped looking here; these are proved."
STOPPED_NEAR = "I stopped looking here; these are near, and nothing about them is proved."
ALL_LEFT_OUT = "All that fits is left out, as you asked."
NO_MORE = "That is all there is of that kind in this catalogue. Ask for something else, or drop a condition."
NO_YEARS = "The catalogue lists no years for these, so I can't tell which are newer or older."
OPINION = "Fair enough, tastes differ. Tell me what you would like instead, and I will look."
LESSER = "Less well-known ones first."
WHAT_KIND = {"text": "Any genre, person or title I should go by?", "slot": "genre", "choices": []}
WHOM = {"text": "Whom do you mean?", "slot": "", "choices": []}
WHAT_INSTEAD = {"text": "What should be different?", "slot": "", "choices": []}
GREETING = "Hello! What are you in the mood for? Name a title, a person, a genre or a decade."
GOODBYE = "Goodbye, and enjoy."
NAME_ANOTHER = "Name another title, a person or a genre, and I will look."
GLAD = "Glad to hear it."
NO_ORDER = "No years are listed here, so I cannot tell in which order they come."
NO_BEST = "Which is best, the catalogue cannot say."
ONLY_THE_LAST = "I only go on from the last list. Ask for the other one again, please."
LEFT_OPEN = "All right. I leave nothing out for that."
ALRIGHT = "All right. Tell me what should be different, or ask for something else."
BY_THEME = "Only those whose descriptions speak of"
NOTED = "I see. Tell me what you would like, and I will look."
LEAVING = "Type /quit to leave."
UNREADABLE = "I couldn't make sense of that. Name a title, a person, a genre or a decade."


def which_of(names: Sequence[str]) -> dict[str, Any]:
    """Return the question which of several people is meant."""
    return WHOM | {"choices": list(dict.fromkeys(names))[:_CHOICES]}


def first_of(title: str, *, by_fame: bool) -> str:
    """Return which of the shown items to begin with; they come in another order unless `by_fame`."""
    why = "it is the best known of these" if by_fame else "it comes first in this order"
    return f"Start with {title}: {why}."


def first_of_named(title: str, by: str) -> str:
    """Return which of the named items to begin with, and why."""
    why = "It suits you best of these" if by != "nothing known" else "It is the best known of these"
    return f"{OFFER} {title}? {why}; how they feel, the catalogue cannot say."


def speaking_of(words: Sequence[str]) -> str:
    """Return that of the items found only those are shown whose descriptions have words."""
    return f"{BY_THEME} {quoted(words)}; that is not proved." if words else ""


def found_by(words: Sequence[str]) -> str:
    """Return by which words of their descriptions items were found."""
    return f"Their descriptions come nearest to {quoted(words)}." if words else ""


def nearest_first(words: Sequence[str]) -> str:
    """Return by which words items were put in order."""
    return f"First those whose descriptions come nearest to {quoted(words)}; that is not proved."


def not_spoken_of(lost: Sequence[str], unheard: Sequence[str]) -> str:
    """Return what no description speaks of: words that none has, else words that none has together."""
    if unheard:
        return f"No description here speaks of {quoted(unheard)}."
    return f"No description here speaks of {quoted(lost)}{' together' if len(lost) > 1 else ' as well'}."


def not_needed(said: str) -> str:
    """Return that what was wanted in the second place was not looked for."""
    return f"That is here, so I left “{said}” for later."


def named_alike(title: str) -> str:
    """Return that items were found by how their titles begin."""
    return f"Their titles begin like {title}; no fact says more."


def by_title(title: str, *, later: bool) -> str:
    """Return that items were found by how their titles begin, and when they are from."""
    return (
        f"Their titles begin like {title}, and they are {'later' if later else 'earlier'}; no fact says more."
    )


def no_sequel(title: str, *, later: bool) -> str:
    """Return that nothing is called like an item and came after it, or before."""
    return f"Nothing here is called like {title} and came {'after' if later else 'before'} it."


def by_likeness(titles: Sequence[str]) -> str:
    """Return that items come in the order of what people choose after others."""
    return f"What goes best with {listed(titles)} comes first." if titles else ""


def speak_first(subject: Sequence[str]) -> str:
    """Return that what speaks of a subject comes first."""
    return f"First those whose descriptions speak of {quoted(subject)}."


def goes_first(words: Sequence[str]) -> str:
    """Return which of the items that are like others come first."""
    return f"What is nearer to {quoted(words)} by its description comes sooner."


def kinds_first(labels: Sequence[str], *, strictly: bool) -> str:
    """Return that items of kinds come first, `strictly` or but for what is far more like what is liked."""
    how = "first." if strictly else "sooner; anything else here is much closer to it."
    return f"What is listed as {quoted(labels)} comes {how}"


def quoted(words: Sequence[str]) -> str:
    """Return words in quotation marks, with commas between."""
    return ", ".join(f"“{word}”" for word in words)


def all_left_out(words: Sequence[str]) -> str:
    """Return that all items about something are what was ruled out."""
    return f"All that is about {quoted(words)} here is or speaks of what you ruled out."


def left_out(words: Sequence[str]) -> str:
    """Return that items were left out for what their descriptions say."""
    return f"Left out what speaks of {quoted(words)}."


def enjoy(title: str) -> str:
    """Return a wish for an item that was chosen; of some item without a title."""
    return f"Enjoy {title}!" if title else "Enjoy!"


def nothing_shifted(*, newer: bool) -> str:
    """Return that there are no newer or older items under the same conditions."""
    return f"There are no {'newer' if newer else 'older'} ones that satisfy the same conditions here."


def because(title: str, conditions: Sequence[dict[str, str]]) -> str:
    """Return why an item was recommended."""
    if not conditions:
        return f"{title} was matched by similarity, not proved."
    return f"You asked for {in_words(conditions)}; {title} is one."


def by_description(title: str, words: Sequence[str]) -> str:
    """Return that an item was found by what describes it."""
    return f"The description of {title} comes near to {quoted(words)}; that is not proved."


def like(title: str, by: Literal["choices", "facts", "descriptions"]) -> str:
    """Return by what items like another were found."""
    return f"These are similar to {title}: {_LIKE[by]}. That is likeness, not proof."


def by_choices(
    by: str, reasons: Sequence[dict[str, Any]], titles: dict[str, str], *, named: bool = True
) -> str:
    """Return how items like others were found, with the strongest reason; `titles` of the items by id.

    The others were `named`, or are what the person chose before.
    """
    what = (BY_CHOICES, BY_HISTORY) if by == "choices" else (BY_FACTS, BY_TASTE)
    start = what[0] if named else f"{what[1]} {OTHERWISE}"
    told = [each for each in reasons if each["after"] in titles]
    if not told:
        return start
    best = max(told, key=lambda each: each["people"])
    went = went_on(titles[best["item"]], titles[best["after"]], best["people"])
    return f"{start} For example, {went}"


def went_on(title: str, after: str, people: int) -> str:
    """Return how many people chose an item after another."""
    who = f"{people} people" if people > 1 else "one person"
    return f"{who} who chose {after} went on to {title} within five choices."


def much_in_common(title: str) -> str:
    """Return that an item was offered because of what it shares with others."""
    return f"{title} was offered by what it has in common with what you named or chose, not proved."


def read_as(names: Sequence[tuple[str, str]]) -> str:
    """Return a sentence about misspelt names, `(as written, as read)`; '' if there are none."""
    return " ".join(f"I read “{written}” as {label}." for written, label in names)


def took_for(title: str, year: int | None) -> str:
    """Return which of several items of one title was meant."""
    return f"I went by {title} ({year})." if year else ""


def second_reading(conditions: Sequence[dict[str, str]]) -> str:
    """Return the heading of a second reading."""
    return f"If you meant {in_words(conditions)}"


def nothing(
    conditions: Sequence[dict[str, str]],
    years: tuple[int | None, int | None] = (None, None),
    *,
    other: bool = False,
    units: Mapping[str, str] | None = None,
    among: str = "",
    ruled: bool = False,
    either: bool = False,
) -> str:
    """Return a sentence that nothing satisfies the conditions in these years, or nothing `other`.

    `among` are the items that were looked through, if not all: "books". Something is `ruled` out, or they
    have to satisfy one of several others (`either`).
    """
    bounds = [(">=", years[0]), ("<=", years[1])]
    stated = [{"relation": "year", "op": op, "value": str(year)} for op, year in bounds if year is not None]
    conditions = [each for place, each in enumerate(conditions) if each not in conditions[:place]]
    if not (conditions or stated):
        return "There is nothing else of that kind in this catalogue."
    what = in_words([*conditions, *stated], units)
    if ruled and not other and [each["relation"] for each in (*conditions, *stated)] == ["genre"]:
        return f"Nothing else here is listed as {quoted([conditions[0]['value']])}."
    where = f"among the {among} here" if among else "in this catalogue"
    rest = (
        " that you did not leave out" if ruled else " that fits the rest of what you asked" if either else ""
    )
    return f"I found no {'other ' if other else ''}{what} {where}{rest}."


def none_listed(kinds: Sequence[str]) -> str:
    """Return that none of the items that are shown is listed as being of some kinds."""
    return f"None of these is listed here as {quoted(kinds)}."


def relaxed(nothing: str, dropped: dict[str, str]) -> str:
    """Return a sentence that one condition had to be dropped."""
    return f"{nothing} Without “{dropped['value']}” there are these."


def none_of_all(conditions: Sequence[dict[str, str]], years: tuple[int | None, int | None]) -> str:
    """Return a sentence that nothing is all of what was asked, and that some of each follow."""
    return f"{nothing(conditions, years)} Here are some of each."


def nth_by_year(place: int) -> str:
    """Return which of a series an item is, as far as years tell."""
    return f"Number {place} of the series by year."


def fewer_in_series(count: int) -> str:
    """Return that a series has fewer items here than the place that was asked for."""
    return f"There {'is only one' if count == 1 else f'are only {count}'} of the series here."


def nothing_near(title: str) -> str:
    """Return that nothing near an item is beyond it as wished."""
    return f"Nothing near {title} here is like that."
