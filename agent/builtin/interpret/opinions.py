"""Opinions said in passing: what somebody liked, disliked or has seen.

A function of the text and its links. A question, a wish, somebody else's opinion and a title that is only
mentioned say nothing. What is liked of an item ("the camera work in X") counts for the item; what is disliked
of it only tells that it was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from agent.builtin.interpret.opinion_targets import Cue, Targets
from agent.builtin.lexicon import opinions as words
from agent.builtin.lexicon.opinions import CUES, LONGEST, Sense
from agent.builtin.parse.chunks import Chunk, Vocabulary, chunk_text
from kg.types import ItemId
from tools.types import Links

_NEGATED: dict[Sense, Sense] = {"like": "dislike", "dislike": "seen"}  # "not seen" says nothing


@dataclass(frozen=True, slots=True)
class Opinions:
    """Items by what was said of them, in the order of the text; an item is in one of the three."""

    likes: tuple[ItemId, ...] = ()
    dislikes: tuple[ItemId, ...] = ()
    seen: tuple[ItemId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.likes or self.dislikes or self.seen)


def opinions(
    text: str, links: Links, last: Sequence[str] = (), domains: Mapping[str, str] | None = None
) -> Opinions:
    """Return the opinions that a text voices.

    Args:
        text: what the person said.
        links: what `link_entities` found in it.
        last: the items of the last answer, in the order shown: what "seen it" and "the second one" mean.
        domains: the domains of linked items by id: what was read is a book, what was watched a film.
    """
    roles = {role for mention in links.mentions for each in mention.candidates for role in each.roles}
    chunks = chunk_text(text, asdict(links), Vocabulary(tuple(sorted(roles)), (), {}))
    chunks = [_as_title(chunk) for chunk in chunks]
    return _Listener(text, chunks, last, domains or {}).opinions()


def _as_title(chunk: Chunk) -> Chunk:
    """Read a name that is an item's too as the item: an opinion is of what was seen, not of its series."""
    items = tuple(choice for choice in chunk.choices if not choice.roles)
    return replace(chunk, kind="title", choices=items) if chunk.kind == "entity" and items else chunk


