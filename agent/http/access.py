"""Who may ask a server: the names it goes by, the keys it wants, the pages elsewhere that may read it."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import UsageError

LOOPBACK = "127.0.0.1"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Access:
    """Where a server listens and whom it answers.

    `host` is an address or a name of this machine. `names` are others by which clients reach it, behind a
    proxy for example; `*` stands for all. `origins` are those of pages elsewhere that may read answers.

    Raises:
        UsageError: it listens off loopback and wants no key, or an origin is none.
    """

    host: str = LOOPBACK
    keys: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.keys and not self.is_on_loopback:
            raise UsageError(
                f"whoever reaches {self.host!r} could ask and read what is remembered of people."
                "\n  Give --api-key-file FILE with a key a line, or leave --host out: this machine alone."
            )
        for origin in self.origins:
            if origin != ANY and not _is_origin(origin):
                raise UsageError(
                    f"{origin!r} is no origin; expected scheme://host or scheme://host:port,"
                    " without a path, or *."
                )

    @property
    def is_on_loopback(self) -> bool:
        """Whether only this machine reaches the server."""
        return self.host == "localhost" or _is_loopback(self.host)

    def answers_to(self, host: str) -> bool:
        """Tell whether a `Host` header names this server.

        A page whose name was made to lead here would send its own. Off loopback any address will do, because
        no page has an address for a name.
        """
        name = _name_of(host)
        if name in _known(self) or ANY in self.names:
            return True
        return _is_loopback(name) if self.is_on_loopback else _is_address(name)

    def admits(self, authorization: str | None) -> bool:
        """Tell whether an `Authorization` header holds one of the keys, where any is wanted."""
        scheme, _, given = (authorization or "").partition(" ")
        held = [compare_digest(given.strip().encode(), key.encode()) for key in self.keys]
        return not held or (scheme.casefold() == "bearer" and any(held))


def read_keys(path: Path) -> tuple[str, ...]:
    """Return the keys of a file: one a line; empty lines and those that begin with # are skipped.

    Raises:
        UsageError: it cannot be read, or holds no keys.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError(f"the keys in {path} cannot be read: {why}.") from None
    keys = tuple(key for line in lines if (key := line.strip()) and not key.startswith("#"))
    if not keys:
        raise UsageError(f"{path} holds no key; write one a line, for example from `openssl rand -hex 32`.")
    if any(not key.isascii() or not key.isprintable() or " " in key for key in keys):
        raise UsageError(f"{path} holds a line that is no key: one word of plain letters, digits and signs.")
    return keys


def _known(access: Access) -> set[str]:
    here = {"localhost", access.host, *access.names}
    if not access.is_on_loopback:
        here.add(socket.gethostname())
    return {_name_of(each) for each in here}


def _name_of(host: str) -> str:
    """Return the name or address in a `Host` header, without the port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name = host.rpartition(":")[0] if host.count(":") == 1 else host
    return name.casefold().removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return _is_address(name) and ip_address(name).is_loopback


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme and parts.netloc) and text == f"{parts.scheme}://{parts.netloc}"
