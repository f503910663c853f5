"""A person's own systems, sources and embedders by a dotted path: `my.module:Name`.

The path is given on the command line or by a program, never by a message, a model or a catalogue.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.errors import UsageError
from kg.folders import file_hash


def is_dotted(name: str) -> bool:
    """Tell whether a name is a dotted path; no system, source or embedder of Usher's has a colon."""
    return ":" in name


def load(path: str, what: str) -> Any:
    """Return what a dotted path names. Modules are looked for in the current folder too, and last.

    Args:
        path: `my.module:Name`.
        what: the option it was given to, for errors: "--system".

    Raises:
        UsageError: not of that form, no such module, or no such name in it.
    """
    module, _, name = path.partition(":")
    if not all(part.isidentifier() for part in (*module.split("."), name)):
        raise UsageError(f"{what} {path!r}: expected MODULE:NAME, such as my.module:Class.")
    found = _module(module, path, what)
    if not hasattr(found, name):
        close = get_close_matches(name, vars(found), n=1)
        hint = f"; did you mean {close[0]!r}?" if close else "."
        raise UsageError(f"{what} {path!r}: {_place(found)} has no {name!r}{hint}")
    return getattr(found, name)


def made(path: str, what: str, *given: object, takes: str, methods: Sequence[str]) -> Any:
    """Return what a class or function at a dotted path makes of `given`.

    Args:
        path: `my.module:Name`.
        what: the option it was given to, for errors.
        given: the arguments.
        takes: the arguments in words: "one argument, the run's `Setup`".
        methods: what the result must have.

    Raises:
        UsageError: it cannot be loaded or called so, or its result lacks a method.
    """
    maker = load(path, what)
    if not callable(maker) or not _can_take(maker, given):
        kind = "something that cannot be called" if not callable(maker) else f"{path} takes other arguments"
        raise UsageError(f"{what} {path!r}: {kind}. Expected a class or function that takes {takes}.")
    result = maker(*given)
    lacking = [each for each in methods if not hasattr(result, each)]
    if lacking:
        raise UsageError(
            f"{what} {path!r} made a {type(result).__name__} without {' and '.join(map(repr, lacking))}."
            f"\n  Expected {' and '.join(map(repr, methods))}; docs/library.md has an example."
        )
    return result


def digest(path: str) -> str:
    """Return the hash of the module that a dotted path lies in, "" of one without a file.

    Raises:
        UsageError: there is no such module.
    """
    file = getattr(_module(path.partition(":")[0], path, "code at"), "__file__", None)
    return file_hash(Path(file))[:16] if file else ""


def _module(name: str, path: str, what: str) -> ModuleType:
    here = str(Path.cwd())
    if here not in sys.path:
        sys.path.append(here)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = f"no module is called {error.name!r}"
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise UsageError(f"{what} {path!r}: {name} imports what is not here: {missing}.") from error
        raise UsageError(
            f"{what} {path!r}: {missing}; looked for in {here} and where Python looks.\n"
            "  Run it in the folder that holds the module, or put that into PYTHONPATH."
        ) from None


def _can_take(maker: Callable[..., Any], given: Sequence[object]) -> bool:
    try:
        inspect.signature(maker).bind(*given)
    except TypeError:
        return False
    except ValueError:  # built-in, without a signature: calling it tells
        return True
    return True


def _place(module: ModuleType) -> str:
    return str(getattr(module, "__file__", None) or module.__name__)
