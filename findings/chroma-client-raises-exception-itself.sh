#!/bin/sh
# chromadb 1.5.9: where something before a Chroma server refuses a request (a proxy that wants a key: 401 and words that are not
# Chroma's JSON), the client raises Exception itself, no ChromaError and no error of httpx, with the body as its text and without
# the status. Only `except Exception` catches it, and a proxy's page of HTML becomes the message. While a client is made, the same
# reply is a ValueError. A server of the standard library stands for the proxy here.
# Seen: Exception and "who are you?" from an open client, ValueError and the same text from a new one. Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chromadb==1.5.9
"$folder/venv/bin/python" - <<'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import chromadb
from chromadb.config import Settings


class Proxy(BaseHTTPRequestHandler):
    refuses = False

    def do_GET(self):
        said = {"nanosecond heartbeat": 1, "name": "default_tenant"}
        if self.path.endswith("/auth/identity"):
            said = {"user_id": "", "tenant": "default_tenant", "databases": ["default_database"]}
        elif "/databases/" in self.path:
            said |= {"tenant": "default_tenant", "id": "00000000-0000-0000-0000-000000000000"}
        body = b"who are you?" if self.refuses else json.dumps(said).encode()
        self.send_response(401 if self.refuses else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
threading.Thread(target=server.serve_forever, daemon=True).start()


def client():
    settings = Settings(anonymized_telemetry=False)
    return chromadb.HttpClient(host="127.0.0.1", port=server.server_address[1], settings=settings)


opened = client()
Proxy.refuses = True
came = []
for ask in (opened.heartbeat, client):
    try:
        ask()
    except Exception as error:
        came.append((type(error), str(error)))
print(came)
assert came[0] == (Exception, "who are you?")
assert came[1] == (ValueError, "who are you?")
PYTHON
