"""Every setting of the product, once: its name, its bounds and what it means.

Read from the environment and from ``.env``; an unknown name is refused, so that a misspelt setting
cannot be believed to work. ``.env.example`` and the README's table are tested against this class.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embed import DEFAULT_MODEL
from index.errors import UsageError

PREFIX = "DEALWIRE_"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="forbid", env_ignore_empty=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("dealwire"),
        description="Folder of the database and the dense index; made when missing.",
    )
    embedding_model: str = Field(
        DEFAULT_MODEL,
        min_length=1,
        description="A sentence-transformers model, by folder or hub name; the default needs no download.",
    )
    allow_private_addresses: bool = Field(
        False,
        description="Fetch pages and feeds from private addresses too, such as an intranet's. Off: public ones only.",
    )


def load_settings(**given: object) -> Settings:
    """The settings, those given on the command line first (None: not given). Raises UsageError."""
    _refuse_unknown(os.environ)
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        variable = name if name.upper().startswith(PREFIX) else PREFIX + name.upper()
        if first["type"] == "extra_forbidden":
            raise UsageError(_unknown(variable.upper())) from error
        raise UsageError(f"The setting {variable} is not right: {first['msg']}.") from error


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    for variable in environment:
        if variable.startswith(PREFIX) and variable.removeprefix(PREFIX).lower() not in Settings.model_fields:
            raise UsageError(_unknown(variable))


def _unknown(variable: str) -> str:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    near = difflib.get_close_matches(variable, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}."
    return f"There is no setting {variable}; {hint}"
