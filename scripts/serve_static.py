"""Serve a built site as a web server would, for tests and measurements: ``serve_static.py site PORT``.

Text is compressed, every answer may be cached, and an address that is not there gets the site's 404 page.
"""

from __future__ import annotations

import gzip
import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
CACHE = "public, max-age=31536000, immutable"


def resolve(root: Path, target: str) -> tuple[Path, int]:
    """The file for a request, and the HTTP status; a folder without its last slash stays unresolved."""
    with suppress(ValueError, OSError):  # an address with a null byte, or too long for a file's name
        wanted = (root / unquote(urlsplit(target).path).lstrip("/")).resolve()
        if target.split("?")[0].endswith("/"):
            wanted = wanted / "index.html"
        if wanted.is_file() and wanted.is_relative_to(root):
            return wanted, 200
    return root / "404.html", 404


@lru_cache(maxsize=512)
def body(path: Path, modified: float, compress: bool) -> bytes:
    """The bytes that go over the wire; ``modified`` only tells versions apart."""
    content = path.read_bytes()
    return gzip.compress(content, 9, mtime=0) if compress else content


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from ``root``."""

    root: Path
    cache: str
    """How long what is no page may be kept."""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send the file."""
        path, status = resolve(self.root, self.path)
        if not path.is_file():
            return self.send_error(404)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        small = "gzip" in self.headers.get("Accept-Encoding", "") and kind.startswith(COMPRESSED)
        content = body(path, path.stat().st_mtime, small)
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(COMPRESSED) else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache" if path.suffix == ".html" else self.cache)
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        """Keep the terminal quiet."""


class Server(ThreadingHTTPServer):
    """A browser that goes away in the middle of an answer is no error."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of broken connections, everything of the rest."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*_)


@contextmanager
def serving(root: Path, port: int = 0, cache: str = CACHE) -> Iterator[str]:
    """Serve ``root`` on this machine while the block runs; gives the address, without its last slash."""
    handler = type("RootHandler", (Handler,), {"root": Path(root).resolve(), "cache": cache})
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving(Path(sys.argv[1]), int(sys.argv[2])) as address:
        print(address, flush=True)
        threading.Event().wait()
