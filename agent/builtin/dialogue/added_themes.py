"""What items should be about beside what was asked: 'set in Paris', 'with a big house', 'sad ones'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.dialogue.acts import Vary
from agent.builtin.dialogue.amendments import asks_for_other_sort
from agent.builtin.dialogue.fragments import stands_alone
from agent.builtin.dialogue.renewed_search import MANY, find_again, without_theme
from agent.builtin.dialogue.revisions import carry_out
from agent.builtin.dialogue.state import DialogueState, SimilarityQuery
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.denied import denied_occasions
from agent.builtin.interpret.dislikes import disliked
from agent.builtin.interpret.likeness import variation_of_pointed
from agent.builtin.interpret.spans import Span, Use, asked_for
from agent.builtin.interpret.theme import Theme
from agent.builtin.interpret.themes_said import subject_alone, theme_of
from agent.builtin.lexicon.load import tables, words
from agent.builtin.plan.accounting import accounted, with_theme
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.themes import by_theme, lost_words, query_of, speaking_of
from agent.builtin.plan.told_moods import with_told_moods
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.plan.unwanted import barred_by
from agent.builtin.respond import sentences

_POINTING = ("one", "ones", "these", "those", "them")
_JOINING = ("and", "but", "also", "plus", "only", "just", "more")
_TO_SIFT = 200  # items that a tool of likeness may return
_NEAR = 80  # items that are still like what was named
_KNOWN = 3  # items of somebody who is meant by a surname: 'not DICKENS'
_SUBJECT = "about"  # leads to another subject, where the last list went by one alone


def without_theme_given_up(utterance: Utterance) -> Utterance:
    """Return a text after which what the last list was about no longer counts: "I've CHANGED MY MIND"."""
    similarity = utterance.state.similarity
    by_text = similarity is not None and similarity.call.name == "search_items"
    if not (by_text and utterance.state.conditions and utterance.says("given up")):
        return utterance
    return replace(utterance, state=replace(utterance.state, similarity=None))


def is_led(utterance: Utterance) -> bool:
    """Tell whether a text begins like what is added to a request: 'with', 'set in', 'something in'."""
    led = words("acts", "leads to what is added")
    said = [word for word in utterance.words if word not in words("acts", "before what is added")]
    return bool(said) and said[0] in led


def within(utterance: Utterance, theme: Theme) -> Arguments | None:
    """Answer with what suits a theme too, among what the last request found; None where it is a new one."""
    state = utterance.state
    if utterance.says("new") or not state.items or stands_alone(utterance) or asks_for_other_sort(utterance):
        return None
    similarity = state.similarity
    if similarity is None and not (state.conditions or state.filters.limits):
        return None
    joined = utterance.words[0] in _JOINING or not theme.wanted  # a mood takes the place of nothing
    added = bool(state.conditions) or is_led(utterance) or utterance.has(*_POINTING) or joined
    if similarity is not None and not state.conditions and _takes_its_place(utterance, similarity):
        return None
    told = utterance.reading.texts
    lost = lost_words(theme, utterance.session) if told else list(theme.words)
    if set(theme.words) <= set(lost):
        return _unheard(utterance, theme) if added else None
    if similarity is not None:
        return _beside(utterance, similarity, theme, lost, added=added)
    answer = find_again(utterance, state.conditions, state.filters)
    if answer is None or not answer["items"]:
        return None
    narrow = by_theme(answer, theme, utterance.session, kinds_only=False)
    return narrow if narrow["note"] != answer["note"] else _unheard(utterance, theme)


def barring(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what those shown should not be about, and perhaps what else: 'no trains', 'dogs, no cats'."""
    if not utterance.state.items or utterance.names_something or utterance.is_long:
        return None
    theme = theme_of(spans, utterance.chunks)
    others = denied_occasions(spans, utterance.chunks)
    unread = {span.text for span in spans if span.use == Use.UNUSED}
    told = (word for word in disliked(spans, utterance.chunks) if word not in unread)
    said = (*theme.denied, *others, *told)
    denied = tuple(dict.fromkeys(each for each in said if each not in words("acts", "appealing")))
    said = tuple(part for each in denied for part in each.split())
    theme = theme.without(said)
    if theme.rest and not theme.wanted:
        theme = subject_alone(spans, utterance.chunks).without(said) or theme
    barred = barred_by(denied, utterance.session)
    if theme and barred:
        state = replace(utterance.state, filters=utterance.state.filters.without(barred))
        if (narrow := within(replace(utterance, state=state), theme)) is not None:
            note = " ".join(filter(None, (narrow["note"], sentences.left_out(denied))))
            return with_theme(narrow | {"note": note}, spans, theme.said, said)
    if denied and (answer := without_theme(utterance, denied)) is not None:
        return accounted(answer, spans, said)
    if denied and barred and (left := _left(utterance, barred)) is not None:
        return accounted(left | {"note": sentences.left_out(denied)}, spans, said)
    answer = carry_out(Vary(), utterance) if others else None
    return answer and accounted(answer | {"unused": [*answer.get("unused", ()), *others]}, spans)


