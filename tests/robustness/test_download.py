"""`vertaal model install nl en` against a server on this machine that cuts, stalls, lies, redirects and sends garbage."""

from __future__ import annotations

import hashlib
import json
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from toolkit.engine import download, packages
from toolkit.engine.packages import BUNDLED, argos
from toolkit.errors import ModelError

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """An https server that answers each path as told."""

    def __init__(self, folder: Path) -> None:
        self.answers: dict[str, Answer] = {}
        answers = self.answers

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answers.get(self.path, lambda handler: handler.send_error(404))(self)

            def log_message(self, *arguments: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._http.handle_error = lambda *arguments: None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.url = f"https://localhost:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def content(data: bytes, *, length: int | None = None, status: int = 200) -> Answer:
    """An answer with a body, and with another length than it has where one is given."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(to: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", to)
        handler.end_headers()

    return answer


def stall(data: bytes, pause: float = 3) -> Answer:
    """Half of a body, then nothing."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(2 * len(data)))
        handler.end_headers()
        handler.wfile.write(data)
        handler.wfile.flush()
        time.sleep(pause)

    return answer


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\xff\x1b[31m not http at all\r\n\r\n")


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"[" * (1 << 16))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("package") / "translate-nl_en-server"
    shutil.copytree(BUNDLED / "translate-nl_en-vertaal", folder)
    return Path(shutil.make_archive(str(folder), "zip", folder.parent, folder.name)).read_bytes()


@pytest.fixture
def server(certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    argos()
    from argostranslate import settings

    trusted = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusted)
    monkeypatch.setattr(download, "TIMEOUT", 0.4)
    installed = tmp_path / "packages"
    installed.mkdir()
    monkeypatch.setattr(settings, "package_data_dir", installed)
    monkeypatch.setattr(settings, "package_dirs", [installed, BUNDLED])
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    server = Server(certificate)
    monkeypatch.setattr(settings, "remote_package_index", f"{server.url}/index.json")
    yield server
    server.close()


def offer(server: Server, answer: Answer, **more: Any) -> None:
    """An index with one package, and the answer to a request for it."""
    entry = {"type": "translate", "from_code": "nl", "to_code": "en", "package_version": "1.9"}
    links = more.pop("links", [f"{server.url}/x.argosmodel"])
    server.answers["/index.json"] = content(json.dumps([{**entry, "links": links, **more}]).encode())
    server.answers["/x.argosmodel"] = answer


def names() -> list[str]:
    return [p.name for p in packages()]


def refused(message: str, folder: Path) -> None:
    before, started = names(), time.monotonic()
    with pytest.raises(ModelError, match=message) as caught:
        download.install_pair("nl", "en")
    text = str(caught.value)
    assert "\n" not in text and "\x1b" not in text and text.endswith(".")
    assert names() == before and list((folder / "packages").iterdir()) == []
    assert time.monotonic() - started < 5


def test_a_good_package_is_installed(server: Server, package: bytes) -> None:
    offer(server, content(package), size=len(package), sha256=hashlib.sha256(package).hexdigest())
    assert download.install_pair("nl", "en").name == "translate-nl_en-server"
    assert names() == ["translate-nl_en-server", "translate-nl_en-vertaal"]


def test_the_second_link_is_tried(server: Server, package: bytes) -> None:
    offer(server, content(package), links=[f"{server.url}/gone", f"{server.url}/x.argosmodel"])
    assert download.install_pair("nl", "en").name == "translate-nl_en-server"


def test_a_redirect_within_https_is_followed(server: Server, package: bytes) -> None:
    offer(server, redirect(f"{server.url}/y"))
    server.answers["/y"] = content(package)
    assert download.install_pair("nl", "en").name == "translate-nl_en-server"


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (content(b"no such index", status=500), "Cannot reach localhost"),
        (content(b"<html>"), "no index"),
        (content(b"\xff\xfe\x00"), "no index"),
        (content(b"[" * 200_000), "no index"),
        (content(b"{}"), "no index"),
        (content(b'[1, null, {"from_code": ["nl"]}]'), "no package from 'nl' to 'en'"),
        (content(b"[]"), "no package from 'nl' to 'en'"),
        (content(b"[]", length=100), "Cannot reach localhost|stopped after"),
        (stall(b"[" * 1000), "Cannot reach localhost"),
        (redirect("http://localhost/index.json"), "not https"),
        (redirect("file:///etc/passwd"), "not https|not allowed"),
        (redirect("/index.json"), "Cannot reach localhost"),
        (garbage, "Cannot reach localhost"),
        (endless, "sends more than"),
    ],
)
def test_bad_index(answer: Answer, message: str, server: Server, tmp_path: Path) -> None:
    server.answers["/index.json"] = answer
    refused(message, tmp_path)


@pytest.mark.parametrize("fault", ["cut", "stall", "redirect", "garbage", "size", "hash", "html", "flipped", "gone"])
def test_bad_package(fault: str, server: Server, package: bytes, tmp_path: Path) -> None:
    half = len(package) // 2
    flipped = bytearray(package)
    flipped[half] ^= 1
    hashed = {"sha256": hashlib.sha256(package).hexdigest()}
    answer, more, message = {
        "cut": (content(package[:half], length=len(package)), {}, "stopped after|Cannot reach"),
        "stall": (stall(package[:half]), {}, "Cannot reach"),
        "redirect": (redirect("http://localhost/x"), {}, "not https"),
        "garbage": (garbage, {}, "Cannot reach"),
        "size": (content(package), {"size": half}, "the index says"),
        "hash": (content(package + b"\0"), hashed, "its hash differs"),
        "html": (content(b"<html>log in first</html>"), {}, "not an Argos package"),
        "flipped": (content(bytes(flipped)), {}, "damaged|not an Argos package"),
        "gone": (content(b"", status=404), {}, "Cannot reach"),
    }[fault]
    offer(server, answer, **more)
    refused(message, tmp_path)


@pytest.mark.parametrize(
    "links",
    [[], ["http://localhost/x"], ["file:///etc/passwd"], ["ipfs://x"], [3, None], "https://localhost/x", 5, None, {}],
)
def test_bad_links(links: object, server: Server, tmp_path: Path) -> None:
    offer(server, content(b""), links=links)
    refused("names no https address", tmp_path)


def test_a_larger_package_than_allowed(server: Server, package: bytes, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(download, "LARGEST_PACKAGE", 100_000)
    offer(server, content(package))
    refused("sends more than", tmp_path)


def test_a_certificate_that_nobody_vouches_for(server: Server, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(ssl, "create_default_context", _untrusting)
    refused("Cannot reach localhost", tmp_path)


def _untrusting() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # checks, and trusts nobody


def test_nobody_listens(server: Server, tmp_path: Path) -> None:
    server.close()
    refused("Cannot reach localhost", tmp_path)
