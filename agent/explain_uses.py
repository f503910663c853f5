"""What every word of a request was used for, as `/why` shows it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from rich.text import Text

from agent.assistant import Step
from agent.builtin.interpret.message import Message, understood
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.compared import how_meant
from agent.phrasing import printable
from kg.graph import KnowledgeGraph


def spans_of(steps: Sequence[Step], graph: KnowledgeGraph) -> list[Span]:
    """Return the use of every word of the request that a turn's names were linked in; none without links."""
    linked = next((step for step in steps if step.tool == "link_entities" and not step.refused), None)
    if linked is None:
        return []
    message = _message(linked, graph)
    return sorted((*message.spans, *message.apart.spans, *message.told))


def _message(linked: Step, graph: KnowledgeGraph) -> Message:
    text = str(linked.arguments["text"])
    return understood(text, json.loads(linked.result), Vocabulary.of_graph(graph))


def meant(steps: Sequence[Step], graph: KnowledgeGraph) -> list[str]:
    """Return what words of a request were taken for that give no number: 'cheap', 'around 30 euros'."""
    linked = next((step for step in steps if step.tool == "link_entities" and not step.refused), None)
    comparisons = _message(linked, graph).reading.comparisons if linked is not None else ()
    return list(dict.fromkeys(how_meant(comparisons)))


def uses(steps: Sequence[Step], graph: KnowledgeGraph) -> Text:
    """Return the uses of a request's words, a line a use; function words are left out."""
    by_use: defaultdict[Use, list[str]] = defaultdict(list)
    for span in spans_of(steps, graph):
        by_use[span.use].append(span.text)
    out = Text()
    for use in Use:
        if by_use[use] and use != Use.FUNCTION:
            said = ", ".join(dict.fromkeys(printable(word) for word in by_use[use]))
            out.append(f"{use.value}: ", style="cyan")
            out.append(said + "\n")
    for each in meant(steps, graph):
        out.append("taken as: ", style="cyan")
        out.append(printable(each) + "\n")
    out.rstrip()
    return out
