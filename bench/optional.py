"""Libraries that only some systems need, imported when one of these is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import UsageError


class MissingLibraryError(UsageError):
    """A library of an extra is not installed; the message names the extra."""


def library(module: str, extra: str) -> Any:
    """Return a module of an optional library, such as `implicit.als` of the extra `cf`.

    Raises:
        MissingLibraryError: it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingLibraryError(
            f"{error.name!r} is not installed; it comes with the extra {extra!r}:"
            f" pip install 'usher[{extra}]' (in a checkout: pip install -e '.[{extra}]')."
        ) from None
