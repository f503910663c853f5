"""What `usher serve` was told, in a form that worker processes can read."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from agent.http.access import LOOPBACK, Access, read_keys
from agent.serving.opening import Opening

VARIABLE = "USHER_SERVE"  # by which workers are told


class ServerSettings(BaseModel):
    """What is served, where, and to whom; keys stay in their file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    opening: Opening
    host: str = LOOPBACK
    port: int = 8321
    key_file: Path | None = None
    origins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    workers: int = 1
    database: str | None = Field(None, repr=False)

    def access(self) -> Access:
        """Return whom the server answers.

        Raises:
            UsageError: that cannot be.
        """
        keys = read_keys(self.key_file) if self.key_file else ()
        return Access(self.host, keys, self.origins, self.names)
