"""How the catalogues of a server are opened: once here, and again in every process that answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Opening:
    """What `usher serve` was told of the assistant."""

    catalogue: str = "builtin"
    data: Path | None = None
    tools: str = "full"
    model: str = "builtin"
    ranker: str | None = None
    chroma: str | None = None

    def first(self) -> Assistant:
        """Return the assistant of the catalogue that was named."""
        return Assistant(
            self.catalogue,
            data=self.data,
            tools=self.tools,
            model=self.model,
            chroma=self.chroma,
            ranker=self.ranker,
        )

    def other(self, catalogue: str) -> Assistant:
        """Return an assistant of the same kind for another catalogue."""
        return Assistant(
            catalogue, tools=self.tools, model=self.model, ranker=self.ranker, chroma=self.chroma
        )