def _left(utterance: Utterance, barred: Sequence[str]) -> Arguments | None:
    """Return the last list again, of which nothing had to be left out."""
    state = utterance.state
    answer = find_again(utterance, state.conditions, state.filters.without(barred))
    return answer if answer and answer["items"] else None


def without_denied(utterance: Utterance, spans: Sequence[Span]) -> tuple[Utterance, tuple[str, ...]]:
    """Return a text as one that leaves out what is not to be spoken of, and the words of that."""
    if not utterance.state.items:
        return utterance, ()
    utterance, heroes = _without_heroes(utterance)
    said = theme_of(spans, utterance.chunks).denied
    denied = (*(each for each in said if each not in words("acts", "appealing")), *heroes)
    barred = barred_by(denied, utterance.session)
    if not barred:
        return utterance, ()
    state = replace(utterance.state, filters=utterance.state.filters.without(barred))
    return replace(utterance, state=state), denied


def _without_heroes(utterance: Utterance) -> tuple[Utterance, tuple[str, ...]]:
    """Return a text that rules out nobody by a surname that what was found is described with: 'not BOND'."""
    found = set(utterance.state.items)
    heroes = tuple(
        each.name.text
        for each in utterance.reading.none_of
        if not each.roles and " " not in each.name.text and each.name.choices
        if all(c.match == "surname" and sum(c.roles.values()) < _KNOWN for c in each.name.choices)
        if found & set(barred_by((each.name.text.casefold(),), utterance.session))
    )
    if not heroes:
        return utterance, ()
    kept = tuple(each for each in utterance.reading.none_of if each.name.text not in heroes)
    return replace(utterance, reading=replace(utterance.reading, none_of=kept)), tuple(
        name.casefold() for name in heroes
    )


