"""What a message takes back: 'Who directed Jaws? Actually, never mind. A western.'."""

from __future__ import annotations

from agent.builtin.parse.chunks import Chunk


def since_last_change_of_mind(chunks: list[Chunk]) -> list[Chunk]:
    """Leave out what was taken back: 'Who directed Jaws? Actually, never mind.'."""
    for i in range(len(chunks) - 2, 0, -1):
        taken_back = (chunks[i].text, chunks[i + 1].text) in (
            ("never", "mind"),
            ("scratch", "that"),
            ("forget", "that"),
        )
        alone = len(chunks) > i + 3 and chunks[i + 2].kind == "mark"
        if taken_back and alone and any(a.kind == "mark" for a in chunks[max(0, i - 2) : i]):
            return chunks[i + 2 :]
    return chunks
