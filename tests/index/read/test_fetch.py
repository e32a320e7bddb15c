"""The real fetcher against a real server on 127.0.0.1."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from index.errors import FetchError
from index.read import read_bytes
from index.read.fetch import fetch, open_session
from index.read.public import is_public

from .story import TEXT, page, paragraphs

PAGE = page(f"<article>{paragraphs()}</article>").encode()


async def _document(request: web.Request) -> web.StreamResponse:
    kind = request.match_info["kind"]
    html = {"Content-Type": "text/html; charset=utf-8"}
    if kind == "page":
        if request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304, headers={"ETag": '"v1"'})
        return web.Response(
            body=PAGE,
            headers={**html, "ETag": '"v1"', "Last-Modified": "Thu, 06 Mar 2025 08:00:00 GMT", "Set-Cookie": "a=b"},
        )
    if kind == "echo":
        told = {name: value for name, value in request.headers.items() if name in ("Cookie", "User-Agent")}
        return web.Response(text=str(told), content_type="text/plain")
    if kind == "gzip":
        return web.Response(body=gzip.compress(PAGE), headers={**html, "Content-Encoding": "gzip"})
    if kind == "deflate":
        bare = zlib.compressobj(wbits=-15)
        return web.Response(body=bare.compress(PAGE) + bare.flush(), headers={**html, "Content-Encoding": "deflate"})
    if kind == "bomb":
        return web.Response(
            body=gzip.compress(b"<p>" + b"a" * 80_000_000), headers={**html, "Content-Encoding": "gzip"}
        )
    if kind == "brotli":
        return web.Response(body=b"\x0b\x02", headers={**html, "Content-Encoding": "br"})
    if kind == "huge":
        response = web.StreamResponse(headers=html)
        await response.prepare(request)
        for _ in range(400):
            await response.write(b"<p>word</p>" * 4000)
        return response
    if kind == "announced":
        return web.Response(body=b"x" * 2_000_000, headers=html)
    if kind == "slow":
        response = web.StreamResponse(headers=html)
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.05)
    if kind == "picture":
        return web.Response(body=b"\x89PNG", content_type="image/png")
    if kind == "loop":
        raise web.HTTPFound("/loop")
    if kind.startswith("to"):
        raise web.HTTPFound(request.query["url"])
    raise web.HTTPNotFound


@pytest.fixture
async def site() -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_get("/{kind}", _document)
    server = TestServer(application, host="127.0.0.1")
    await server.start_server()
    yield str(server.make_url("/"))
    await server.close()


async def test_a_page_and_its_second_visit(site: str) -> None:
    first = await fetch(f"{site}page#part", allow_private=True)
    assert (first.status, first.content_type, first.url) == (200, "text/html; charset=utf-8", f"{site}page")
    assert (
        read_bytes(first.body, origin=first.url, content_type=first.content_type, url=first.url).drafts[0].text == TEXT
    )
    again = await fetch(f"{site}page", etag=first.etag, last_modified=first.last_modified, allow_private=True)
    assert again.not_modified and again.body == b"" and again.etag == '"v1"'


async def test_no_cookies_and_a_name(site: str) -> None:
    async with open_session(allow_private=True) as session:
        await fetch(f"{site}page", allow_private=True, session=session)
        told = (await fetch(f"{site}echo", allow_private=True, session=session)).body.decode()
    assert "Dealwire/" in told and "Cookie" not in told


@pytest.mark.parametrize("kind", ["gzip", "deflate"])
async def test_packed_pages(site: str, kind: str) -> None:
    assert (await fetch(f"{site}{kind}", allow_private=True)).body == PAGE


async def test_redirects_are_followed_with_the_same_checks(site: str) -> None:
    found = await fetch(f"{site}to?url=/page", allow_private=True)
    assert found.url == f"{site}page"
    for target in ("ftp://outlet.example/x", "file:///etc/passwd", "http://user:secret@outlet.example/"):
        with pytest.raises(FetchError, match=r"only http and https|user name or password"):
            await fetch(f"{site}to?url={target}", allow_private=True)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("bomb", "larger than"),
        ("huge", "larger than"),
        ("announced", "larger than"),
        ("brotli", "packed in a way"),
        ("picture", "is image/png, not a page"),
        ("loop", "redirects more than 5 times"),
        ("nothing", "There is no page at"),
        ("slow", "did not answer in full within 1 seconds"),
    ],
)
async def test_limits(site: str, kind: str, sentence: str) -> None:
    with pytest.raises(FetchError, match=sentence):
        await fetch(f"{site}{kind}", allow_private=True, size_limit=1_000_000, seconds=1 if kind == "slow" else 20)


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 localhost 0.0.0.0 2130706433 0x7f000001 0x7f.1 0177.0.0.1 127.1 127.0.0.1. [::1] [::ffff:127.0.0.1] [::] 10.1.2.3"
    " 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 [fe80::1] [fd00::1] [64:ff9b::7f00:1] [2002:7f00:1::] 224.0.0.1"
    " 255.255.255.255 localhost.localdomain".split(),
)
async def test_private_addresses_in_every_spelling(site: str, host: str) -> None:
    port = site.rsplit(":", 1)[1].strip("/")
    with pytest.raises(FetchError, match=r"private or local address|cannot be found"):
        await fetch(f"http://{host}:{port}/page")


async def test_a_redirect_to_a_private_address_is_not_followed(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # One public-looking step: the first address counts as public, the redirect's target does not.
    import index.read.fetch as module

    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1")
    for target in ("http://169.254.169.254/latest", "http://localhost/page", "http://[::1]/page"):
        with pytest.raises(FetchError, match="private or local address"):
            await fetch(f"{site}to?url={target}")


async def test_a_name_counts_by_what_it_resolves_to_at_each_connection(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public answer for whoever checks, a private one for whoever connects: and a mixture of both."""
    import index.read.public as module

    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "10.1.2.3"], ["127.0.0.1"]])

    class Changing:
        async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[dict[str, object]]:
            common = {"hostname": host, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
            return [common | {"host": each} for each in next(answers)]

        async def close(self) -> None:
            pass

    monkeypatch.setattr(module, "ThreadedResolver", Changing)
    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1")
    port = site.rsplit(":", 1)[1].strip("/")
    for passes in (True, False, False, True):
        if passes:
            assert (await fetch(f"http://outlet.example:{port}/page")).status == 200
        else:
            with pytest.raises(FetchError, match="private or local address"):
                await fetch(f"http://outlet.example:{port}/page")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://outlet.example/x", "only http and https"),
        ("javascript:alert(1)", "must begin with http"),
        ("outlet.example/x", "must begin with http"),
        ("http://", "names no host|not a web address"),
        ("http://a:b@outlet.example/", "user name or password"),
        ("http://outlet.example:99999/", "not a web address"),
        ("http://no-such-host.invalid/", "cannot be found"),
        ("", "must begin with http"),
    ],
)
async def test_addresses_that_are_none(url: str, sentence: str) -> None:
    with pytest.raises(FetchError, match=sentence):
        await fetch(url)


async def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(FetchError, match="cannot be reached"):
        await fetch("http://127.0.0.1:1/", allow_private=True)


def test_which_addresses_are_public() -> None:
    for address in ("93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"):
        assert is_public(address), address
    for address in (
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "ff02::1",
        "fec0::1",
        "::7f00:1",
        "2001:db8::1",
        "64:ff9b:1::1",
        "fe80::1%eth0",
    ):
        assert not is_public(address), address
