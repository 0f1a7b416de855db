"""Commands of `vertaal`, each in a process of its own, with every step towards a network noted: run by the tests here.

On stdin a JSON list of lists of arguments; on stdout a JSON list with, for each, its exit code, its output and the events of
Python's audit hooks (PEP 578) that speak of the network.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any

from toolkit.cli import main

EVENTS = ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.Request")
"""Beginnings of names of events; that a socket is made is none, since libraries try whether there is IPv6 by that."""


def run(arguments: list[str]) -> dict[str, Any]:
    """One command, in a fork of this process, where the command line is imported already."""
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as noted:
        child = os.fork()
        if not child:
            for stream in (1, 2):
                os.dup2(printed.fileno(), stream)
            _note(noted.fileno())
            sys.argv = ["vertaal", *arguments]
            code = 1
            try:
                main()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
            finally:
                sys.stdout.flush()
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = []
        for file in (printed, noted):
            file.seek(0)
            texts.append(file.read().decode())
        return {"code": code, "printed": texts[0], "events": texts[1].split()}


def _note(file: int) -> None:
    def hook(event: str, values: tuple[object, ...]) -> None:
        if event.startswith(EVENTS):
            os.write(file, f"{event}\n".encode())

    sys.addaudithook(hook)


if __name__ == "__main__":
    json.dump([run(arguments) for arguments in json.load(sys.stdin)], sys.stdout)
