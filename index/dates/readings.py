"""Puts a resolved expression into words: what it was read as, and from what. Resolves nothing."""

from datetime import date

from index.dates.almanac import Span
from index.dates.context import Context, Meaning
from index.dates.found import Candidate, FoundDate
from index.dates.tokens import Tokens
from index.dates.words import MONTH_NAMES


def say_day(d: date) -> str:
    return f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year}"


def say_days(first: date, last: date) -> str:
    """“3–5 March 2026”, “28 May to 3 June 2026”: no word twice."""
    if first == last:
        return say_day(first)
    if first.year != last.year:
        return f"{say_day(first)} to {say_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTH_NAMES[first.month - 1]} to {say_day(last)}"
    return f"{first.day}–{say_day(last)}"


def found(tokens: Tokens, i: int, j: int, form: str, meaning: Meaning, span: Span | None, ctx: Context) -> FoundDate:
    start, end = tokens.starts[i], tokens.ends[j - 1]
    text = tokens.text[start:end]
    known = span if span and span.first and span.last else None
    time = meaning.time
    value = span.value if span else meaning.value
    if known and time and "T" not in value:
        value += f"T{time.hour:02d}:{time.minute:02d}"
    return FoundDate(
        start=start,
        end=end,
        text=text,
        first=known.first if known else None,
        last=known.last if known else None,
        granularity=span.granularity if span else meaning.granularity,
        reading=_reading(text, span, ctx),
        form=form,
        value=value,
        limit=(span.limit or span.last) if span else None,
        candidates=_candidates(known, ctx),
        time=time,
        offset=meaning.offset if known is None else None,
        amount=meaning.amount,
        rule=meaning.rule,
        tense=ctx.used_tense,
    )


def _reading(text: str, span: Span | None, ctx: Context) -> str:
    words = " ".join(text.split())
    if span is None or span.first is None or span.last is None:
        if ctx.published is None and ctx.used_published:
            return f"{words} → unknown, because the article's day is"
        return f"{words} → no day of its own"
    result = say_days(span.first, span.last)
    if span.limit and span.limit != span.last:
        result += f"; as a limit {say_day(span.limit)}"
    reasons = []
    if ctx.used_event:
        reasons.append(f"from the event's day, {say_day(ctx.used_event)}")
    if ctx.used_mention and ctx.mention and ctx.mention.first and ctx.mention.last:
        reasons.append(f"from what was told before it, {say_days(ctx.mention.first, ctx.mention.last)}")
    if ctx.used_published and ctx.published:
        reasons.append(f"from the article's day, {say_day(ctx.published)}")
    if span.note:
        reasons.append(span.note)
    return ", ".join([f"{words} → {result}", *reasons])


def _candidates(span: Span | None, ctx: Context) -> tuple[Candidate, ...]:
    if span is None:
        return ()
    looks = {"past": "were it ahead", "ahead": "were it past"}.get(ctx.used_tense or "", "read otherwise")
    return tuple(Candidate(other.first, other.last, looks) for other in span.others if other.first and other.last)
