"""The command `usher`, also `python -m usher`: that of `agent`, and the benchmark's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.__main__ import main as run

if TYPE_CHECKING:
    from typer import Typer


def main() -> None:
    """Run the command line."""
    run(_with_bench)


def _with_bench(app: Typer) -> None:
    from usher.bench_commands import app as bench

    app.add_typer(bench, name="bench")


if __name__ == "__main__":
    main()
