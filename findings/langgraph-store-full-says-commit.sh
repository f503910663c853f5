#!/bin/sh
# langgraph-checkpoint-sqlite 3.1.2: a SqliteStore whose database may not grow any more says "cannot commit - no transaction is
# active". SQLite's own error, "database or disk is full", is only its context: SQLite has ended the transaction by then, and the
# store commits all the same. Who shows str(error) tells a person of a damaged store where the disk is full; walk __context__.
# The limit is set with PRAGMA max_page_count here, which behaves as a full disk does.
# Seen: the two texts below. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check langgraph-checkpoint-sqlite==3.1.2
"$folder/venv/bin/python" - "$folder/store.sqlite" <<'PYTHON'
import sqlite3
import sys

from langgraph.store.sqlite import SqliteStore

connection = sqlite3.connect(sys.argv[1], isolation_level=None, check_same_thread=False)
store = SqliteStore(connection)
store.setup()
store.put(("people",), "a", {"text": "short"})
pages = connection.execute("PRAGMA page_count").fetchone()[0]
connection.execute(f"PRAGMA max_page_count = {pages + 2}")
try:
    store.put(("people",), "b", {"text": "long " * 100_000})
except sqlite3.OperationalError as error:
    said, cause = str(error), str(error.__context__)
print("said:", said, "| its context:", cause)
assert (said, cause) == ("cannot commit - no transaction is active", "database or disk is full")
assert store.get(("people",), "a").value == {"text": "short"}
PYTHON
