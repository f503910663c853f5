"""Questions of fact, answered by tools only, and why an item was recommended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.dialogue import connections, fact_answers, series_answers, several_answers, yes_no_answers
from agent.builtin.dialogue.antecedents import hinted
from agent.builtin.dialogue.asked_items import PEOPLE, Told, the_other, together
from agent.builtin.dialogue.presuppositions import Correction, presupposed_wrongly
from agent.builtin.dialogue.state import DialogueState, SimilarityQuery, focus_of
from agent.builtin.dialogue.utterance import Utterance, places_of, pointed_at, title_of
from agent.builtin.interpret.fact_questions import FactQuestion, is_unknowable, questions_beside
from agent.builtin.interpret.questions.again import (
    as_doubted,
    doubted_name,
    next_in_line,
    noun_of_it,
    other_end,
    same_of_another_name,
    same_of_other_form,
    same_person_in_another_role,
    same_person_of_another,
    same_question,
    who_then,
)
from agent.builtin.interpret.questions.types import Subject
from agent.builtin.interpret.request import ItemMention
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.proposal import proposal, year_conditions
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import facts, groups
from agent.builtin.respond import sentences as wording

_BESIDE_NUMBERS = ("value", "yes_no", "about", "same")
_ENDLESS = 9999
_TAKERS = frozenset("well ill lets we i gonna".split())
_ANSWERS: dict[str, Callable[[Utterance, FactQuestion], Told | None]] = {
    "value": fact_answers.value,
    "yes_no": yes_no_answers.yes_no,
    "about": fact_answers.about,
    "tell": fact_answers.tell,
    "opinion": fact_answers.opinion,
    "unknowable": fact_answers.unknowable,
    "missing": fact_answers.missing,
    "person": fact_answers.person,
    "neighbour": fact_answers.neighbour,
    "unread": fact_answers.unread,
    "usher": fact_answers.usher,
    "count": several_answers.count,
    "compare": several_answers.compare,
    "shared": several_answers.shared,
    "same": several_answers.same,
    "listed": several_answers.listed,
    "connection": connections.connection,
    "series": series_answers.series,
    "other_form": series_answers.other_form,
}


def fact_question(utterance: Utterance) -> Arguments | None:
    """Answer 'who shot it?', 'is Alien from 1979?', 'what is it about?'; None for what asks no fact."""
    if not utterance.session.has("describe_item"):
        return None
    answers: list[Told] = []
    corrections: list[Correction] = []
    asked = utterance.questions or _again(utterance)
    asked = next_in_line(asked, utterance.chunks, utterance.reading, utterance.state.facts)
    doing = [each.topic for each in asked] == ["unknowable doing"]
    asks = "?" in utterance.reading.text  # "I'll go for the top one. Can I order it here?"
    if doing and not asks and places_of(utterance) and _TAKERS & set(utterance.spoken):
        return None  # "ok we'll watch the second" takes it
    utterance = replace(utterance, questions=asked)
    for question in asked:
        answer = _ANSWERS[question.kind](utterance, question)
        if answer is None:
            return None
        answers.append(answer)
        corrections += presupposed_wrongly(utterance, question)
    if any(answer.asks for answer in answers) and _wishes_for_items(utterance):
        return None
    return _proposed(answers, corrections) if answers else None


def with_facts_beside(answer: Arguments, utterance: Utterance) -> Arguments:
    """Return a list with answers to what is asked beside it: 'who directed Heat, and what else is his?'."""
    listed = answer.get("items") and answer.get("act", "recommend") == "recommend"
    if not (listed and utterance.session.has("describe_item")):
        return answer
    beside = questions_beside(utterance.chunks, utterance.reading)
    for question in [each for each in beside if is_unknowable(each)][:1]:
        known = facts.unknowable(question.topic.removeprefix("unknowable "), "")
        answer = answer | {"note": f"{known} {answer.get('note', '')}".strip()}
    if utterance.apart:
        return _with_answers_apart(answer, utterance)
    if not utterance.reading.mentioned:
        return answer
    asked = tuple(each for each in beside if not is_unknowable(each))
    each = [_ANSWERS[question.kind](replace(utterance, questions=asked), question) for question in asked]
    told = together(answered for answered in each if answered is not None and answered.facts)
    if not told.facts:
        return answer
    note = " ".join(dict.fromkeys((*told.notes, answer.get("note", ""))))
    return answer | {"facts": [*answer.get("facts", ()), *told.facts], "note": note.strip()}


def _with_answers_apart(answer: Arguments, utterance: Utterance) -> Arguments:
    """Return a list with answers to the questions that stand apart from what it was asked by."""
    titles = [title for question in utterance.apart for title in question.subject.titles]
    reading = replace(utterance.reading, mentioned=(*utterance.reading.mentioned, *titles))
    alone = replace(utterance, reading=reading, questions=utterance.apart)
    given = [_ANSWERS[question.kind](alone, question) for question in utterance.apart]
    told = together(each for each in given if each is not None)
    note = " ".join(dict.fromkeys((*told.notes, answer.get("note", ""))))
    said: dict[str, Any] = {"facts": told.facts, "unknown": told.unknown, "unused": told.unused}
    known = {name: [*answer.get(name, ()), *words] for name, words in said.items() if words}
    return answer | known | {"note": note.strip()}


def with_other_facts(answer: Arguments, utterance: Utterance) -> Arguments:
    """Return an answer on numbers with those to other questions beside it: '… and who directed each?'."""
    measured = utterance.reading.asked
    judged = measured.third if measured is not None else ""  # 'is it SHORT?' asks for no kind
    asked = tuple(
        each
        for each in utterance.questions
        if each.kind in _BESIDE_NUMBERS
        and not (judged and any(judged in value.text.split() for value in each.values))
    )
    given = [told for each in asked if (told := _ANSWERS[each.kind](utterance, each)) is not None]
    told = together(each for each in given if each.facts)
    several = utterance.questions if len(utterance.questions) > 1 else ()  # a single one was measured
    unread = [word for each in several if each.kind == "unread" for word in each.unused]
    answer = answer | {"unused": [*answer.get("unused", ()), *unread]} if unread else answer
    known = {fact["relation"] for fact in answer.get("facts", ())}
    if not told.facts or {fact["relation"] for fact in told.facts} <= known:
        return answer
    note = " ".join(dict.fromkeys((answer.get("note", ""), *told.notes)))
    return answer | {"facts": [*answer.get("facts", ()), *told.facts], "note": note}


def _wishes_for_items(utterance: Utterance) -> bool:
    """Tell whether what reads like a question is a wish: 'I could use a drama that has X and is short'."""
    reading = utterance.reading
    told = utterance.state.items or any(question.anaphor for question in utterance.questions)
    if told or reading.text.rstrip().endswith("?"):
        return False
    return bool(reading.references or (reading.wanted and not reading.mentioned))


def _again(utterance: Utterance) -> tuple[FactQuestion, ...]:
    """Return the last question, asked of another item, or of another name."""
    said, state = (utterance.chunks, utterance.reading), utterance.state
    if not (state.doubted or state.told):
        return _of_title_alone(utterance)
    persons = words("acts", "pronouns of people") & set(utterance.words)  # 'the other film by him'
    of_other = utterance.is_short and not (persons or utterance.names_something)
    if of_other and the_other(utterance) is not None:
        return _of_the_other(state)
    then = who_then(*said, state.doubted)
    return (
        then
        or other_end(*said, state.told)
        or doubted_name(*said, state.told)
        or same_of_other_form(utterance.reading, state.told)
        or same_of_another_name(*said, state.doubted)
        or same_person_of_another(*said, state.told)
        or as_doubted(same_question(*said, state.told), state.facts)
        or same_person_in_another_role(*said, state.doubted)
        or noun_of_it(*said)
        or _of_namesake(utterance)
    )


_ONE_WITH = ("the one with ", "the one about ", "the one where ", "that one with ", "that one about ")


def _of_title_alone(utterance: Utterance) -> tuple[FactQuestion, ...]:
    """Return the question whether a title is among those found: 'WHAT ABOUT Monster?' after a list."""
    if utterance.text.startswith(_ONE_WITH) and utterance.is_short and hinted(utterance):
        return (FactQuestion("tell", Subject(points=True)),)  # 'the one with the butler'
    titles = tuple(title for title in utterance.reading.mentioned if title.choices)
    said = [c.text for c in utterance.chunks if c.kind not in ("title", "mark")]
    led = said in (["what", "about"], ["how", "about"], ["and", "what", "about"])
    asks = led and "?" in utterance.reading.text and len(titles) == 1 and bool(utterance.state.items)
    return (FactQuestion("listed", Subject(titles=titles)),) if asks else ()


def _of_the_other(state: DialogueState) -> tuple[FactQuestion, ...]:
    """Return the last question, asked of the other of two: 'and in the other one?'."""
    subject, roles = Subject(points=True), tuple((each,) for each in state.doubted if each in PEOPLE)
    if roles:
        return (FactQuestion("yes_no", subject, roles, anaphor=True),)
    if "description" in state.told:
        return (FactQuestion("about" if len(state.told) == 1 else "tell", subject),)
    return (FactQuestion("value", subject, tuple((each,) for each in state.told)),)


def _of_namesake(utterance: Utterance) -> tuple[FactQuestion, ...]:
    """Return the last question, asked of a namesake: 'I mean the one from 1932', 'the old one'."""
    state = utterance.state
    pointed = utterance.has("one", "version", "film", "movie", "book", "original", "remake", "adaptation")
    later, earlier = utterance.says_of("later of namesakes"), utterance.says_of("earlier of namesakes")
    aged = utterance.is_short and later != earlier
    dated = utterance.reading.years != (None, None)
    if not pointed or not (dated or aged) or state.focus is None or utterance.reading.mentioned:
        return ()
    alike = _namesakes_of(utterance, state.focus)
    choices = tuple(alike) if not dated else tuple(c for c in alike if _is_within(c, utterance.reading.years))
    if aged:
        choices = _at_an_end(alike, later=later)
    if not choices:
        return ()
    subject = Subject(titles=(ItemMention(choices[0].label, choices),))
    if utterance.has("is there", "are there", "isnt there", "was there"):
        return (FactQuestion("tell", subject),)  # 'is there an older version'
    if "description" in state.told:
        return (FactQuestion("about" if len(state.told) == 1 else "tell", subject),)
    return (FactQuestion("value", subject, tuple((relation,) for relation in state.told)),)


def _namesakes_of(utterance: Utterance, item: str) -> list[Candidate]:
    """Return the items of one title, in the order in which they are linked."""
    described = utterance.session.call("describe_item", item=item)
    title = described["title"] if described else ""
    links = utterance.session.call("link_entities", text=f'"{title}"')
    alike = [c for m in links["mentions"] for c in m["candidates"] if c["kind"] == "item"] if links else []
    named = [c for c in alike if c["label"] == title and c["year"]]
    return [Candidate(c["id"], c["label"], {}, "full", 1.0, c["year"]) for c in named]


def _is_within(item: Candidate, years: tuple[int | None, int | None]) -> bool:
    return (years[0] or 0) <= (item.year or 0) <= (years[1] or _ENDLESS)


def _at_an_end(alike: Sequence[Candidate], *, later: bool) -> tuple[Candidate, ...]:
    """Return the earliest or latest of namesakes: of films, where several are."""
    films = [each for each in alike if each.id.startswith("movie/")]
    several = films if films[1:] else list(alike)
    ordered = sorted(several, key=lambda each: (each.year or 0, each.id))
    return tuple(ordered[-1:] if later else ordered[:1]) if ordered[1:] else ()


def _proposed(answers: Sequence[Told], corrections: Sequence[Correction]) -> Arguments:
    told = together(answers)
    note = " ".join(dict.fromkeys(told.notes))
    facts = [fact for i, fact in enumerate(told.facts) if fact not in told.facts[:i]]
    unknown, unused = list(dict.fromkeys(told.unknown)), list(dict.fromkeys(told.unused))
    asks = told.asks and not facts
    said: dict[str, Any] = {"facts": facts, "unknown": unknown, "unused": unused}
    if told.listed.get("items"):
        return proposal(note=note, act="inform", **said, **told.listed)
    told_nothing = (unknown or unused) and not (facts or corrections)
    act = "ask" if asks else "decline" if told_nothing else "inform"
    question = {"text": note, "slot": "item"} if asks else None
    said |= {"question": question, "act": act}
    return proposal(note=note, corrections=corrections, **said)


def why(utterance: Utterance) -> Arguments | None:
    """'why the first?', 'why that one?'."""
    asks = utterance.words[:1] in (("why",), ("how",)) and not utterance.has(
        "how about", "how many", "how old"
    )
    if not asks or not utterance.is_short:
        return None
    item = pointed_at(utterance) or focus_of(utterance.state)
    if item is None:
        return None
    state, title = utterance.state, title_of(utterance, item)
    stated = [*state.conditions, *state.filters.compared, *year_conditions(state.filters.years)]
    near = "" if stated or state.similarity is None else _by_taste(utterance, item, state.similarity)
    note = near or wording.because(title, stated)
    return proposal([item], state.conditions, note=note, filters=state.filters, basis=state.basis)


def _by_taste(utterance: Utterance, item: str, similarity: SimilarityQuery) -> str:
    """Return why a tool of taste offered an item: whose choice it is, after what, or by facts; else ''."""
    title, answer = title_of(utterance, item), similarity.answer
    if item not in {hit["id"] for hit in answer["items"]}:
        return ""
    if similarity.call.name == "search_items":
        words = [query.split("|")[0] for query in similarity.words]
        return wording.by_description(title, words or [str(similarity.call.arguments["text"])])
    if "group" in answer:
        return groups.group_chose(title, answer["group"])
    if "reasons" not in answer:
        return ""
    told = next((each for each in answer["reasons"] if each["item"] == item), None)
    if told is None or answer["by"] == "facts":
        return wording.much_in_common(title)
    unnamed = (
        "what you named" if told["after"] in similarity.call.arguments["items"] else "something you chose"
    )
    after = utterance.state.hits.get(told["after"], {}).get("title", unnamed)
    went = wording.went_on(title, after, told["people"])
    return went[0].upper() + went[1:]
