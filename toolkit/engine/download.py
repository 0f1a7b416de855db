"""Fetching a package from Argos' index: the only code here that uses a network.

https only, also after a redirect; every answer is bounded in size and time; what the index says of size and hash is checked,
and the archive is checked before it is unpacked. Whatever fails leaves what was installed before.
"""

from __future__ import annotations

import hashlib
import json
import ssl
import tempfile
import time
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from toolkit.engine.packages import ModelPackage, argos, install
from toolkit.errors import ModelError

TIMEOUT = 30.0  # seconds without an answer
LONGEST = 3600.0  # seconds for one file
LARGEST_INDEX = 16 << 20
LARGEST_PACKAGE = 2 << 30


def install_pair(source: str, target: str) -> ModelPackage:
    """Install the newest package of Argos' index that translates between two languages.

    Args:
        source, target: language codes such as nl and en.

    Raises:
        ModelError: there is no network, no such package, or what came is not right; nothing was changed.
    """
    argos()
    from argostranslate import settings

    with tempfile.TemporaryDirectory(prefix="vertaal-") as folder:
        index = Path(folder) / "index.json"
        _fetch(settings.remote_package_index, index, LARGEST_INDEX)
        entry = _choose(_entries(index), source, target)
        file = Path(folder) / f"translate-{source}_{target}.argosmodel"
        offered = entry.get("links")
        links = [
            link
            for link in (offered if isinstance(offered, list) else ())
            if isinstance(link, str) and link.startswith("https://")
        ]
        if not links:
            raise ModelError(f"The index names no https address for {source} to {target}: nothing was installed.")
        failure: ModelError | None = None
        for link in links:
            try:
                _fetch(link, file, LARGEST_PACKAGE)
                _verify(file, entry)
                return install(file)
            except ModelError as error:
                failure = error
        raise failure or ModelError("Nothing was installed.")


def _entries(index: Path) -> list[dict[str, Any]]:
    try:
        entries = json.loads(index.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ModelError("What came from the address of Argos' index is no index: nothing was installed.") from error
    if not isinstance(entries, list):
        raise ModelError("What came from the address of Argos' index is no index: nothing was installed.")
    return [e for e in entries if isinstance(e, dict)]


def _choose(entries: list[dict[str, Any]], source: str, target: str) -> dict[str, Any]:
    def version(entry: dict[str, Any]) -> list[int]:
        return [int(n) for n in str(entry.get("package_version", "")).split(".") if n.isdecimal()]

    fitting = [
        e
        for e in entries
        if (e.get("from_code"), e.get("to_code")) == (source, target) and e.get("type", "translate") == "translate"
    ]
    if not fitting:
        raise ModelError(f"Argos' index has no package from {source!r} to {target!r}: nothing was installed.")
    return max(fitting, key=version)


def _verify(file: Path, entry: dict[str, Any]) -> None:
    size, digest = entry.get("size"), entry.get("sha256")
    if isinstance(size, int) and size != file.stat().st_size:
        raise ModelError(
            f"The package that came has {file.stat().st_size:,} bytes, the index says {size:,}: nothing was installed."
        )
    if isinstance(digest, str):
        with file.open("rb") as data:
            if hashlib.file_digest(data, "sha256").hexdigest() != digest.lower():
                raise ModelError(
                    "The package that came is not the one that the index names (its hash differs): nothing was installed."
                )


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme != "https":
            raise ModelError(f"{req.full_url} leads to {newurl}, which is not https: nothing was installed.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch(url: str, file: Path, largest: int) -> None:
    """Write what is at an address to a file.

    Raises:
        ModelError: it is not https, cannot be reached, stalls, stops half-way, or is larger than `largest` bytes.
    """
    host = urlsplit(url).hostname or url
    if urlsplit(url).scheme != "https":
        raise ModelError(f"{url} is not an https address: nothing was installed.")
    opener = urllib.request.build_opener(_HttpsOnly, urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    try:
        with (
            opener.open(urllib.request.Request(url, headers={"User-Agent": "vertaal"}), timeout=TIMEOUT) as answer,
            file.open("wb") as out,
        ):
            expected = answer.headers.get("Content-Length")
            got = _copy(answer, out, largest, host)
        if expected is not None and expected.isdecimal() and int(expected) != got:
            raise ModelError(
                f"{host} stopped after {got:,} of {int(expected):,} bytes: nothing was installed; try again."
            )
    except ModelError:
        raise
    except (OSError, HTTPException, ValueError) as error:
        # What a server sends may stand in the message: one short line of it, without control characters.
        cause = "".join(c for c in " ".join(str(getattr(error, "reason", None) or error).split()) if c.isprintable())
        raise ModelError(
            f"Cannot reach {host} ({cause[:200]}): nothing was installed. Without a network, install from a .argosmodel file."
        ) from error


def _copy(answer: BinaryIO, out: BinaryIO, largest: int, host: str) -> int:
    got, end = 0, time.monotonic() + LONGEST
    while block := answer.read(1 << 16):
        got += len(block)
        if got > largest:
            raise ModelError(f"{host} sends more than {largest:,} bytes: nothing was installed.")
        if time.monotonic() > end:
            raise ModelError(f"{host} is too slow: nothing was installed.")
        out.write(block)
    return got
