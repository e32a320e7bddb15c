"""Buttons that outlive a restart: what they are for stands in their id. Owns reading it, and what is said of failures.

An id is a claim and not a right: a changed client can send any. Whoever presses is looked at in ``press``.
"""

import re
from typing import Any, Self

import discord
from discord import ui

from bot import failures


class LastingButton(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """Subclasses give a template whose groups are ``verb``, ``named`` and ``extra``, each of which may be missing."""

    def __init__(self, button: ui.Button[Any], verb: str = "", named: int | str = "", extra: str = "") -> None:
        super().__init__(button)
        self.verb, self.named, self.extra = verb, str(named), extra

    @property
    def number(self) -> int:
        return int(self.named)

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, **{name: said for name, said in match.groupdict().items() if said})

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self.press(interaction)
        except Exception as error:
            await failures.tell(interaction, error)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        raise NotImplementedError
