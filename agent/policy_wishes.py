"""A policy from the words of a system prompt: "recommend one film at a time", "ask before R-rated films".

What is read becomes rules that the guard enforces; what is not read is handed back, to be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.builtin.goal.labels import labels_in
from agent.builtin.goal.state import Goal
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.topics import spoken
from agent.builtin.parse.vocabulary import Vocabulary
from agent.phrasing import said
from agent.state import Context
from agent.tracking import heard, reading_of
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.types import Condition, Kind, Op, RelationName
from tools.knowledge import Knowledge

_GAP = r"(?: \S+){0,4}"
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,})[”\"]")
_END = re.compile(r"[.!?](?=\s|$)|[;\n]|(?:^|(?<=\n))\s*(?:[-*•]|\d+[.)])\s")
_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
_JOINT = re.compile(r",? (?:and|but)(?: also)? |, ")
_VALUES = (Kind.NUMBER, Kind.DATE, Kind.FLAG, Kind.TEXT)
_DENIED = re.compile(
    r" (?:please )?(?:you (?:must|should) )?(?:never|(?:do|must|should) not|dont|cannot|nothing|no|avoid) "
)
_TURNED: Mapping[Op, Op] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_QUESTIONS = re.compile(r" (\w+)(?= (?:\w+ )?questions? )")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A wish as it stands, and its folded words with a space around each."""

    text: str
    words: str

    @classmethod
    def of(cls, text: str) -> _Clause:
        return cls(text, f" {' '.join(word for word in spoken(text) if word[:1].isalnum())} ")

    def has(self, section: str) -> bool:
        """Tell whether a phrase of a section occurs."""
        return _pattern(section).search(self.words) is not None


def policy_of(text: str, knowledge: Knowledge) -> tuple[Policy, list[str]]:
    """Return the policy that a text in natural language asks for, and its sentences that were not read.

    Relations and labels are those of the catalogue. What only says who is speaking ("You are a film critic.")
    or is so anyway ("Never make up a film.") asks for nothing and is not handed back.
    """
    reader = _Reader.of(knowledge)
    policy, unread = Policy(), list[str]()
    for clause in map(_Clause.of, _clauses(text)):
        told = reader.read(clause)
        if told is not None:
            policy |= told
        elif clause.words.strip() and not (clause.has("persona") or clause.has("kept")):
            unread.append(clause.text)
    return policy, unread


def _clauses(text: str) -> Iterator[str]:
    """Yield the wishes of a text: its sentences, taken apart where another wish begins."""
    text = _HEADING.sub("", text)
    inside = {i for match in _QUOTED.finditer(text) for i in range(*match.span())}
    start = 0
    for match in [*_END.finditer(text), None]:
        if match is not None and match.start() in inside:
            continue
        yield from _joined(text[start : match.start() if match else len(text)])
        start = match.end() if match else len(text)


def _joined(sentence: str) -> Iterator[str]:
    inside = {i for match in _QUOTED.finditer(sentence) for i in range(*match.span())}
    conditional = spoken(sentence)[:1] and spoken(sentence)[0] in ("if", "when", "whenever", "before", "for")
    start = 0
    for match in _JOINT.finditer(sentence):
        begins = spoken(sentence[match.end() :])[:1]
        first = start == 0 and conditional and "and" not in match[0]  # 'If it is an ad, say so'
        if begins and begins[0] in tables("wishes")["begins"] and match.start() not in inside and not first:
            yield sentence[start : match.start()].strip()
            start = match.end()
    if rest := sentence[start:].strip():
        yield rest


@lru_cache(maxsize=32)
def _pattern(section: str) -> re.Pattern[str]:
    phrases = [re.escape(each).replace(r"\ \~\ ", f"{_GAP} ") for each in tables("wishes")[section]]
    return re.compile(f" (?:{'|'.join(phrases)}) ")


