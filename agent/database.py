"""Which Postgres database keeps conversations and people, where one is named: `--database`, `USHER_DATABASE`.

What talks to it is an extra and is loaded when it is needed (`agent.postgres`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from agent.llm import secrets
from kg.errors import UsageError

if TYPE_CHECKING:
    from agent.postgres import Database

VARIABLE = "USHER_DATABASE"
_FORM = "postgresql://HOST:PORT/NAME with USER:PASSWORD@ before HOST"  # joined, it would be masked
_HOSTS = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s:,\[\]@]*)(:\d+)?")


def opened(url: str) -> Database:
    """Return a database, ready to be used; one of a URL in a process.

    Raises:
        UsageError: the URL is none, the extra is missing, or nothing answers there as Postgres does.
    """
    where = place(url)
    try:
        from agent.postgres import database
    except ImportError:
        raise UsageError(
            "--database needs the `postgres` extra: pip install '.[postgres]', in Usher's folder."
        ) from None
    return database(url, where)


def checked(url: str | None) -> str | None:
    """Return a URL as it was given, if it is one; whether anything is there is not asked.

    Raises:
        UsageError: as for `place`.
    """
    if url is not None:
        place(url)
    return url


def place(url: str) -> str:
    """Return a database's URL without who enters and how; passwords are masked in errors from now on.

    Raises:
        UsageError: it is no URL of a database; the message does not repeat it.
    """
    parts = urlsplit(url)
    users, _, hosts = parts.netloc.rpartition("@")
    given = [
        unquote(users.partition(":")[2]),
        users.partition(":")[2],
        *parse_qs(parts.query).get("password", []),
    ]
    for password in given:
        secrets.remember(password)
    rest = f"{parts.path}?{parts.query}"
    well_formed = all(_HOSTS.fullmatch(host) for host in hosts.split(",")) and "@" not in rest
    if parts.scheme not in ("postgresql", "postgres") or not well_formed or "@" in users or parts.fragment:
        raise UsageError(
            f"--database is no URL of a Postgres database; expected {_FORM}; signs in the password"
            " are percent-encoded (@ is %40, / is %2F)."
        )
    return f"postgresql://{hosts}{parts.path}"
