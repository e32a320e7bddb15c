"""A Discord message as lines for a terminal. Owns the small part of Discord's markdown that the bot writes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import discord
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

_STAMP = re.compile(r"<t:(-?\d+)(?::([tTdDfFR]))?>")
_LINK = re.compile(r"(?<!\\)\[([^\]]+)\]\(<?(https?://[^)>]+)>?\)")
_INLINE = re.compile(r"(?<!\\)(\*\*|~~|\*|`)(.+?)(?<!\\)\1")
_STYLES = {"**": "bold", "~~": "strike", "*": "italic", "`": "cyan"}
_ESCAPED = re.compile(r"\\([^\w\s])")


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press: a button, or a menu with its options by label."""

    message_id: int
    custom_id: str
    label: str
    options: tuple[tuple[str, str], ...] = ()  # label and value


def controls(message: discord.Message) -> list[Control]:
    found = []
    for each in _walk([component.to_dict() for component in message.components]):
        custom_id = each.get("custom_id")
        if not custom_id or each.get("disabled"):
            continue
        emoji = (each.get("emoji") or {}).get("name") or ""
        label = f"{emoji} {each.get('label') or each.get('placeholder') or ''}".strip() or custom_id
        options = tuple((option["label"], option["value"]) for option in each.get("options") or [])
        found.append(Control(message.id, custom_id, label, options))
    return found


def shown(message: discord.Message, now: datetime) -> RenderableType:
    """Everything but the controls and the attached files."""
    parts: list[RenderableType] = [_line(line, now) for line in message.content.splitlines()]
    for embed in message.embeds:
        texts = [embed.title or "", embed.description or "", *(f"**{f.name}** {f.value}" for f in embed.fields)]
        parts += [_line(line, now) for text in texts for line in text.splitlines()]
    for each in _walk([component.to_dict() for component in message.components]):
        if "content" in each:
            parts += [_line(line, now) for line in str(each["content"]).splitlines()]
    return Padding(Group(*parts), (0, 0, 0, 2))


def _walk(components: list[Any]) -> Iterator[dict[str, Any]]:
    for each in components:
        yield each
        yield from _walk(each.get("components") or [])
        if each.get("accessory"):
            yield each["accessory"]


def _line(line: str, now: datetime) -> Text:
    style, prefix = "", ""
    if line.startswith("-# "):
        style, line = "dim", line[3:]
    elif found := re.match(r"#{1,3} ", line):
        style, line = "bold green", line[found.end() :]
    elif line.startswith("> "):
        prefix, line = "│ ", line[2:]
    line = _STAMP.sub(lambda found: told(datetime.fromtimestamp(int(found[1]), UTC), found[2] or "f", now), line)
    line = _LINK.sub(r"\1", line)
    text = Text(prefix, style="dim")
    text.append_text(_inline(line, style))
    return text


def _inline(line: str, style: str) -> Text:
    text = Text(style=style)
    at = 0
    for found in _INLINE.finditer(line):
        text.append(_ESCAPED.sub(r"\1", line[at : found.start()]))
        text.append(_ESCAPED.sub(r"\1", found[2]), style=_STYLES[found[1]])
        at = found.end()
    text.append(_ESCAPED.sub(r"\1", line[at:]))
    return text


def told(moment: datetime, style: str, now: datetime) -> str:
    """As Discord words a timestamp; relative ones against the demo's clock."""
    if style == "R":
        seconds = (moment - now).total_seconds()
        for size, word in ((86400 * 30, "month"), (86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
            count = round(abs(seconds) / size)
            if count:
                plural = f"{count} {word}{'s' if count > 1 else ''}"
                return f"in {plural}" if seconds > 0 else f"{plural} ago"
        return "now"
    shape = {"t": "%H:%M", "T": "%H:%M:%S", "d": "%d/%m/%Y", "D": "%-d %B %Y", "F": "%A, %-d %B %Y %H:%M"}
    return moment.strftime(shape.get(style, "%-d %B %Y %H:%M"))
