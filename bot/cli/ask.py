"""``dealwire ask``: one question, or a batch of them."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict

from bot.cli.common import (
    AsOf,
    DataDir,
    Day,
    DealName,
    Json,
    batch_lines,
    err,
    library,
    naming_line,
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
    as_of: Day | None = None
    deal: str | None = None


def register(app: typer.Typer) -> None:
    app.command()(ask)


def ask(
    question: Annotated[str | None, typer.Argument(metavar="QUESTION")] = None,
    as_of: AsOf = None,
    deal: DealName = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="FILE",
            help="One JSON object a line (- is standard input); --as-of and --deal hold where a line has none.",
        ),
    ] = None,
    json: Json = False,
    data_dir: DataDir = None,
) -> None:
    """Answer a question with quotes from the articles."""
    if (question is None) == (batch is None):
        raise UsageError(
            'Give one question, as in: dealwire ask "when is the deadline?" (or a file of them: --batch FILE)'
        )
    day = parse_day(as_of)
    if batch is not None:
        lines = batch_lines(batch, BatchLine, '{"id": "1", "question": "…"}')
        run(_batch(data_dir, lines, day, deal, json))
        return
    answer = run(_one(data_dir, question or "", day, deal))
    if json:
        print_json(_as_json(answer))
    else:
        _print(answer)


async def _one(data_dir: Path | None, question: str, as_of: date | None, deal: str | None) -> Answer:
    from index.questions import ask

    async with library(data_dir, briefly=True) as opened:
        opened.start_models()
        with err.status("reading …"):
            return await ask(opened, question, Scope(as_of=as_of, deal_id=await _deal_id(opened, deal)))


async def _batch(
    data_dir: Path | None, lines: list[tuple[int, BatchLine]], as_of: date | None, deal: str | None, json: bool
) -> None:
    """``as_of`` and ``deal`` are for lines without their own. Raises UsageError before the first answer."""
    from rich.progress import track

    from index.answer.question import understand
    from index.questions import ask

    async with library(data_dir, briefly=True) as opened:
        deal_id = await _deal_id(opened, deal)
        asked = []
        for number, line in lines:
            with naming_line(number):
                understand(line.question)
                own = await _deal_id(opened, line.deal) if line.deal else deal_id
            asked.append((line, Scope(as_of=line.as_of or as_of, deal_id=own)))
        opened.start_models()
        for line, scope in track(asked, "answering", console=err, transient=True, disable=not err.is_terminal):
            answer = await ask(opened, line.question, scope)
            if json:
                print_json(_as_json(answer, line.id))
            else:
                _print(answer)


async def _deal_id(opened: Library, deal: str | None) -> int | None:
    from index.deals import named_deal

    if not deal:
        return None
    async with opened.database.read() as connection:
        return (await named_deal(connection, deal)).id


def _as_json(answer: Answer, given_id: str | int | None = None) -> dict[str, object]:
    return {"id": given_id} | answer.model_dump(mode="json")


def _print(answer: Answer) -> None:
    from bot.cli.card import card

    out.print(card(answer))
