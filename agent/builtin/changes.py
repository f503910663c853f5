"""Changes of the last request: without something, with more, of someone else, near one of its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin import wording
from agent.builtin.answering import say
from agent.builtin.desk import Arguments, Call
from agent.builtin.finding import Frame, find_each, frame_of
from agent.builtin.lexicon import DOMAIN_NOUNS, ITEM_NOUNS
from agent.builtin.past import SHORT, Said, focus_of, places_of, pointed_at, title_of
from agent.builtin.tasting import liken_again
from agent.builtin.terms import Option, Term, category_term, name_term

_OPENERS = frozenset(
    "only just but and also make with without from before after no not in preferably ideally or".split()
)
_MADE = frozenset("by starring directed written scored shot produced edited".split())
DROP = frozenset("forget drop ignore nevermind".split())


def like_one(said: Said) -> Arguments | None:
    """'more like the second one', 'something similar to the first'."""
    if not said.has("like", "similar to") or said.reading.wanted or len(said.words) > SHORT:
        return None
    places = places_of(said)
    pointing = said.has("like it", "like that", "like that one", "like this one", "similar to it")
    if said.reading.mentioned or not (places or pointing):
        return None
    item = pointed_at(said)
    if item is None or not said.desk.has("search_items"):
        return None
    genres = said.desk.ask("resolve_reference", items=[item], relation="genre")
    labels = [value["value"] for value in genres["values"]] if genres else []
    found = said.desk.ask(
        "search_items", text=" ".join([title_of(said, item), *labels]), k=10, exclude_items=[item]
    )
    return say([hit["id"] for hit in found["items"]], note=wording.like(title_of(said, item)))


def not_that(said: Said) -> Arguments | None:
    """'not that one', "I've seen the first two", 'not the second'."""
    turned_down = said.words[:1] == ("not",) or said.has("seen", "already know", "skip", "anything but")
    if not turned_down or len(said.words) > SHORT or said.reading.wanted:
        return None
    gone = [said.past.items[p] for p in places_of(said) if p < len(said.past.items)]
    named = [title.choices[0].id for title in said.reading.mentioned if title.choices]
    if named and not gone:
        gone = named if set(named) <= set(said.past.items) else []
    elif not gone and said.has("that one", "that", "it", "this one"):
        focus = said.past.focus or next(iter(said.past.items), None)
        gone = [focus] if focus else []
    if not gone:
        return None
    frame = replace(said.past.frame, exclude=(*said.past.frame.exclude, *gone))
    return _find(said, said.past.conditions, frame)


def without(said: Said) -> Arguments | None:
    """'forget the genre', 'never mind the director', 'drop the year'."""
    if not (DROP & set(said.words[:2]) or said.has("never mind", "doesnt matter", "leave out")):
        return None
    roles = {role for atom in said.atoms if atom.kind == "cue" for role in atom.roles}
    roles |= {c["relation"] for c in said.past.conditions if c["relation"] in said.words}
    frame = said.past.frame
    if said.has("year", "years", "decade", "date", "dates"):
        frame = replace(frame, years=(None, None))
    kept = [c for c in said.past.conditions if c["relation"] not in roles]
    frame = replace(frame, none_of=tuple(c for c in frame.none_of if c["relation"] not in roles))
    changed = len(kept) < len(said.past.conditions) or frame != said.past.frame
    return _find(said, kept, frame) if changed else None


def other_role(said: Said) -> Arguments | None:
    """'what if I meant the actor?', 'I meant as a director'."""
    cues = [atom for atom in said.atoms if atom.kind == "cue"]
    if not said.has("meant", "mean", "as an actor", "as a director") or not cues or said.reading.wanted:
        return None
    for role in cues[0].roles:
        for condition in said.past.conditions:
            if condition["relation"] not in (role, "genre", "country"):
                swapped = [{"relation": role, "value": condition["value"]}]
                rest = [c for c in said.past.conditions if c is not condition]
                if answer := _find(said, [*rest, *swapped], said.past.frame):
                    return answer
    return None


def again(said: Said) -> Arguments | None:
    """'more', 'any others?', 'what else?'."""
    asked = set(said.words) <= frozenset(
        "more please any others other what else anything some ones next got show me give"
        " the rest see id like".split()
    )
    if not said.words or not asked:
        return None
    if said.past.likened is not None:
        frame = replace(said.past.frame, exclude=(*said.past.frame.exclude, *said.past.items))
        return _find(said, said.past.conditions, frame)
    return _find(said, said.past.conditions, said.past.frame)


def instead(said: Said) -> Arguments | None:
    """'what about Hitchcock?', 'and Kubrick?', 'what about books?'."""
    opened = said.text.startswith(("what about", "how about", "and ", "or ", "same for"))
    if not opened or len(said.words) > SHORT or said.reading.references or said.reading.claims:
        return None
    domains = [name for name, nouns in DOMAIN_NOUNS.items() if said.words[-1] in nouns]
    if domains and not said.reading.wanted and not said.reading.categories:
        return _other_domain(said, domains[0])
    if (
        len(said.reading.wanted) == 1
        and not said.reading.wanted[0].roles
        and not said.has("with", "and with")
    ):
        term = name_term((), said.reading.wanted[0].name)
        roles = {role for c in said.reading.wanted[0].name.choices for role in c.roles}
        for condition in said.past.conditions:
            if condition["relation"] in roles:
                rest = [c for c in said.past.conditions if c is not condition]
                return _find(
                    said,
                    [*rest, {"relation": condition["relation"], "value": term[0].value}],
                    said.past.frame,
                )
    if (
        len(said.reading.categories) == 1
        and not said.reading.wanted
        and said.text.startswith(("what", "how"))
    ):
        rest = [c for c in said.past.conditions if c["relation"] != "genre"]
        return _find(said, rest, said.past.frame, [category_term(said.reading.categories[0])])
    return None


def _other_domain(said: Said, domain: str) -> Arguments | None:
    """Ask the last request of another domain, where a genre may go by another of its names."""
    genres = [c for c in said.past.conditions if c["relation"] == "genre"]
    linked = said.desk.ask_all([Call("link_entities", {"text": c["value"]}) for c in genres])
    terms: list[Term] = [
        tuple(
            Option("genre", candidate["label"], 0)
            for mention in (links or {"mentions": ()})["mentions"]
            for candidate in mention["candidates"]
            if "genre" in candidate["roles"]
        )
        for links in linked
    ]
    rest = [c for c in said.past.conditions if c["relation"] != "genre"]
    return _find(said, rest, replace(said.past.frame, domain=domain), [term for term in terms if term])


def same_as(said: Said) -> Arguments | None:
    """'more by that same composer': the one of the last request, else of the item last talked about."""
    roles = said.reading.open_roles
    if not roles:
        return None
    stated = [c for c in said.past.conditions if c["relation"] in roles]
    terms: list[Term] = [(Option(c["relation"], c["value"], 0),) for c in stated[:1]]
    if not terms and (focus := focus_of(said.past)) is not None:
        answer = said.desk.ask("resolve_reference", items=[focus], relation=roles[0])
        terms = [tuple(Option(roles[0], v["value"], 0) for v in answer["values"])] if answer else []
    terms += [category_term(name) for name in said.reading.categories]
    terms += [name_term(w.roles, w.name) for w in said.reading.wanted]
    own = frame_of(said.reading)
    exclude = (*own.exclude, *said.past.named, *(said.past.items[:1] if not stated else ()))
    return _find(said, [], replace(own, exclude=exclude), terms) if terms and all(terms) else None


def refine(said: Said) -> Arguments | None:
    """'only from the 90s', 'just the comedies', 'but no westerns', 'and with Harrison Ford in it', 'by Lean'.

    'by Lean' is a request of its own if nothing of his is left of the last one.
    """
    reading = said.reading
    if reading.references or reading.claims or reading.mentioned or not said.words:
        return None
    own = frame_of(reading)
    terms = [name_term(w.roles, w.name) for w in reading.wanted] + [
        category_term(n) for n in reading.categories
    ]
    if not (terms or own.limits or (own.domain and not reading.profile)):
        return None  # who says who they are asks anew
    opens = said.words[0] in _OPENERS
    stands = bool(reading.categories) and not said.has(
        "ones"
    )  # 'three comedies please' is a request of its own
    fragment = (
        not stands
        and len(said.words) <= SHORT
        and not reading.wanted
        and not (set(said.words) & ITEM_NOUNS - {"ones", "one"})
    )
    made = said.words[0] in _MADE and len(said.words) <= SHORT and not set(said.words) & ITEM_NOUNS
    if not ((opens and len(said.words) <= 2 * SHORT) or fragment or made):
        return None
    past = said.past.frame
    frame = replace(
        past,
        none_of=(*past.none_of, *own.none_of),
        any_of=own.any_of or past.any_of,
        years=own.years if own.years != (None, None) else past.years,
        domain=own.domain or past.domain,
    )
    answer = _find(said, said.past.conditions, frame, terms)
    return None if made and answer is not None and not answer["items"] else answer


def _find(
    said: Said, conditions: Sequence[dict[str, str]], frame: Frame, terms: Sequence[Term] = ()
) -> Arguments | None:
    """Find with stated conditions and new terms; say so if nothing is left. None with nothing to go by."""
    likened = said.past.likened
    if likened is not None and list(conditions) == list(said.past.conditions) and all(terms):
        return liken_again(said, likened, terms, frame)
    fixed: list[Term] = [(Option(c["relation"], c["value"], 0),) for c in conditions]
    every = [*fixed, *terms]
    if not every and not frame.limits:
        return None
    found, proved, _ = find_each([every], frame, said.desk)[0]
    if found:
        return say(found[: said.reading.limit], proved, frame=frame)
    asked = [option.condition for term in every for option in term[:1]]
    return say(note=wording.nothing(asked, frame.years))
