"""The options that several commands take, each with its help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.database import VARIABLE, checked

Catalogue = Annotated[str, typer.Option(help="builtin, or a name of `usher data list`")]
Data = Annotated[
    Path | None, typer.Option(help="the folder that holds raw sources, e.g. `ml-1m/`; needed once")
]
Tools = Annotated[
    str,
    typer.Option(
        help="the toolset: full, no-verify, no-hops, no-find, no-search, no-profile, no-ask, no-policy"
        " or none"
    ),
]
Model = Annotated[str, typer.Option(help="builtin, or openai:NAME")]
Ranker = Annotated[
    str | None, typer.Option(help="openai:NAME puts the proved items in order, best for the person first")
]
User = Annotated[str | None, typer.Option(help="who asks: a name of your own, or a user id of the catalogue")]
Chroma = Annotated[str | None, typer.Option(help="a Chroma server (`chroma run`) for the text index")]
Database = Annotated[
    str | None,
    typer.Option(
        envvar=VARIABLE,
        callback=checked,
        help="a Postgres database for people and conversations (docs/deploy.md), postgresql://…",
    ),
]
Embedder = Annotated[
    str | None,
    typer.Option(
        help="static (word vectors, the default), lsa, sentence-transformers (an extra) or my.module:Class"
    ),
]
