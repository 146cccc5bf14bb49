"""A web site on this machine, for tests of what fetches."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Route = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Reply:
    """What the site answers: a body of some type, whole."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(self.status)
        length = {} if "Transfer-Encoding" in self.headers else {"Content-Length": len(self.body)}
        for name, value in {**length, **self.headers}.items():
            request.send_header(name, str(value))
        request.end_headers()
        request.wfile.write(self.body)


def page(words: str = "", **headers: str) -> Reply:
    """Give an article as a page."""
    body = words or (
        "<html><head><title>Ferry late</title></head><body><article><h1>Ferry late</h1>"
        "<p>The noon ferry was late by an hour on Tuesday, and nobody in the harbour knew why.</p>"
        "<p>Its captain said that the ice had come early, and that the pilot was away.</p>"
        "</article></body></html>"
    )
    return Reply(body.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})


def moved(to: str, status: int = 302) -> Reply:
    """Give a redirect."""
    return Reply(status=status, headers={"Location": to})


class Site:
    """Answers by path; `asked` are the paths that were asked for, `heard` their headers. Use it in a `with`."""

    def __init__(
        self, routes: Mapping[str, Route] | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.asked: list[str] = []
        self.heard: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.heard.append({name.lower(): value for name, value in self.headers.items()})
                try:
                    site.routes.get(self.path, Reply(status=404))(self)
                except OSError:  # who asked went away
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port

    def url(self, path: str = "/ferry", host: str = "127.0.0.1") -> str:
        """Give an address of the site."""
        return f"http://{host}:{self.port}{path}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
