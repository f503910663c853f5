"""Misinformed requests: a false claim in passing, and a request whose wording says what it hangs on.

An *item* claim is followed by a wish for more of what the item has ("by whoever shot it"); a *value* claim by
a wish for more of the person named; a misspelling can stand in either (section 2 of the design).
"""

from __future__ import annotations

from collections.abc import Sequence

from bench.types import QueryClaim
from bench.wording.grammar import alternatives
from bench.wording.phrases import Said, genre_heads, kind, listed, scope
from bench.wording.requests import Requests, Root

_ACTIVE = ("person", "cast", "company")
_SINGULAR = ("{C}'s work", "{C} in ")


class Claims(Requests):
    """Says a claim and the request that goes with it."""

    def misinformed(self, stated: Sequence[Said], claim: QueryClaim, items: str) -> list[Root]:
        """Return the constructions for a claim; `stated` are the conditions besides the claimed one."""
        value = self.value(claim.relation, claim.claimed)
        said = Said(claim.relation, value, "name", claim.claimed, items, len(claim.items))
        if not claim.items:
            return self.explicit([said, *stated])
        self.more = ("other", "more", "other", "further", "")
        by_item, by_value = self._item(stated, said), self._value(stated, said)
        if claim.anchor == "typo" and kind(claim.relation) != "cast":
            return by_item + by_value
        return by_item if claim.anchor == "item" else by_value  # a cast has no one that is "the same"

    def _item(self, stated: Sequence[Said], claim: Said) -> list[Root]:
        roots: list[Root] = [
            (
                4,
                "item:liked-ask",
                lambda: f"{self._told('liked', claim)} {self.ask(self._more(stated, claim))}",
            ),
            (3, "item:one", lambda: self._one(stated, claim)),
            (2, "item:stated-ask", lambda: f"{self._told('stated', claim)} {self._strict(stated, claim)}"),
            (2, "item:ask-aside", lambda: f"{self._by_hint(stated, claim)} {self._told('aside', claim)}"),
        ]
        if kind(claim.relation) != "cast" and self.praised(claim):
            roots.append((3, "item:craft-ask", lambda: self._craft(stated, claim)))
        if kind(claim.relation) in _ACTIVE:
            roots.append((3, "item:liked-else", lambda: self._liked_else(stated, claim)))
        return roots

    def _value(self, stated: Sequence[Said], claim: Said) -> list[Root]:
        named = [claim, *stated]
        roots: list[Root] = [
            (5, "value:fan-ask", lambda: f"{self._fan(claim)} {self.ask(named)}"),
            (2, "value:ask-aside", lambda: f"{self.ask(named)} {self._told('aside', claim)}"),
        ]
        if alternatives(f"misinformed.value.claim.{kind(claim.relation)}"):
            roots.append((4, "value:apposition", lambda: self._apposition(stated, claim)))
        others = any(kind(each.relation) in _ACTIVE for each in stated)
        if kind(claim.relation) in ("person", "cast") and not others:
            them = Said(claim.relation, "them", "same")
            roots.append((3, "value:fan-them", lambda: f"{self._fan(claim)} {self.ask([them, *stated])}"))
        if kind(claim.relation) in _ACTIVE:
            roots.append(
                (2, "value:fan-what-did", lambda: f"{self._fan(claim)} {self._what_did(claim, named)}")
            )
        return roots

    # Claims

    def told(self, claim: Said) -> tuple[str, bool]:
        """Return the items with the claim in the same noun phrase, and whether that is one thing."""
        found = self.choose([f"misinformed.tc.{each}" for each in scope(claim.relation)]) or "{T}"
        one = claim.n_items == 1 or found.startswith(_SINGULAR)
        return self.of(claim.relation, found, T=claim.items, C=claim.value, **self.agreement(claim)), one

    def says(self, claim: Said) -> str:
        """Return the claim as a clause."""
        where = [f"misinformed.says.{each}" for each in scope(claim.relation)]
        found = self.choose(where) or "{T}: {C}"
        return self.of(claim.relation, found, T=claim.items, C=claim.value, **self.agreement(claim))

    def _told(self, section: str, claim: Said, **more: str) -> str:
        where = f"misinformed.{section}"
        return self._fill(self.choose([where]) or "", claim, **more)

    def _fill(self, template: str, claim: Said, **more: str) -> str:
        told, one = self.told(claim)
        slots = {**self.agreement(claim), "TC": told, "says": lambda: self.says(claim), "T": claim.items}
        slots |= {"tcwas": "was" if one else "were", "tcis": "is" if one else "are"}
        return self.of(claim.relation, template, C=claim.value, **{**slots, **more})

    # Requests that hang on the item

    def _more(self, stated: Sequence[Said], claim: Said) -> list[Said]:
        return [self.anaphor(claim, near=True), *stated]

    def _strict(self, stated: Sequence[Said], claim: Said) -> str:
        return self.ask([self.anaphor(claim, of_item=True), *stated])

    def _by_hint(self, stated: Sequence[Said], claim: Said) -> str:
        return self.ask([self._hint(claim), *stated])

    def _craft(self, stated: Sequence[Said], claim: Said) -> str:
        told = self._told("item.craft", claim, craft=self.craft(claim))
        return f"{told} {self._strict(stated, claim)}"

    def _one(self, stated: Sequence[Said], claim: Said) -> str:
        said = self._more(stated, claim)
        template = self.choose(["misinformed.item.one"]) or ""
        shapes = {shape: self.noun(said, shape) for shape in ("np", "onp")}
        return self._fill(template, claim, **shapes)

    def _liked_else(self, stated: Sequence[Said], claim: Said) -> str:
        told = self._told("liked", claim)
        return f"{told} {self._what_else(self.anaphor(claim, near=True), stated, 'misinformed.item.else')}"

    # Requests that hang on the name

    def _fan(self, claim: Said) -> str:
        found = [f"misinformed.value.fan.{kind(claim.relation)}"]
        found = found if alternatives(found[0]) else ["misinformed.value.fan.other"]
        pronouns = {"pron": "they", "pron_o": "them", "pron_p": "their"}
        return self._fill(self.choose(found) or "", claim, **pronouns)

    def _apposition(self, stated: Sequence[Said], claim: Said) -> str:
        found = self.choose([f"misinformed.value.claim.{kind(claim.relation)}"]) or ""
        aside = self.of(claim.relation, found, T=claim.items, **self.agreement(claim))
        last = Said(claim.relation, f"{claim.value}, {aside}", "several")
        genre = next((s for s in stated if s.mode == "name" and genre_heads(s.label, self.domain)), None)
        genre = genre if genre and kind(genre.relation) == "genre" else None
        after = [*self.trailing([s for s in stated if s is not genre]), self.after(last)]
        noun = f"{self.heads(genre).plural} {listed(after)}"
        extra = self.rng.choice(("other", "more", ""))
        other = "other" if extra else ""
        return self.say("misinformed.value.one", np=f"{extra} {noun},", onp=f"{other} {noun},")
