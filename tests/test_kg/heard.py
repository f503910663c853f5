"""A listener that keeps what it is told of long work."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.progress import Stage


@dataclass
class Heard:
    """What was said of stages, and which of them ended."""

    said: list[tuple[Stage, int]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def at(self, stage: Stage, done: int) -> None:
        """Keep how far a stage is."""
        self.said.append((stage, done))

    def over(self, stage: Stage) -> None:
        """Keep that a stage ended."""
        self.ended.append(stage.what)

    def of(self, what: str) -> list[tuple[int, int]]:
        """Return what was told of a stage: how much was done, of how much."""
        return [(done, stage.total) for stage, done in self.said if stage.what == what]