class _Listener(Targets):
    """Hears what the atoms of a text say of titles."""

    def opinions(self) -> Opinions:
        """Return everything voiced; what is said later replaces what was said before."""
        voiced: dict[ItemId, Sense] = {}
        for cue in self._cues():
            found = self._of_verb(cue) if cue.kind == "verb" else self._of_title(cue)
            for sense, item in found:
                if sense != "seen" or item not in voiced:
                    voiced[item] = sense
        by: dict[Sense, list[ItemId]] = {"like": [], "dislike": [], "seen": []}
        for item, sense in voiced.items():
            by[sense].append(item)
        return Opinions(tuple(by["like"]), tuple(by["dislike"]), tuple(by["seen"]))

    def _cues(self) -> Iterator[Cue]:
        i = 0
        while i < len(self.chunks):
            cue = next((c for n in range(LONGEST, 0, -1) if (c := self._cue(i, n))), None)
            if cue is not None:
                yield cue
            i = cue.end if cue is not None else i + 1

    def _cue(self, i: int, length: int) -> Cue | None:
        run = self.chunks[i : i + length]
        said = tuple(chunk.text for chunk in run)
        if said not in CUES or any(chunk.kind != "word" for chunk in run):
            return None
        return Cue(i, i + len(run), *CUES[said], " ".join(said))

    # Verbs of the person: "I loved X"

    def _of_verb(self, cue: Cue) -> Iterator[tuple[Sense, ItemId]]:
        first = self._first(cue)
        stated = self._is(first, "word", words.SELF)
        voiced = self._is_stated(cue, first) if stated else self._is_left_out(cue, first)
        if not voiced or self._is(cue.end, "word", ("to",)):
            return
        sense = self._turned(cue, first)
        if sense is None:
            return
        items, part, after = self._object(cue, first)
        if not stated and after and self._is_asked(after):
            return
        for item in items:
            yield ("seen" if part and sense == "dislike" else sense), item
        if sense == "like" and after:
            yield from (("dislike", item) for item in self._but_not(after))

    def _first(self, cue: Cue) -> int:
        """Return where the statement of a verb begins: at its 'I', else at the first adverb before it."""
        j = cue.start
        while self._is_adverb(j - 1):
            j -= 1
        said = [k for k in range(j - 1, cue.start) if self._is(k, "word", words.SELF)]
        return said[-1] if said else j

    def _is_stated(self, cue: Cue, subject: int) -> bool:
        """Tell whether 'I … verb' is a statement: no wish, no question, not to be forgotten."""
        said = {chunk.text for chunk in self.chunks[subject : cue.start]}
        unsettled = self._opening(subject) & words.UNSETTLED or said & words.WISHES
        told = subject - 1 if self._is(subject - 1, "word", ("that", "what")) else subject
        taken_back = self._is(told - 1, "word", words.TAKING_BACK)
        return not (unsettled or taken_back or self._is(subject - 1, "word", words.ASKING))

    def _is_left_out(self, cue: Cue, first: int) -> bool:
        """Tell whether a verb has no subject and so is the person's: 'Loved X', '… and loved it'."""
        said = {chunk.text for chunk in self.chunks[first : cue.start]}
        opens = self._kind(first - 1) in ("", "mark", "title") or self._is(first - 1, "word", ("and", "but"))
        return cue.said != "like" and opens and not (said & words.WISHES or self._is_of_others(first - 1))

    def _is_of_others(self, place: int) -> bool:
        """Tell whether the nearest person named before in a sentence is somebody else: 'my dad saw X and'."""
        for j in range(place, -1, -1):
            if self.chunks[j].sentence != self.chunks[place].sentence or self._is(j, "word", words.SELF):
                return False
            if self._is(j, "word", words.OTHERS | words.OWNERS):
                return True
        return False

    def _turned(self, cue: Cue, first: int) -> Sense | None:
        """Return what a verb says with its negations: not liked is disliked, not seen says nothing."""
        before = {chunk.text for chunk in self.chunks[max(0, first - 5) : first] if chunk.kind == "word"}
        unsure = bool(before & words.NOT and before & words.UNSURE)
        neither = self._is(cue.end, "word", words.NEITHER)
        negated = neither or any(self._denies(j) for j in range(first, cue.start))
        return _NEGATED.get(cue.sense) if negated or unsure else cue.sense

    def _denies(self, j: int) -> bool:
        return self._is(j, "word", words.NOT) and not self._is(j + 1, "word", words.ONLY)

    def _object(self, cue: Cue, first: int) -> tuple[list[ItemId], bool, int]:
        """Return what a verb speaks of, whether only a part of it, and the place after it (0: before it)."""
        k, pointing = self._right(cue.end)
        if k is not None:
            between = {chunk.text for chunk in self.chunks[cue.end : k]}
            told = self._is(k - 1, "word", words.TOLD) and k - 1 == cue.end
            if told and cue.sense == "seen":
                return [], False, 0
            run = self._list_right(k, "title")
            part = bool(between & words.PARTS) and not between & words.GENERAL
            return self._items(run, cue), part, run[-1] + 1
        if counted := self._counted(cue.end):
            return counted, False, 0
        if pointing:
            return self._pointed(cue, pointing), False, 0
        return self._items(self._relative(first), cue), False, 0

    # What is said of an item: "X bored me", "X was brilliant", "my favourite is X"

    def _is_hearsay(self, opening: set[str]) -> bool:
        """Tell whether the words before an item leave what is said of it to others, or open."""
        owned = opening & words.OWNERS and not opening & words.OPINION
        return bool(owned or opening & (words.HEARSAY | words.OTHERS))

    def _of_title(self, cue: Cue) -> Iterator[tuple[Sense, ItemId]]:
        if self._is_asked(cue.end):
            return
        mine = self._is(cue.start - 1, "word", ("my",)) or self._is(cue.start - 3, "word", ("my",))
        run, first = self._left(cue)
        if not run and cue.said.startswith("favo") and mine and (k := self._favourite(cue.end)) is not None:
            yield from (("like", item) for item in self._items(self._list_right(k, "title")))
            return
        place = run[0] if run else first
        between = {chunk.text for chunk in self.chunks[first : cue.start]}
        judged = between & words.COPULAS or self._is(place - 1, "word", words.JUDGING)
        opening = self._opening(place)
        if (cue.kind == "verdict" and not judged) or self._is_hearsay(opening):
            return
        items = self._items(run) if run else self._pointed(cue, "it") if between & words.PRONOUNS else []
        neither = self._is(place - 1, "word", words.NEITHER)
        negated = neither or between & words.NOT or (opening & words.NOT and opening & words.UNSURE)
        part = bool(run) and self._is(run[0] - 1, "word", words.PARTS)
        sense = _NEGATED[cue.sense] if negated else cue.sense
        for item in items:
            yield ("seen" if part and sense == "dislike" else sense), item
