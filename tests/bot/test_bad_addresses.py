"""Pages and feeds by their address: private ones are refused, through redirects too, unless the operator allows them."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from aiohttp import web

from tests.helpers import made, public_site
from tests.helpers.command import Dealwire, installed
from tests.helpers.public_site import ADDRESS, SITE, TEXT

ALLOWED = {"DEALWIRE_ALLOW_PRIVATE_ADDRESSES": "1"}


def page(number: int) -> str:
    return (
        f"<html><head><title>{made.title(number)}</title></head><body><nav><a href='/'>Home</a></nav><article>"
        f"<h1>{made.title(number)}</h1><p>{made.text(number)} {made.text(number + 1)} {made.text(number + 2)}</p>"
        f"<p>{made.text(number + 3)} {made.text(number + 4)}</p></article></body></html>"
    )


async def answer(request: web.Request) -> web.Response:
    kind = request.match_info["kind"]
    if kind == "page":
        return web.Response(text=page(1), content_type="text/html")
    if kind == "feed":
        items = "".join(
            f"<item><title>{made.title(n)}</title><guid>{n}</guid><description>{made.text(n)}</description></item>"
            for n in range(10, 13)
        )
        body = f'<rss version="2.0"><channel><title>The Wire</title>{items}</channel></rss>'
        return web.Response(text=body, content_type="application/rss+xml")
    if kind == "away":
        raise web.HTTPFound(request.query["to"])
    if kind == "big":
        return web.Response(body=b"<p>word</p>" * 5_000_000, content_type="text/html")
    raise web.HTTPNotFound


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A real server on 127.0.0.1, in a thread of its own."""
    import asyncio

    loop, address, started = asyncio.new_event_loop(), [], threading.Event()

    async def start() -> web.AppRunner:
        application = web.Application()
        application.router.add_get("/{kind}", answer)
        runner = web.AppRunner(application)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        address.append(f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}")
        started.set()
        return runner

    def serve() -> None:
        runner = loop.run_until_complete(start())
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=serve)
    thread.start()
    assert started.wait(30)
    yield address[0]
    loop.call_soon_threadsafe(loop.stop)
    thread.join(30)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"]
)
def test_a_private_address_is_refused_and_the_rest_goes_on(dealwire: Dealwire, site: str, host: str) -> None:
    made.write(dealwire.folder / "good", 5)
    url = f"http://{host}:{site.rsplit(':', 1)[1]}/page"
    done = dealwire("ingest", url, "good", "--json")
    assert done.status == 0 and done.json["added"] == 1
    sentence = f"{url} leads to a private or local address, which is never fetched; give a public address."
    assert done.json["failed"] == [{"origin": url, "error": sentence}]


def test_with_the_operators_leave_pages_and_feeds_are_read(dealwire: Dealwire, site: str) -> None:
    done = dealwire("ingest", f"{site}/page", f"{site}/feed", f"{site}/away?to=/page", "--json", env=ALLOWED)
    assert done.status == 0 and done.json["failed"] == [], done.err
    assert (done.json["added"], done.json["unchanged"]) == (4, 1)
    found = dealwire("articles", "--json").json
    assert {each["origin"] for each in found} == {f"{site}/page", f"{site}/feed"}
    assert dealwire("ingest", f"{site}/page", f"{site}/feed", "--json", env=ALLOWED).json["unchanged"] == 4


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/away?to=http://169.254.169.254/latest/meta-data", None),
        ("/away?to=http://localhost:1/", None),
        ("/away?to=file:///etc/passwd", "only http and https are fetched."),
        ("/nothing", "There is no page at "),
        ("/big", "larger than"),
    ],
)
def test_addresses_that_lead_nowhere_good(dealwire: Dealwire, site: str, path: str, sentence: str | None) -> None:
    done = dealwire("ingest", f"{site}{path}", "--json", env=ALLOWED if sentence else {})
    assert done.status == 1 and done.json["added"] == 0
    [failed] = done.json["failed"]
    assert (sentence or "private or local address") in failed["error"] and "\n" not in failed["error"]


@pytest.mark.parametrize("url", ["ftp://outlet.example/x", "file:///etc/passwd"])
def test_other_kinds_of_address(dealwire: Dealwire, url: str) -> None:
    [failed] = dealwire("ingest", url, "--json").json["failed"]
    assert failed["origin"] == url and "only http and https are fetched" in failed["error"]


def test_a_public_page_that_redirects_to_a_private_address(dealwire: Dealwire) -> None:
    """The real thing: a public address, in a network of its own that holds nothing else."""
    within = ("unshare", "--net")
    if not shutil.which("ip") or subprocess.run([*within, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network of its own can be made here (it takes root, unshare and ip)")
    private = [f"{SITE}/away/{host}" for host in ("127.0.0.1", "localhost", "169.254.169.254")]
    done = installed(
        "ingest", *private, f"{SITE}/page", f"{SITE}/away/{ADDRESS}", "--json", "--data-dir", dealwire.data_dir,
        cwd=dealwire.folder, before=(*within, sys.executable, public_site.__file__),
    )  # fmt: skip
    assert done.status == 0, done.err
    sentence = "{} leads to a private or local address, which is never fetched; give a public address."
    assert done.json["failed"] == [{"origin": url, "error": sentence.format(url)} for url in private]
    assert (done.json["added"], done.json["unchanged"]) == (1, 1)
    assert dealwire("show", "1", "--json").json["text"] == TEXT