def without_theme_dropped(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer the last request without words that its theme had: 'take out the SAD', 'forget the TRAINS'."""
    similarity = utterance.state.similarity
    if similarity is None or not utterance.says("dropping a theme") or utterance.names_something:
        return None
    said = {span.text for span in spans if span.use in (Use.THEME, Use.REMARK, Use.WHO_ASKS)}
    before = str(similarity.call.arguments.get("text") or "").split()
    kept = [word for word in before if word not in said]
    queries = tuple(query for query in similarity.words if not said & set(query.split("|")))
    if not kept or (len(kept) == len(before) and len(queries) == len(similarity.words)):
        return None
    call = Call(similarity.call.name, similarity.call.arguments | {"text": " ".join(kept)})
    state = replace(utterance.state, similarity=SimilarityQuery(call, similarity.answer, queries))
    again = replace(utterance, state=state)
    answer = find_again(again, state.conditions, state.filters)
    return answer and accounted(answer, spans, utterance.words)


def instead(utterance: Utterance, spans: Sequence[Span]) -> Arguments | None:
    """Answer what somebody would rather have than the subject of the last list: 'I'M MORE INTO boats'.

    Also what is asked for where that subject is dropped: 'FORGET SPACE, something about the sea'.
    """
    similarity = utterance.state.similarity
    alone = (
        similarity is not None and similarity.call.name == "search_items" and not utterance.state.conditions
    )
    if not (alone and similarity) or utterance.names_something:
        return None
    dropped = _subjects_dropped(utterance, similarity)
    if not (dropped or utterance.says("rather another subject")):
        return None
    leading = tables("acts")["dropping a name" if dropped else "rather another subject"]
    said = {word for phrase in leading for word in phrase.split()} | dropped
    theme = theme_of(spans, utterance.chunks).without(sorted(said))
    words_said = [
        span.text
        for span in spans
        if span.text not in said and span.use in (Use.THEME, Use.UNUSED, Use.SMALL_TALK)
    ]
    if dropped and not (theme or words_said):
        return accounted(proposal(act="acknowledge", note=sentences.NOTED), spans, said)
    theme = theme if theme else Theme(tuple((word,) for word in words_said), phrase=" ".join(words_said))
    reading = replace(utterance.reading, domain=utterance.reading.domain or utterance.state.filters.domain)
    answer = speaking_of(theme, reading, utterance.session) if theme else None
    return answer and with_theme(answer, spans, theme.said, said)


def _subjects_dropped(utterance: Utterance, similarity: SimilarityQuery) -> set[str]:
    """Return the words of the last subject where all of it is dropped: 'FORGET SPACE'."""
    before = set(str(similarity.call.arguments.get("text") or "").split())
    text = f" {' '.join(word for word in utterance.words if word not in ('the', 'about'))} "
    leading = tables("acts")["dropping a name"]
    dropping = any(f" {phrase} {word} " in text for phrase in leading for word in before)
    return before if dropping and before <= set(utterance.words) else set()


def with_themes_of_kinds(
    answer: Arguments, utterance: Utterance, spans: Sequence[Span], *, dropped: bool = False
) -> tuple[Arguments, tuple[str, ...]]:
    """Return an answer to other kinds with what is told of them: 'an UPLIFTING comedy', 'one about TRAINS'.

    Also the words of that.
    """
    kinds = {name.text for name in utterance.reading.categories}
    begun = min((c.start for c in utterance.chunks if c.text in kinds), default=0)
    begun = next((c.sentence for c in utterance.chunks if c.start == begun), 0)
    said = {c.start for c in utterance.chunks if c.sentence >= begun}  # not 'SOUNDS HEAVY. A comedy instead'
    spans = [span for span in spans if span.start in said]
    spans = asked_for(spans) if "?" in utterance.reading.text else spans
    theme = theme_of(with_told_moods(spans, utterance.session, utterance.chunks), utterance.chunks)
    dropping = {word for phrase in tables("acts")["dropping a name"] for word in phrase.split()}
    theme = theme.without(dropping)  # 'DROP the horror'
    reading = utterance.reading
    told = reading.categories or (dropped and theme.wanted)
    if not (theme and answer["items"] and told and (reading.texts or reading.own)):
        return answer, ()
    return by_theme(answer, theme, utterance.session, kinds_only=bool(theme.wanted)), theme.said


def of_pointed(utterance: Utterance, spans: Sequence[Span]) -> Theme:
    """Return what should be other than in an item pointed at: 'like the first BUT LESS VIOLENT'."""
    varied = variation_of_pointed(spans, utterance.chunks)
    theme = theme_of(spans, utterance.chunks)
    return theme.varied((), varied.less, varied.less) if varied.less else theme


def _takes_its_place(utterance: Utterance, similarity: SimilarityQuery) -> bool:
    """Tell whether another subject is named than the one that the last list went by alone."""
    by_text = similarity.call.name == "search_items"
    said = utterance.words
    if by_text and said[0] in ("anything", "something", "whatever") and said[-1] == "then":
        return True  # 'ANYTHING on a ship THEN'
    if by_text and said[0] in ("a", "an") and any(each.kind == "category" for each in utterance.chunks):
        return not utterance.has(*_POINTING)  # 'A sad ROMANCE' is no more of a list of spies
    return by_text and _SUBJECT in utterance.words and not utterance.has(*_POINTING)


def _unheard(utterance: Utterance, theme: Theme) -> Arguments | None:
    varied = carry_out(Vary(), utterance)
    return varied and varied | {"unused": list(dict.fromkeys((*varied.get("unused", ()), *theme.words)))}


def _beside(
    utterance: Utterance, similarity: SimilarityQuery, theme: Theme, lost: Sequence[str], *, added: bool
) -> Arguments | None:
    """Ask a tool of likeness again with a theme beside its own; what it then offers was found before.

    None where nothing says that the theme is `added`, and nothing that was found speaks of it.
    """
    state, call = utterance.state, similarity.call
    limits = _limits(state)
    before = str(call.arguments.get("text") or "")
    asked = {name: value for name, value in call.arguments.items() if name != "words"} | limits
    by_text = call.name == "search_items"
    asked |= {"text": f"{before} {theme.phrase}".strip()} if by_text else {"but": theme.phrase}
    speaking = {"text": "", "k": _TO_SIFT, **limits}
    calls = [Call(call.name, asked | {"k": _TO_SIFT if by_text else _NEAR})]
    if similarity.words:
        calls.append(Call("search_items", speaking | {"words": list(similarity.words)}))
    if theme.wanted:
        calls.append(Call("search_items", speaking | {"words": [query_of(group) for group in theme.wanted]}))
    near, *others = utterance.session.call_all(calls)
    if near is None:
        return None
    speaks = {hit["id"] for hit in others[0]["items"]} if similarity.words and others[0] else None
    items = [hit["id"] for hit in near["items"] if speaks is None or hit["id"] in speaks]
    about = {hit["id"] for hit in others[-1]["items"]} if theme.wanted and others[-1] else set[str]()
    if not (added or about & set(items)):
        return None
    items.sort(key=lambda item: item not in about)
    used = [word for word in theme.words if word not in lost]
    subject = [query.split("|")[0] for query in similarity.words] or [before] * bool(before and by_text)
    note = sentences.found_by([*subject, *used]) if subject else sentences.nearest_first(used)
    filters = replace(state.filters, order="")
    basis = state.basis if state.basis != "proved" else None
    return proposal(items[:MANY], state.conditions, note=note, filters=filters, basis=basis, unused=lost)


def _limits(state: DialogueState) -> Arguments:
    """Return the limits of the last request as a tool of likeness takes them."""
    filters = state.filters
    first, last = filters.years
    limits = {
        "conditions": [*state.conditions, *filters.compared],
        "exclude_items": list(filters.exclude),
        "year_from": first,
        "year_to": last,
        "domain": filters.domain,
    }
    return {name: value for name, value in limits.items() if value}
