"""A real web server on 127.0.0.1 with feeds and pages that a test writes, and a list of what was asked of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Piece:
    """One item of a feed."""

    title: str
    text: str
    guid: str | None = None
    link: str | None = None
    published: datetime | None = None


@dataclass
class Page:
    body: bytes
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass
class NewsSite:
    address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # path, headers
    version: int = 0

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def times(self, path: str) -> int:
        return sum(each == path for each, _ in self.asked)

    def put(self, path: str, body: str, content_type: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.version += 1
        told = {"ETag": f'"v{self.version}"'} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(body.encode(), content_type, told)

    def break_(self, path: str, status: int, **headers: str) -> None:
        self.pages[path] = Page(b"", "text/plain", {n.replace("_", "-"): v for n, v in headers.items()}, status)

    def feed(self, path: str, *pieces: Piece, title: str = "Harbour Gazette", more: str = "", **headers: str) -> None:
        """An RSS feed of these, as listed."""
        self.put(path, rss(title, pieces, more), "application/rss+xml; charset=utf-8", **headers)

    def article(self, path: str, title: str, text: str) -> None:
        body = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
        self.put(
            path,
            f"<html><head><title>{escape(title)}</title></head><body><article><h1>{escape(title)}</h1>{body}"
            "</article></body></html>",
        )


def rss(title: str, pieces: tuple[Piece, ...], more: str = "") -> str:
    items = []
    for each in pieces:
        parts = [f"<title>{escape(each.title)}</title>"]
        if each.text:
            parts.append(f"<description>{escape(each.text)}</description>")
        if each.guid:
            parts.append(f'<guid isPermaLink="false">{escape(each.guid)}</guid>')
        if each.link:
            parts.append(f"<link>{escape(each.link)}</link>")
        if each.published:
            parts.append(f"<pubDate>{format_datetime(each.published.astimezone(UTC))}</pubDate>")
        items.append(f"<item>{''.join(parts)}</item>")
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        f"<channel><title>{escape(title)}</title>{''.join(items)}{more}</channel></rss>"
    )


@contextmanager
def running() -> Iterator[NewsSite]:
    site = NewsSite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            page = site.pages.get(self.path, Page(b"", "text/plain", status=404))
            status = page.status
            if status == 200 and self.headers.get("If-None-Match") == page.headers.get("ETag", ""):
                status = 304
            body = page.body if status == 200 else b""
            self.send_response(status)
            for name, value in {"Content-Type": page.content_type, **page.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Standard error belongs to the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
