"""What is like items that were shown or named: near them, beyond one, or within what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agent.builtin.dialogue import acts
from agent.builtin.dialogue.asked_items import labels
from agent.builtin.dialogue.earlier import SHOWN
from agent.builtin.dialogue.renewed_search import MANY, find_again
from agent.builtin.dialogue.utterance import Utterance, shown_domain, title_of
from agent.builtin.interpret.theme import Theme
from agent.builtin.plan.preferences import beside
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.plan.unwanted import barred_by
from agent.builtin.respond import quantities, sentences

_NEAREST = 50


def more_like(act: acts.MoreLike, utterance: Utterance) -> Arguments | None:
    """Return what is near items that were shown, by what people choose or else by descriptions.

    What they should have more of comes first, by a kind, a mood or their descriptions.
    """
    title = title_of(utterance, act.items[0]) if len(act.items) == 1 else "those"
    gone = utterance.state.seen if len(act.items) > 1 else ()
    excluded = list(utterance.state.filters.without([*act.items, *gone]).exclude)
    if utterance.session.has("similar_items"):
        asked: Arguments = {"items": list(act.items), "k": MANY, "exclude_items": excluded}
        asked |= _domain_of(act.items, utterance)
        first, last = utterance.reading.years  # 'similar films FROM THAT DECADE'
        asked |= {k: v for k, v in (("year_from", first), ("year_to", last)) if v is not None}
        heard = _heard(act.theme, utterance.session)
        wish = act.theme.phrase if act.theme.wanted else " ".join(heard)
        found = utterance.session.call("similar_items", **asked, **({"but": wish} if wish else {}))
        if found and found["items"]:
            items = [hit["id"] for hit in found["items"]]
            barred = set(barred_by(act.theme.denied, utterance.session))
            left = [item for item in items if item not in barred] or items
            less = act.theme.denied if barred and left != items else ()
            said = (sentences.like(title, found["by"]), sentences.left_out(less) if less else "")
            near = proposal(left, note=" ".join(filter(None, said)), basis="taste")
            near |= {"unused": list(act.theme.denied)} if act.theme.denied and not less else {}
            limits: Arguments = {n: asked[n] for n in ("exclude_items", "domain") if n in asked}
            return _with_theme(near, act.theme, heard, utterance.session, limits)
    if not utterance.session.has("search_items"):
        return None
    genres = utterance.session.call("resolve_reference", items=list(act.items[:1]), relation="genre")
    kinds = [value["value"] for value in genres["values"]] if genres else []
    found = utterance.session.call(
        "search_items", text=" ".join([title, *kinds]), k=SHOWN, exclude_items=excluded
    )
    items = [hit["id"] for hit in found["items"]]
    near = proposal(items, note=sentences.like(title, "descriptions"), basis="text")
    return near | ({"unused": list(act.theme.words)} if act.theme else {})


def _heard(theme: Theme, session: ToolSession) -> list[str]:
    """Return the words of how items should be that some description has."""
    if not (theme.rest and session.has("search_items")):
        return []
    found = session.call("search_items", text=theme.phrase, words=list(theme.rest), k=1)
    return [word for word in theme.rest if found and word not in found["unheard"]]


def _with_theme(
    near: Arguments, theme: Theme, heard: Sequence[str], session: ToolSession, limits: Arguments
) -> Arguments:
    """Return items near others that a theme was looked for beside; what of it nothing tells is unused."""
    if theme.wanted or not theme:
        return beside(near, theme, session, limits)
    lost = [word for word in theme.rest if word not in heard]
    note = " ".join(filter(None, (near["note"], sentences.goes_first(heard) if heard else "")))
    return near | {"note": note} | ({"unused": lost} if lost else {})


def like_but(act: acts.LikeBut, utterance: Utterance) -> Arguments | None:
    """Find what is near an item shown and beyond it; None where its own value is not known."""
    described = utterance.session.call("describe_item", item=act.item)
    if described is None or not utterance.session.has("similar_items"):
        return None
    title = title_of(utterance, act.item)
    if act.shift is None:
        year = described["year"]
        bound = {"relation": "year", "op": ">" if act.newer else "<", "value": str(year)} if year else None
    else:
        held = labels(described, act.shift.relation)
        op, value = ("<", held[:1]) if act.shift.lower else (">", held[-1:])
        bound = {"relation": act.shift.relation, "op": op, "value": value[0]} if value else None
    if bound is None:
        relation = act.shift.relation if act.shift else "year"
        return proposal(act="decline", note=quantities.not_comparable(relation, title))
    gone = list(utterance.state.filters.without([act.item]).exclude)
    asked: dict[str, Any] = {"items": [act.item], "k": MANY, "conditions": [bound], "exclude_items": gone}
    asked["domain"] = described["domain"]
    found = utterance.session.call("similar_items", **asked)
    if not found or not found["items"]:
        return proposal(act="decline", note=sentences.nothing_near(title))
    items = [hit["id"] for hit in found["items"]]
    return proposal(items, [bound], note=sentences.like(title, found["by"]), basis="taste")


def like_named(act: acts.LikeNamed, utterance: Utterance) -> Arguments | None:
    """Return what the last request asks for, what goes best with the titles that are named first."""
    filters = utterance.state.filters.without(act.items)
    domain = filters.domain or shown_domain(utterance) or _domain_of(act.items, utterance).get("domain")
    filters = replace(filters, domain=domain)
    answer = find_again(utterance, utterance.state.conditions, filters)
    if answer is None or not answer["items"] or not utterance.session.has("similar_items"):
        return answer
    limits = {"conditions": answer["conditions"], "exclude_items": list(filters.exclude)}
    found = utterance.session.call("similar_items", items=list(act.items), k=_NEAREST, **limits)
    near = [hit["id"] for hit in found["items"]] if found else []
    known = set(answer["items"])
    items = dict.fromkeys([*(item for item in near if item in known), *answer["items"]])
    note = " ".join(filter(None, (answer["note"], sentences.by_likeness(act.titles) if near else "")))
    return answer | {"items": list(items), "note": note}


def _domain_of(items: Sequence[str], utterance: Utterance) -> Arguments:
    """Return the domain that some items share, as a tool takes it: what is like a film is a film."""
    if not utterance.session.has("describe_item"):
        return {}
    told = utterance.session.call_all([Call("describe_item", {"item": item}) for item in items])
    domains = {each["domain"] for each in told if each}
    return {"domain": domains.pop()} if len(domains) == 1 else {}
