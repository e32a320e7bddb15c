"""``dealwire ask``: one question, or a batch of them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict

from bot.cli.common import (
    AsOf,
    DataDir,
    DealName,
    Json,
    batch_lines,
    err,
    library,
    out,
    parse_day,
    print_json,
    run,
)
from index.errors import UsageError
from index.library import Library
from index.models import Answer, Scope


class BatchLine(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str
    as_of: date | None = None
    deal: str | None = None


def register(app: typer.Typer) -> None:
    app.command()(ask)


def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION")] = None,
    as_of: AsOf = None,
    deal: DealName = None,
    batch: Annotated[
        str | None, typer.Option("--batch", metavar="FILE", help="One JSON object a line (- is standard input).")
    ] = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Answer a question with quotes from the articles."""
    if (question is None) == (batch is None):
        raise UsageError(
            'Give one question, as in: dealwire ask "when is the deadline?" (or a file of them: --batch FILE)'
        )
    if batch is not None:
        run(_batch(data_dir, batch_lines(batch, BatchLine, '{"id": "1", "question": "…"}'), json))
        return
    asked = BatchLine(question=question or "", as_of=parse_day(as_of), deal=deal)
    answer = run(_one(data_dir, asked))
    if json:
        print_json(_as_json(answer))
    else:
        _print(answer)


async def _one(data_dir: Path | None, asked: BatchLine) -> Answer:
    async with library(data_dir, briefly=True) as opened:
        opened.start_models()
        with err.status("reading …"):
            return await _answer(opened, asked)


async def _batch(data_dir: Path | None, lines: list[BatchLine], json: bool) -> None:
    from rich.progress import track

    async with library(data_dir, briefly=True) as opened:
        opened.start_models()
        for line in track(lines, "answering", console=err, transient=True, disable=not err.is_terminal):
            answer = await _answer(opened, line)
            if json:
                print_json(_as_json(answer, line.id))
            else:
                _print(answer)


async def _answer(opened: Library, asked: BatchLine) -> Answer:
    from index.deals import named_deal
    from index.questions import ask

    deal_id = None
    if asked.deal:
        async with opened.database.read() as connection:
            deal_id = (await named_deal(connection, asked.deal)).id
    return await ask(opened, asked.question, Scope(as_of=asked.as_of, deal_id=deal_id))


def _as_json(answer: Answer, given_id: str | int | None = None) -> dict[str, object]:
    return {"id": given_id} | answer.model_dump(mode="json")


def _print(answer: Answer) -> None:
    from bot.cli.card import card

    out.print(card(answer))
