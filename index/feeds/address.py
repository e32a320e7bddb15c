"""Owns what makes two addresses the same feed. Fetches nothing."""

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from index.errors import UsageError

LONGEST = 1_000  # characters
FOLDER, CHANNEL = "folder:", "discord:"
_PORTS = {"http": 80, "https": 443}


def of_url(words: str) -> str:
    """The one spelling of a feed's or page's URL. Raises UsageError."""
    words = words.strip().strip("<>")
    if words.startswith("feed:"):
        words = words.removeprefix("feed:").removeprefix("//")
    if "://" not in words:
        words = f"https://{words}"
    try:
        parts = urlsplit(words)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme.lower() not in _PORTS or not host or " " in words or len(words) > LONGEST:
        raise UsageError("That is not the address of a feed or page; it must look like https://outlet.example/feed.xml")
    scheme = parts.scheme.lower()
    if parts.username or parts.password:
        raise UsageError("An address with a user name or password in it is not fetched; leave them out.")
    place = f"[{host}]" if ":" in host else host.lower()
    if port and port != _PORTS[scheme]:
        place = f"{place}:{port}"
    return urlunsplit((scheme, place, parts.path or "/", parts.query, ""))


def of_folder(path: Path) -> str:
    return f"{FOLDER}{path.expanduser().resolve()}"


def of_channel(channel_id: int) -> str:
    return f"{CHANNEL}{channel_id}"


def host_of(address: str) -> str:
    """Whom a fetch would burden; a folder burdens nobody."""
    return (urlsplit(address).hostname or "") if "://" in address else ""
