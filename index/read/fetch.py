"""Owns fetching a page or feed from an address that somebody gave. Trusts neither address nor server.

Only http and https, only public addresses (public.py), redirects by hand with the same checks, limits
on size (unpacked too), time and type; no cookies, no passwords in addresses, no proxies from the
environment. Must not read what it fetched.
"""

import asyncio
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from index.errors import FetchError
from index.read.public import PrivateAddressError, connector, is_public, literal
from index.read.reader import SIZE_LIMIT, too_large

USER_AGENT = "Dealwire/0.1 (news reader; reads pages that its users name)"
REDIRECTS = 5
SECONDS = 20.0
_TYPES = frozenset(
    "text/html application/xhtml+xml text/xml application/xml application/rss+xml application/atom+xml"
    " application/rdf+xml text/markdown text/x-markdown text/plain".split()
)
_ACCEPT = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9,"
    " text/markdown;q=0.8, text/plain;q=0.8"
)
PRIVATE = "{url} leads to a private or local address, which is never fetched; give a public address."


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched document. With ``not_modified`` the body is empty: the caller's copy is still right."""

    body: bytes
    content_type: str  # with its charset, as sent
    url: str  # where it was in the end
    status: int
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    fresh_for: float | None = None  # seconds that the server says nothing will change


async def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    allow_private: bool = False,
    session: aiohttp.ClientSession | None = None,
    size_limit: int = SIZE_LIMIT,
    seconds: float = SECONDS,
) -> Fetched:
    """Fetches one document. Raises FetchError with a sentence for the person.

    ``session`` (from ``open_session``) lets many fetches share connections; ``allow_private`` is for an
    intranet's operator and must have been given to ``open_session`` as well.
    """
    headers = {"If-None-Match": etag} if etag else {}
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    own = session is None
    session = session or open_session(allow_private=allow_private)
    try:
        async with asyncio.timeout(seconds):
            return await _follow(session, url, headers, allow_private, size_limit)
    except TimeoutError:
        raise FetchError(f"{url} did not answer in full within {seconds:.0f} seconds; try again later.") from None
    finally:
        if own:
            await session.close()


def open_session(*, allow_private: bool = False) -> aiohttp.ClientSession:
    """A session without cookies, in whose connections the addresses are checked. The caller closes it."""
    return aiohttp.ClientSession(
        connector=connector(allow_private),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"},
        auto_decompress=False,  # we unpack ourselves, so that a bomb is stopped at the limit
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
    )


async def _follow(
    session: aiohttp.ClientSession, url: str, headers: dict[str, str], allow_private: bool, size_limit: int
) -> Fetched:
    here = _checked(url, url, allow_private)
    for _ in range(REDIRECTS + 1):
        try:
            async with session.get(here, headers=headers, allow_redirects=False) as response:
                target = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and target:
                    here = _checked(_joined(here, target), url, allow_private)
                    continue
                return await _received(response, str(here), size_limit)
        except PrivateAddressError:
            raise FetchError(PRIVATE.format(url=url)) from None
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddressError):
                raise FetchError(PRIVATE.format(url=url)) from None
            raise FetchError(_unreachable(here, error)) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(_unreachable(here, error)) from None
    raise FetchError(f"{url} redirects more than {REDIRECTS} times; give the address where it ends.")


def _checked(target: str, asked: str, allow_private: bool) -> URL:
    """The address as one that may be requested. Raises FetchError."""
    try:
        parts = urlsplit(target.strip())
        url = URL(target.strip())
        host, _port = url.host, parts.port
    except (ValueError, TypeError):
        raise FetchError(
            f"{asked[:200]} is not a web address; it must look like https://outlet.example/article."
        ) from None
    if url.scheme not in ("http", "https"):
        if "://" not in target:
            raise FetchError(f"{asked[:200]} is not a web address; it must begin with http:// or https://.")
        raise FetchError(f"{asked} leads to {url.scheme}://, but only http and https are fetched.")
    if not host:
        raise FetchError(f"{asked[:200]} names no host; it must look like https://outlet.example/article.")
    if url.user or url.password or "@" in parts.netloc:
        raise FetchError("An address with a user name or password in it is not fetched; leave them out.")
    address = literal(host)
    if address is not None and not allow_private and not is_public(address):
        raise FetchError(PRIVATE.format(url=asked))
    return url.with_fragment(None)


