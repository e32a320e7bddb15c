"""What a person types into the terminal, as a command with its options. Knows no server and does nothing.

/ask question: when is the deadline? private: yes
/ask when is the deadline?            the only required option needs no name
/articles list
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from index.errors import UsageError

Option = discord.AppCommandOptionType
_YES = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


@dataclass(frozen=True, slots=True)
class Typed:
    name: str  # with its group: "articles list"
    options: dict[str, Any]


def parse(line: str, tree: app_commands.CommandTree[Any], things: Mapping[str, Callable[[str], Any]]) -> Typed:
    """``things``: how to find what “@ann” or “#deals” means, by kind of option. Raises UsageError."""
    names, rest = line.removeprefix("/").split(" "), ""
    found: app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu | None
    found = tree.get_command(names[0])
    taken = 1
    while isinstance(found, app_commands.Group) and len(names) > taken:
        found, taken = found.get_command(names[taken]), taken + 1
    if isinstance(found, app_commands.Group):
        ways = ", ".join(f"/{found.qualified_name} {each.name}" for each in found.commands)
        raise UsageError(f"/{found.qualified_name} wants one word more: {ways}.")
    if not isinstance(found, app_commands.Command):
        known = ", ".join(sorted(f"/{each.name}" for each in tree.get_commands(type=discord.AppCommandType.chat_input)))
        raise UsageError(f"There is no command {' '.join(names[:taken])}; there are: {known}.")
    rest = " ".join(names[taken:]).strip()
    return Typed(found.qualified_name, _options(found, rest, things))


def _options(
    command: "app_commands.Command[Any, ..., Any]", rest: str, things: Mapping[str, Callable[[str], Any]]
) -> dict[str, Any]:
    parameters = {each.display_name: each for each in command.parameters}
    named = re.compile(rf"(?:^|\s)({'|'.join(map(re.escape, parameters))}):\s*") if parameters else None
    parts = named.split(rest) if named else [rest]
    given = dict(zip(parts[1::2], (value.strip() for value in parts[2::2]), strict=True))
    if parts[0].strip():
        first = next((each for each in parameters.values() if each.required), None) or next(
            iter(parameters.values()), None
        )
        if first is None:
            raise UsageError(f"/{command.qualified_name} takes nothing more.")
        given.setdefault(first.display_name, parts[0].strip())
    missing = [name for name, each in parameters.items() if each.required and not given.get(name)]
    if missing:
        usage = " ".join(f"{name}: …" for name in missing)
        raise UsageError(f"/{command.qualified_name} wants {usage}")
    return {name: _value(parameters[name], value, things) for name, value in given.items()}


def _value(parameter: app_commands.Parameter, value: str, things: Mapping[str, Callable[[str], Any]]) -> Any:
    chosen = next((each.value for each in parameter.choices if value.lower() in each.name.lower()), None)
    if parameter.choices:
        if chosen is None:
            ways = ", ".join(each.name for each in parameter.choices)
            raise UsageError(f"{parameter.display_name} is one of: {ways}.")
        return chosen
    if parameter.type is Option.boolean:
        if value.lower() not in _YES:
            raise UsageError(f"{parameter.display_name} is yes or no.")
        return _YES[value.lower()]
    try:
        if parameter.type is Option.integer:
            return int(value)
        if parameter.type is Option.number:
            return float(value)
    except ValueError as error:
        raise UsageError(f"{parameter.display_name} is a number.") from error
    find = things.get(parameter.type.name)
    return find(value) if find else value