@dataclass(frozen=True, slots=True)
class _Reader:
    knowledge: Knowledge
    graph: KnowledgeGraph
    vocabulary: Vocabulary
    labels: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> _Reader:
        return cls(knowledge, knowledge.graph, *reading_of(knowledge.graph))

    def read(self, clause: _Clause) -> Policy | None:
        """Return what a wish asks for; None if it is not read."""
        if (most := _most_questions(clause)) is not None:
            return Policy(max_questions=most)
        found = Policy(
            exclude_known=self._leaves_out_known(clause),
            one_at_a_time=self._is_one_at_a_time(clause),
        )
        if told := self._disclosed(clause):
            return told | found
        asks = not found and (clause.has("asking") or clause.has("confirming") or clause.has("first"))
        if asks and (told := self._confirmed(clause) or self._asked(clause)):
            return told
        found |= Policy(available=self._available(clause))
        return found or (None if asks else self._always(clause))

    def _is_one_at_a_time(self, clause: _Clause) -> bool:
        if not (clause.has("offering") or self._names_items(clause)):
            return False
        return clause.has("never") and clause.has("several") if clause.has("several") else clause.has("one")

    def _names_items(self, clause: _Clause) -> bool:
        nouns = {"item", "items", "option", "title", "product", "thing", *self.vocabulary.nouns}
        return not nouns.isdisjoint(clause.words.split())

    def _leaves_out_known(self, clause: _Clause) -> bool:
        if clause.has("history"):
            return True
        offers = clause.has("offering") or clause.has("leaving out")
        has = not {"already", "has", "have", "havent", "hasnt"}.isdisjoint(clause.words.split())
        known = clause.has("known") or (has and clause.has("known beside has"))
        return offers and ((known and clause.has("never")) or clause.has("new only"))

    def _available(self, clause: _Clause) -> RelationName | None:
        if not (clause.has("only") and clause.has("own")):
            return None
        kinds = {str(each.name): each.kind for each in self.graph.relations}
        named = [name for name in self._named(clause) if kinds.get(name) not in _VALUES]
        return RelationName(named[0]) if named else None

    def _confirmed(self, clause: _Clause) -> Policy | None:
        """Return the labels or the flags that must be confirmed before an offer."""
        scales = {str(each.name): each.scale for each in self.graph.relations if each.scale}
        for name in (*scales, *(name for name in self.labels if name not in scales)):
            known = tuple(dict.fromkeys((*scales.get(name, ()), *self.labels.get(name, ()))))
            if labels := tuple(dict.fromkeys(each.label for each in labels_in(clause.text, known))):
                return Policy(confirm={RelationName(name): labels})
        flags = [name for name in self._named(clause) if self.graph.relation(name).kind is Kind.FLAG]
        return Policy(confirm={RelationName(flags[0]): ("yes",)}) if flags else None

    def _asked(self, clause: _Clause) -> Policy | None:
        """Return the relations that are asked about before the first offer."""
        asks = clause.has("asking") or (clause.has("confirming") and clause.has("first"))
        named = tuple(RelationName(name) for name in self._named(clause)) if asks else ()
        return Policy(ask=named) if named else None

    def _disclosed(self, clause: _Clause) -> Policy | None:
        if not clause.has("disclosing") or clause.has("asking") or clause.has("confirming"):
            return None
        flags = [name for name in self._named(clause) if self.graph.relation(name).kind is Kind.FLAG]
        if not flags:
            return None
        own = _QUOTED.search(clause.text)
        sentence = " ".join(own[1].split()) if own else f"Please note: this one is {said(flags[0])}."
        return Policy(disclose={RelationName(flags[0]): sentence})

    def _always(self, clause: _Clause) -> Policy | None:
        """Return the conditions that every item satisfies: 'only items in stock', 'nothing over 20 euros'."""
        denied = _DENIED.match(clause.words)
        if not (denied or clause.has("only")):
            return None
        words = clause.words[denied.end() - 1 :] if denied else clause.words
        kept = _pattern("of the wish").sub(" ", words.replace(" ", "  ")).split()
        goal = Goal.of_data(heard(Context(self.knowledge), None, " ".join(_without(clause.text, kept))))
        if not goal.all_of or goal.none_of or goal.one_of:
            return None
        found = tuple(Condition(RelationName(c.relation), c.value, c.op) for c in goal.all_of)  # type: ignore[arg-type]
        return _denying(found) if denied else Policy(always=found)

    def _named(self, clause: _Clause) -> list[str]:
        """Return the relations that a wish names, in its order."""
        words = clause.words.split()
        found: list[str] = []
        for i in range(len(words)):
            _, told = self.vocabulary.measures.said_at(words, i)
            found += [each.measures[0].name for each in told if each.form == "name"]
            found += [name for name, calls in self._calls().items() if any(_at(words, i, c) for c in calls)]
        return list(dict.fromkeys(found))

    def _calls(self) -> dict[str, list[Sequence[str]]]:
        """Return how each relation is called, as words."""
        agents = self.vocabulary.agents
        return {
            str(each.name): [
                spoken(said) for said in (each.name.replace("_", " "), *agents.get(each.name, ()))
            ]
            for each in self.graph.relations
        }


def _denying(found: Sequence[Condition]) -> Policy | None:
    """Return that a condition holds for no item; None where that is no condition."""
    (condition, *others) = found
    if others:
        return None
    if condition.op != "is":
        return Policy(always=(replace(condition, op=_TURNED[condition.op]),))
    other = {"yes": "no", "no": "yes"}.get(condition.value)
    return Policy(always=(replace(condition, value=other),)) if other else None


def _at(words: Sequence[str], i: int, called: Sequence[str]) -> bool:
    """Tell whether a relation's name stands at a word, in singular or plural."""
    there = words[i : i + len(called)]
    return len(there) == len(called) and all(
        one.removesuffix("s") == other.removesuffix("s") for one, other in zip(there, called, strict=True)
    )


def _most_questions(clause: _Clause) -> int | None:
    """Return how many questions may be asked at most; None if nothing is said of that."""
    numbers = tables("wishes")["numbers"]
    for match in _QUESTIONS.finditer(clause.words) if clause.has("most questions") else ():
        if match[1] in numbers or match[1].isdecimal():
            return numbers.index(match[1]) if match[1] in numbers else int(match[1])
    return None


def _without(text: str, kept: Sequence[str]) -> Iterator[str]:
    """Yield the words of a text as they stand that are among the folded words kept."""
    for word in text.split():
        if any(part in kept for part in spoken(word)):
            yield word