def _joined(here: URL, target: str) -> str:
    try:
        return str(here.join(URL(target)))
    except ValueError:
        raise FetchError(f"{here} redirects to something that is not a web address.") from None


async def _received(response: aiohttp.ClientResponse, url: str, size_limit: int) -> Fetched:
    content_type = response.headers.get("Content-Type", "")
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    fresh = fresh_for(response.headers)
    if response.status == 304:
        return Fetched(b"", content_type, url, 304, etag, modified, not_modified=True, fresh_for=fresh)
    if response.status != 200:
        wait = seconds_until(response.headers.get("Retry-After"))
        raise FetchError(_refused(url, response.status), status=response.status, retry_after=wait)
    media = content_type.split(";")[0].strip().lower()
    if media and media not in _TYPES:
        raise FetchError(f"{url} is {media}, not a page, feed or text; give the address of the article itself.")
    if response.content_length is not None and response.content_length > size_limit:
        raise FetchError(f"{url}: {too_large(response.content_length, size_limit)}")
    body = await _body(response, url, size_limit)
    return Fetched(body, content_type, url, 200, etag, modified, fresh_for=fresh)


def fresh_for(headers: Mapping[str, str]) -> float | None:
    """Seconds that a cache may keep this (RFC 9111, 4.2.1), None where the server does not tell."""
    control = headers.get("Cache-Control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return None
    if found := re.search(r"max-age\s*=\s*\"?(\d{1,9})", control):
        try:
            age = max(0, int(headers.get("Age", "0")))
        except ValueError:
            age = 0
        return max(0.0, float(found[1]) - age)
    return seconds_until(headers.get("Expires"))


def seconds_until(value: str | None) -> float | None:
    """A header's seconds or HTTP date, from now; None where it is neither."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


async def _body(response: aiohttp.ClientResponse, url: str, size_limit: int) -> bytes:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"{url} is packed in a way that was not asked for ({encoding[:30]}); it cannot be read.")
    unpack: Any = None
    body = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        if unpack is not None and unpack.eof:
            break  # what follows the packed body is kept by nobody, and would only fill the memory
        if encoding in ("", "identity"):
            body += chunk
        else:
            if unpack is None:
                unpack = zlib.decompressobj(_window(encoding, chunk))
            try:
                # One byte over the limit is enough to know; the rest of a bomb is never unpacked.
                body += unpack.decompress(chunk, size_limit + 1 - len(body))
            except zlib.error:
                raise FetchError(f"{url} arrived damaged (its packing is broken); try again later.") from None
        if len(body) > size_limit:
            raise FetchError(
                f"{url} is larger than {size_limit // 1024 // 1024 or 1} MB; give the address of a single article."
            )
    if unpack is not None and not unpack.eof:
        raise FetchError(f"{url} broke off before its end; try again later.")
    return bytes(body)


def _window(encoding: str, chunk: bytes) -> int:
    if encoding != "deflate":
        return 16 + zlib.MAX_WBITS
    # “deflate” is meant to have zlib's header; some servers send it bare.
    return (
        zlib.MAX_WBITS
        if len(chunk) > 1 and chunk[0] & 15 == 8 and (chunk[0] << 8 | chunk[1]) % 31 == 0
        else -zlib.MAX_WBITS
    )


def _refused(url: str, status: int) -> str:
    if status in (404, 410):
        return f"There is no page at {url} (status {status}); check the address."
    if status in (401, 402, 403, 451):
        return f"{url} does not let us read it (status {status}); save the page from a browser and read the file."
    if status == 429:
        return f"{url} asks us to come back later (status 429)."
    return f"{url} answered with status {status} instead of a page; try again later."


def _unreachable(url: URL, error: Exception) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"The host {url.host} cannot be found; check the address and the network."
    if isinstance(error, aiohttp.ClientSSLError):
        return f"The certificate of {url.host} is not valid; nothing was fetched."
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"{url.host} cannot be reached; check the address and the network."
    if isinstance(error, aiohttp.ClientPayloadError):
        return f"{url} broke off before its end; try again later."
    return f"{url} does not speak HTTP as it should ({type(error).__name__}); try again later."
