"""What is asked about a quote that was shown: answered from its article's fields and its own sentences.

Owns no retrieval: where the quote does not hold what is asked, there is None, and the completed question is asked.
"""

from index.answer.dates import day_in, written
from index.answer.followup import About
from index.answer.question import Kind, Question
from index.answer.speaker import BACK, speaker
from index.models import Answer, Article, Citation, DateFound, day_of
from index.split import passages
from index.told import read_days

UNNAMED = "The sentence names nobody; it is {source}'s own report"
UNDATED = "The article tells no day of its own"


def about_quote(about: About, asked: str, earlier: Answer, article: Article) -> Answer | None:
    """``article``: that of the earlier answer's first citation, which still holds the quote."""
    citation = earlier.citations[0]
    if about is About.SPEAKER:
        return _speaker(asked, earlier, citation, article)
    if about is About.EVENT_DAY:
        return _event_day(asked, earlier, citation, article)
    if about is About.REPORT_DAY:
        day = day_of(citation.published)
        told = written(day, day) if day else UNDATED
        return _answer(asked, earlier, told, citation, date=DateFound(start=day, end=day) if day else None)
    if about is About.SOURCE:
        day = day_of(citation.published)
        parts = (_outlet(citation), f"“{citation.title}”" if citation.title else "", written(day, day) if day else "")
        return _answer(asked, earlier, ", ".join(part for part in parts if part), citation)
    if about is About.OTHERS:
        others = list(dict.fromkeys([*citation.also, *(each.source for each in earlier.citations[1:] if each.source)]))
        others = [each for each in others if each != citation.source]
        told = f"Also {', '.join(others)}" if others else f"Only {_outlet(citation)}, of the articles in the index"
        return _answer(asked, earlier, told, *earlier.citations)
    return _sure(asked, earlier)


def _speaker(asked: str, earlier: Answer, citation: Citation, article: Article) -> Answer:
    spans = [each for each in passages(article.text) if each.end <= citation.start]
    before = [article.text[each.start : each.end] for each in reversed(spans[-BACK:])]
    found = speaker(citation.quote, before)
    if found is None:
        by = f", by {article.author}" if article.author else ""
        return _answer(asked, earlier, UNNAMED.format(source=_outlet(citation)) + by, citation)
    name, back = found
    start = spans[-back].start if back else citation.start
    longer = citation.model_copy(update={"start": start, "quote": article.text[start : citation.end]})
    return _answer(asked, earlier, name[:1].upper() + name[1:], longer)


def _event_day(asked: str, earlier: Answer, citation: Citation, article: Article) -> Answer | None:
    if earlier.date is not None and earlier.answered:
        return _answer(asked, earlier, earlier.answer, citation, date=earlier.date, reading=earlier.reading)
    question = Question(f"when: {earlier.question}", Kind.WHEN, False)
    dates = read_days(article.text, article.day).dates
    day = day_in(question, article.text, dates, (citation.start, citation.end))
    if day is None:
        return None
    date = DateFound(start=day.first, end=day.last)
    return _answer(asked, earlier, day.short, citation, date=date, reading=day.reading)


def _sure(asked: str, earlier: Answer) -> Answer:
    outlets = {each.source for each in earlier.citations} | {name for each in earlier.citations for name in each.also}
    percent = round(100 * earlier.confidence)
    told = (
        f"About {percent} % sure that the first sentence answers it" if earlier.answered else "No: nothing answers it"
    )
    if earlier.conflict:
        told += "; the sources disagree"
    elif earlier.answered and len(outlets) > 1:
        told += f"; {len(outlets)} outlets are quoted"
    return _answer(asked, earlier, told, *earlier.citations)


def _answer(
    asked: str, earlier: Answer, told: str, *citations: Citation, date: DateFound | None = None, reading: str = ""
) -> Answer:
    return Answer(
        question=asked,
        as_of=earlier.as_of,
        answered=True,
        answer=told,
        date=date,
        reading=reading,
        confidence=earlier.confidence,
        citations=citations,
    )


def _outlet(citation: Citation) -> str:
    return citation.source or citation.title or "the article"
