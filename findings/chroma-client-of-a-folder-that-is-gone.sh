#!/bin/sh
# chromadb 1.5.9: a PersistentClient of a path answers from the folder that lay there before. Chroma keeps one database a path
# as long as the process lives: delete the folder, make a new client of the same path, and it still lists the collection that
# is gone, with all its items; a folder made anew there is not looked at. So an index that is rebuilt in place needs another
# path, or every client of the old one closed first (client.close() ends it).
# Seen: after the folder was deleted 3 items are counted; after close() of all clients the new client lists nothing.
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chromadb==1.5.9
"$folder/venv/bin/python" - "$folder/db" <<'PYTHON'
import shutil
import sys

import chromadb
from chromadb.config import Settings


def client():
    return chromadb.PersistentClient(sys.argv[1], settings=Settings(anonymized_telemetry=False))


first = client()
first.create_collection("items", embedding_function=None).add(ids=["a", "b", "c"], embeddings=[[1.0], [2.0], [3.0]])
shutil.rmtree(sys.argv[1])
second = client()
seen = [(each.name, each.count()) for each in second.list_collections()]
for each in (first, second):
    each.close()
third = client()
left = [each.name for each in third.list_collections()]
print("after the folder was deleted:", seen, "after all clients were closed:", left)
assert seen == [("items", 3)]
assert left == []
PYTHON
