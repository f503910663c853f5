"""Options that several commands of the benchmark take, by one name and one help each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Catalogue = Annotated[str, typer.Option(help="builtin, or a name of `usher data list`")]
Data = Annotated[Path | None, typer.Option(help="the folder that holds raw sources")]
Queries = Annotated[list[Path] | None, typer.Option(help="query files; default: the built-in ones")]
WithHistory = Annotated[
    bool, typer.Option("--with-history", help="show `agent` or `llm` what the person chose before")
]
