"""The loop as a graph for `langgraph dev` and Studio, which `langgraph.json` names.

Studio wants a compiled graph in a module, without a checkpointer of ours: it brings its own. It knows nothing
of catalogues, so the context is opened here at the first step, as the environment says: USHER_CATALOGUE and
USHER_MODEL (`builtin` both), and what docs/models.md lists.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache

from agent.graph import build
from agent.state import Context


@cache
def context() -> Context:
    """Open the catalogue and the model that the environment names."""
    from agent.assistant import Assistant

    catalogue = os.environ.get("USHER_CATALOGUE") or "builtin"
    opened = Assistant(catalogue, model=os.environ.get("USHER_MODEL") or "builtin").context
    return replace(opened, at_once=False)  # Studio shows every step


graph = build(opened=context).with_config(recursion_limit=64)
