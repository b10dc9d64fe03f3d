"""The web pages as a process that ends with the one that began it: ``python -m pipelines.up.pages HOME HOST PORT``.

Its standard input is a pipe to which nothing is ever written; the pipe ends when that process does, however that ends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from pipelines import settings
from pipelines.errors import KneewiseError
from pipelines.serving import serve


def main() -> None:
    home, host, port = sys.argv[1:]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        with suppress(KeyboardInterrupt):
            serve.run(settings.load(Path(home)), host, int(port), lambda line: print(line, flush=True))
    except KneewiseError as error:
        sys.exit(f"kneewise: {error}")


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)
    signal.raise_signal(signal.SIGTERM)


if __name__ == "__main__":
    main()
