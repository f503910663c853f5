"""Run the server by hand: PYTHONPATH=tests python -m llm_server --port 8500 --fault-rate 0.1."""

from __future__ import annotations

import argparse
import sys

from kg.store import open_catalogue
from llm_server import Builtin, Faults, Server


def main() -> None:
    """Serve the built-in model on the built-in catalogue until interrupted."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument("--port", type=int, default=8500)
    options.add_argument("--fault-rate", type=float, default=0.0)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    faults = Faults(given.fault_rate, given.seed)
    with Server(Builtin(open_catalogue().graph), faults=faults, port=given.port) as server:
        sys.stderr.write(f"USHER_BASE_URL={server.url}\n")
        try:
            server.wait()
        except KeyboardInterrupt:
            sys.stderr.write(f"{len(server.bodies)} requests; faults: {dict(faults.injected)}\n")


if __name__ == "__main__":
    main()
