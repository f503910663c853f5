"""Wishes for other items than those shown: more, newer ones, some like one of them, others by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.dialogue.acts import (
    CompareShown,
    LikeBut,
    LikeNamed,
    More,
    MoreLike,
    SamePerson,
    ShiftFame,
    ShiftYears,
    Vary,
)
from agent.builtin.dialogue.fragments import PEOPLE, stands_alone
from agent.builtin.dialogue.item_bounds import bound_said
from agent.builtin.dialogue.state import focus_of
from agent.builtin.dialogue.utterance import Utterance, places_of, shown_domain
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.profiles import NUMBERS
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.dates import dates
from agent.builtin.parse.phrases import Phrases, places_said
from tools.moods import mood_words

_LESSER_KNOWN = Phrases(tables("acts")["lesser known kinds"])
_ONE_FOR = ("for", "backup", "spare", "extra", "else", "in")  # "ONE FOR next week too"


def more(utterance: Utterance) -> More | None:
    """'any others?', 'two more please'."""
    openly = utterance.has("other way", *tables("clauses")["open request"])  # 'the other way round'
    if not utterance.state.items or utterance.reading.mentioned or utterance.is_long or openly:
        return None
    phrase = utterance.says("more") or utterance.says("what is left")
    alone = bool(words("acts", "more alone") & set(utterance.words)) and utterance.is_short
    one = utterance.words[:1] == ("one",) and utterance.words[1:2] != () and utterance.words[1] in _ONE_FOR
    if not (phrase or alone or one) or _adds_something(utterance) or _describes(utterance):
        return None
    return More(utterance.reading.limit or _counted_more(utterance))


def _describes(utterance: Utterance) -> bool:
    """Tell whether a text says what further items are like: 'more films WITH two women on the run'."""
    pairs = pairwise(utterance.words)
    return any(
        noun in ITEM_NOUNS - {"one", "ones"} and word in words("acts", "describing") for noun, word in pairs
    )


def _counted_more(utterance: Utterance) -> int | None:
    """Return how many more are wanted: 'three more', 'another one', 'a couple of others'."""
    if utterance.has("one more", "another one", "another film", "another movie", "another book"):
        return 1
    before = [word for word, after in pairwise(utterance.words) if after in ("more", "others", "other")]
    before += [after for word, after in pairwise(utterance.words) if word in ("another", "other")]
    counts = (int(word) if word.isdecimal() else NUMBERS.get(word, 0) for word in before)
    return next((count for count in counts if count), None)


def _adds_something(utterance: Utterance) -> bool:
    """Tell whether a text names what the last request did not: 'any other comedies?' adds nothing there."""
    reading, state = utterance.reading, utterance.state
    dated = reading.years not in ((None, None), state.filters.years)
    measured = reading.comparisons or reading.sorts
    if reading.none_of or reading.references or reading.claims or dated or measured:
        return True
    if reading.domain and state.filters.domain and reading.domain != state.filters.domain:
        return True
    stated = {c["value"] for c in (*state.conditions, *state.filters.any_of)}
    people = {c["value"] for c in state.conditions if c["relation"] in PEOPLE}
    labels = {choice.label for each in reading.wanted for choice in each.name.choices}
    if labels & people and people - labels:
        return True  # 'what else by X' after films by X shot by Y
    named = [each.name for each in (*reading.wanted, *reading.any_of)] + list(reading.categories)
    return any(not stated & {choice.label for choice in name.choices} for name in named)


def more_of_the_same(utterance: Utterance) -> Vary | None:
    """'something funnier' after comedies: what is asked for holds already, and nothing tells how much."""
    reading = utterance.reading
    kinds = {choice.label for name in reading.categories for choice in name.choices}
    stated = {c["value"] for c in utterance.state.conditions}
    compared = words("acts", "comparative") & set(utterance.words) or utterance.has("more", "less", "even")
    plain = not (reading.wanted or reading.mentioned or reading.none_of or reading.any_of)
    whole = bool(kinds) and all({c.label for c in n.choices} & stated for n in reading.categories)
    return Vary() if plain and whole and compared and not utterance.says("more") else None


_LIKE = ("similar", "like it", "like that", "like that one", "like this")


def more_like(utterance: Utterance) -> MoreLike | None:
    """'more like the second one', 'seen those, something like them though'."""
    seems = utterance.says("sounding like")  # 'the second SOUNDS LIKE my kind of film'
    reading = utterance.reading
    named = reading.wanted or reading.categories or reading.none_of or reading.any_of or reading.comparisons
    only_dated = reading.years != (None, None) and not (named or reading.sorts) and utterance.has(*_LIKE)
    other = utterance.names_something and not only_dated
    if other or reading.mentioned or utterance.says("unlike") or seems:
        return None
    if any(chunk.kind == "entity" and not chunk.choices for chunk in utterance.chunks):
        return None  # 'similar to Zorg', which nobody knows
    if utterance.has("something like them", "something like those", "others like them", "others like those"):
        return MoreLike(utterance.state.shown) if utterance.state.shown else None
    beside = utterance.says("beside it") and not utterance.is_long
    if not (utterance.is_short or beside):
        return None
    pointing = beside or utterance.says("likeness")
    counted = bool(places_of(utterance)) and utterance.has(
        "like", "similar to", *tables("acts")["in the style of"]
    )
    state = utterance.state
    if utterance.says("anything else") and not (counted or state.told or state.focus) and state.conditions:
        return None  # 'anything else in that vein?' of a whole list
    if not (pointing or counted) or utterance.has("i like", "dont like", "not like", "id like", "would like"):
        return None
    places = [p for p in places_of(utterance) if p < len(utterance.state.shown)]
    item = utterance.state.items[places[0]] if places else focus_of(utterance.state)
    return MoreLike((item,)) if item is not None else None


def like_but(utterance: Utterance) -> LikeBut | None:
    """'more like the first but newer', 'something like the second one, only shorter'."""
    reading, shown = utterance.reading, utterance.state.shown
    names = reading.wanted or reading.categories or reading.none_of or reading.any_of or reading.mentioned
    if names or utterance.is_long or not utterance.has("like"):
        return None
    places = [place for place in places_of(utterance) if place < len(shown)]
    pointing = utterance.says("likeness")
    item = shown[places[0]] if places else focus_of(utterance.state) if pointing else None
    if item is None:
        return None
    if reading.shifts:
        shift = reading.shifts[0]
        return LikeBut(item, None, CompareShown(shift.relation, shift.lower, tuple(shift.text.split())))
    newer, older = utterance.says("newer"), utterance.says("older")
    return LikeBut(item, bool(newer)) if newer or older else None


def like_named(utterance: Utterance) -> LikeNamed | None:
    """'like Alien or Jaws', 'in the style of Heat': nothing is said but what items should be like."""
    led = utterance.has("like", "similar to", *tables("acts")["in the style of"])
    if not led or not utterance.state.conditions or not utterance.is_short or utterance.names_something:
        return None
    titles = [title for title in utterance.reading.mentioned if title.choices]
    others = {c.text for c in utterance.chunks if c.kind not in ("title", "mark", "entity")}
    plain = others <= words("acts", "beside titles to be like") and not utterance.says("unlike")
    if not (titles and plain):
        return None
    likeliest = [[c for c in title.choices if c.match == title.choices[0].match] for title in titles]
    domain = utterance.state.filters.domain or shown_domain(utterance)
    meant = [next((c for c in each if c.domain == domain), each[0]) for each in likeliest]
    return LikeNamed(tuple(choice.id for choice in meant), tuple(choice.label for choice in meant))


def same_person(utterance: Utterance) -> SamePerson | None:
    """'what else did she write?', 'more by that same composer'."""
    reading = utterance.reading
    said = {chunk.text for chunk in utterance.chunks if chunk.kind != "title"}
    points = words("acts", "person") & said
    adds = bool(words("acts", "pronouns of people") & said) and (
        utterance.has("but", "also", "too", "only those", "just those", *tables("acts")["of those"])
    )
    adds = adds and not utterance.has("but not", "but no", "but none", "but nothing", "more")
    if reading.open_roles:
        return SamePerson(reading.open_roles, adds=adds)
    if (
        (_with_pronoun(utterance) or _owned_by_pronoun(utterance) or _done_by_pronoun(utterance))
        and not utterance.has("more")
        and not (reading.wanted or (reading.mentioned and not utterance.has("no", "not", "but not")))
    ):
        return SamePerson((), adds=adds)
    again = utterance.says("who is in it") and utterance.is_short and bool(utterance.state.people)
    if again and not (utterance.names_something or reading.mentioned or _asks_in_question(utterance)):
        return SamePerson((), count=1 if "one" in said else None)  # 'give me ONE WHERE HE IS'
    doing = points and utterance.has("with") and words("acts", "making") & set(utterance.words)
    if doing and reading.wanted and not (_asks_for_people(utterance) or utterance.is_long):
        return SamePerson(())  # 'did she MAKE anything WITH Hitchcock?'
    but = utterance.has("but not", "except", "besides", "apart from", "other than", "not")
    ruled = reading.none_of and _asks_for_people(utterance)
    named = reading.wanted or reading.categories or ruled or (reading.mentioned and not but)
    others = bool(points) and utterance.says("other work") and not utterance.is_long
    return SamePerson((), count=_counted_more(utterance)) if others and not named else None


def _asks_in_question(utterance: Utterance) -> bool:
    return utterance.words[0] in words("acts", "asking") or utterance.words[0] in ("is", "and")


def _asks_for_people(utterance: Utterance) -> bool:
    """Tell whether somebody is asked for."""
    return any(each["relation"] in PEOPLE for each in utterance.state.conditions)


def _owned_by_pronoun(utterance: Utterance) -> bool:
    """Tell whether what somebody made is wanted, just told of: 'HIS FILMS', 'older ones OF HERS'."""
    told = bool(utterance.state.people) and (bool(utterance.state.told) or not utterance.state.items)
    said = [w for w in utterance.words if w not in words("acts", "before what is owned")]
    owned = any(a in ("his", "her") and b in ITEM_NOUNS - {"one"} for a, b in pairwise(said))
    kinds = (b for a, b in pairwise(utterance.chunks) if a.text in ("his", "her"))
    owned |= any(chunk.kind == "category" for chunk in kinds)  # 'HIS THRILLERS'
    return told and (owned or utterance.has("of his", "of hers")) and not utterance.is_long


def _with_pronoun(utterance: Utterance) -> bool:
    """Tell whether items are wanted with somebody told of before: 'other films WITH HER, but comedies'."""
    pairs = pairwise(utterance.words)
    linked = any(a in words("acts", "with somebody") and b in ("him", "her") for a, b in pairs)
    return (
        linked and not _asks_for_people(utterance) and bool(utterance.state.people) and not utterance.is_long
    )


def _done_by_pronoun(utterance: Utterance) -> bool:
    """Tell whether it is asked what of a kind somebody told of made: 'DID SHE make any COMEDIES?'."""
    done, who = (*utterance.words[:2], "", "")[:2]
    asks = done in ("did", "has", "does", "had") and who in ("he", "she")
    does = not {"make", "made", "do", "done", "have", "got", "direct", "write"}.isdisjoint(utterance.words)
    kinds = bool(utterance.reading.categories) and not utterance.is_long
    return asks and does and kinds and bool(utterance.state.people)


def wished_lesser_known(chunks: Sequence[Chunk]) -> list[str]:
    """Return the words of a request that ask for what is less well known: 'some OBSCURE horror'."""
    said = places_said(chunks, _LESSER_KNOWN)
    places = {i + k for i, length in said for k in range(length)}
    return [chunks[i].text for i in sorted(places)]


def shift(utterance: Utterance) -> ShiftYears | ShiftFame | None:
    """'anything newer?', 'something less known'."""
    if (
        utterance.reading.wanted
        or utterance.reading.mentioned
        or utterance.is_long
        or not utterance.state.items
    ):
        return None
    if (stands_alone(utterance) and utterance.reading.categories) or utterance.reading.order:
        return None
    lesser, better = (_longest(utterance, section) for section in ("lesser known", "better known"))
    if lesser or better:
        return ShiftFame(lesser >= better)
    if utterance.reading.years != (None, None) and any(dates(utterance.chunks)):
        return None
    if utterance.reading.years != (None, None) and utterance.has("years", "decade", "decades", "century"):
        return None  # 'newer, from the last ten years'
    dated = utterance.state.told == ("year",)
    if utterance.reading.years != (None, None) and bound_said(utterance.words, dated=dated):
        return None  # 'nothing newer than that', which was told of
    if utterance.says("newer") or utterance.says("older"):
        return ShiftYears(utterance.says("newer"))
    return None


def _longest(utterance: Utterance, section: str) -> int:
    """Return the words of the longest phrase of a section that occurs: 'too obscure' is not 'obscure'."""
    return max((len(p.split()) for p in tables("acts")[section] if utterance.has(p)), default=0)


def vary(utterance: Utterance) -> Vary | None:
    """'something funnier', 'a longer one', 'less violent', 'but for adults', 'like X', which nobody knows."""
    unknown = any(c.kind == "entity" and not c.choices for c in utterance.chunks)
    if (
        unknown
        and (
            utterance.words[0] in ("like", "similar", "with", "by", "or", "and")
            or utterance.text.startswith(tables("acts")["like what is named"])
        )
        and utterance.state.conditions
    ):
        return Vary()
    said = utterance.words[:-1] if utterance.words[-1] == "too" else utterance.words  # 'can it be funny TOO'
    compared = words("acts", "comparative") & set(said) or utterance.has("less", "more", "not so", "not too")
    compared = compared or "too" in said
    opened = utterance.words[0] == "but"
    led = utterance.has("for") or utterance.words[0] in ("something", "anything", "one", "some")
    whom = led and words("occasion", "company") & set(utterance.words)
    own = utterance.reading.mentioned or (utterance.reading.wanted and stands_alone(utterance))
    alike = utterance.state.items and utterance.is_short and not own
    return Vary() if alike and (compared or opened or whom) else None


def asks_for_mood(utterance: Utterance) -> bool:
    """Tell whether items are to feel otherwise, which is a theme beside what holds: 'MORE UPLIFTING ones'."""
    reading = utterance.reading
    named = reading.mentioned or reading.shifts or reading.categories or reading.wanted
    if not (utterance.state.items and utterance.is_short) or named:
        return False
    if utterance.has("less", "not so", "too", "as", "like", *words("acts", "another")):
        return False  # 'something lighter by ANOTHER Russian'
    compared = words("acts", "comparative") & set(utterance.words)
    more = {b for a, b in pairwise(utterance.words) if a == "more"}
    return not mood_words().isdisjoint((*compared, *more))
