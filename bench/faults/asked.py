"""The six requests that tell whether a catalogue still answers as it did."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from agent.assistant import Assistant
from agent.people import People


def answers(home: Path, catalogue: str, data: Path | None, embedder: str | None) -> list[dict[str, Any]]:
    """Return the answers to a fact, conditions, a theme, a likeness misspelt, a range, and for a person.

    Titles are those of the best known items and the person the first, so that every catalogue can be asked.
    """
    os.environ["USHER_HOME"] = str(home)
    assistant = Assistant(catalogue, data=data, embedder=embedder)
    known = assistant.graph.catalogue
    first, second = (known.items[place].title for place in known.index.ranks.argsort()[:2].tolist())
    requests = (
        f"When did {first} come out?",
        "comedies from the 1980s",
        "something about a lonely lighthouse by the sea",
        f"something like {_misspelt(second)}",
        "anything between 1960 and 1985, oldest first",
    )
    said = [assistant.ask(request).answer for request in requests]
    if len(known.users):
        person = People(assistant.graph).load(known.users[0].id)
        said.append(assistant.ask("recommend me something", asker=person.asker).answer)
    return said


def _misspelt(title: str) -> str:
    """Return a title with its last two different letters the other way round."""
    for at in range(len(title) - 2, 0, -1):
        if title[at].isalpha() and title[at + 1].isalpha() and title[at] != title[at + 1]:
            return title[:at] + title[at + 1] + title[at] + title[at + 2 :]
    return title
