"""A message as the rules of a dialogue look at it, and the items that it points at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.builtin.dialogue.state import DialogueState, focus_of
from agent.builtin.interpret.fact_questions import FactQuestion
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.ordinals import positions
from agent.builtin.plan.tool_session import ToolSession

_BARE = 5  # words of a text that is little more than a year
_FOLLOW_UP = 9  # words; a longer text stands by itself unless it opens like a follow-up
_STORY = 45  # words from which on most tell of whoever asks


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text that may follow up, in the forms that rules look at; `words` are folded, without small talk.

    Questions `apart` stand beside a request that they have no part in.
    """

    chunks: Sequence[Chunk]
    reading: ParsedRequest
    state: DialogueState
    words: tuple[str, ...]
    session: ToolSession
    spoken: tuple[str, ...] = ()
    questions: tuple[FactQuestion, ...] = ()
    apart: tuple[FactQuestion, ...] = ()

    @property
    def text(self) -> str:
        """The words, joined."""
        return " ".join(self.words)

    def has(self, *phrases: str) -> bool:
        """Tell whether one of the phrases occurs."""
        text = f" {self.text} "
        for phrase in phrases:  # noqa: SIM110 - a hundred times a message, and `any` takes twice as long
            if phrase in text and f" {phrase} " in text:
                return True
        return False

    def says(self, section: str) -> bool:
        """Tell whether one of the phrases of a section of the words of acts occurs."""
        return self.has(*tables("acts")[section])

    def says_of(self, section: str) -> bool:
        """Tell whether one of the phrases of a section of the words of questions occurs."""
        return self.has(*tables("questions")[section])

    @property
    def is_short(self) -> bool:
        """Whether so few words may follow up without saying so."""
        return len(self.words) <= _FOLLOW_UP

    @property
    def is_long(self) -> bool:
        """Whether so many words are more than a follow-up."""
        return len(self.words) > 2 * _FOLLOW_UP

    @property
    def tells_story(self) -> bool:
        """Whether so many words tell more than what is asked for: of a request by names even fewer do."""
        reading = self.reading
        named = (*reading.wanted, *reading.references, *reading.claims, *reading.mentioned)
        known = reading.profile or (reading.categories and self.session.knows_person)
        return len(self.words) > _STORY or (self.is_long and bool(named or known))

    @property
    def names_something(self) -> bool:
        """Whether names, kinds or years of a request stand in the text."""
        reading = self.reading
        stated = (*reading.wanted, *reading.categories, *reading.none_of, *reading.any_of)
        compared = reading.comparisons or reading.sorts
        asked = stated or reading.references or reading.claims or compared
        return bool(asked or reading.not_years) or reading.years != (None, None)


def pointed_at(utterance: Utterance) -> str | None:
    """Return the item a text points at: named in it, counted ('the second'), or the one last talked about."""
    named = named_items(utterance)
    if named:
        return named[0]
    places = places_of(utterance)
    if places:
        return utterance.state.items[places[0]] if places[0] < len(utterance.state.items) else None
    if utterance.has("it", "that one", "this one", "that film", "that movie", "that book", "that", "its"):
        return focus_of(utterance.state)
    return None


def named_items(utterance: Utterance) -> list[str]:
    """Return the items that the one title named in a text may mean, the likeliest first."""
    titles = [title for title in utterance.reading.mentioned if title.choices]
    if len(titles) != 1:
        return []
    return [choice.id for choice in titles[0].choices if choice.match == titles[0].choices[0].match]


def places_of(utterance: Utterance) -> list[int]:
    """Return the positions of the last answer that ordinals in a text point at."""
    return positions(utterance.words, len(utterance.state.shown))


def shown_domain(utterance: Utterance) -> str | None:
    """Return the domain that all items shown are of; None for several, or for none."""
    domains = {item.partition("/")[0] for item in utterance.state.shown}
    return domains.pop() if len(domains) == 1 else None


def title_of(utterance: Utterance, item: str) -> str:
    """Return the title of an item that was named or shown."""
    named = [c.label for t in utterance.reading.mentioned for c in t.choices if c.id == item]
    known = named[0] if named else utterance.state.hits.get(item, {}).get("title")
    if known is None and utterance.session.has("describe_item"):
        known = (utterance.session.call("describe_item", item=item) or {}).get("title")
    return str(known or "It")


def bare_year(utterance: Utterance) -> tuple[int, int] | None:
    """Return the year that stands alone in a follow-up: 'same but 1996'."""
    years = [int(word) for word in utterance.words if re.fullmatch(r"(19|20)\d\d", word)]
    return (years[0], years[0]) if len(years) == 1 and len(utterance.words) <= _BARE else None
