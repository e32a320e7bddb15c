"""From judged candidates to an Answer with its citations. Owns what is quoted beside the best sentence.

Every quote is sliced from the stored text here and nowhere else; nothing in an answer is typed.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from index.answer import sides
from index.answer.dates import Day, day_in
from index.answer.decide import Judged
from index.answer.question import Kind, Question
from index.models import Answer, Citation, DateFound
from index.search.hybrid import Found
from index.store.dates import MarkedDate

Dates = Mapping[int, Sequence[MarkedDate]]  # by article

CITED = 3
WORTH = 0.05  # of the probability that a further sentence answers; with worse odds it is not quoted beside the best
NEAR = 0.35  # below the best: how good another side or an older statement must be to be heard, whenever it was said
SHORT = 200  # characters of a short answer
ALONE = 6  # words; a shorter sentence that points back is quoted with the one before
DISAGREE = "The sources disagree."
NOT_TOLD = "The articles don't say."  # what people see where there is no short answer
_POINTS_BACK = ("it ", "they ", "he ", "she ", "this ", "that ", "these ", "those ", "both ", "neither ")


def compose(
    asked: Question,
    as_of: date | None,
    closest: Sequence[Judged],
    found: Sequence[Found],
    dates: Dates,
    later: tuple[Judged, Day] | None = None,
) -> Answer:
    """``closest``: the best candidates, best first; ``dates``: their articles', where a day is asked for.

    ``later``: the sentence that moved the day which the best candidate names, and the day that holds now.
    """
    outdated = closest[0] if later else None
    if later:
        others = [each for each in closest if each.found.candidate != later[0].found.candidate]
        closest = [later[0], *others]
    cited = _cited(asked, closest)
    best = cited[0] if cited else None
    if best is None or not best.is_told:
        return Answer(
            question=asked.text,
            as_of=as_of,
            answered=False,
            answer="",
            confidence=round(best.right, 3) if best else 0.0,
            citations=tuple(_citation(each, found) for each in cited),
        )
    day = later[1] if later else _day(asked, best, dates) if asked.kind is Kind.WHEN else None
    conflict = len(cited) > 1 and sides.contradicts(asked, best.found, cited[1].found)
    older = outdated or (_superseded(asked, best, day, closest, dates) if day else None)
    cited = [each for each in cited if older is None or not sides.is_same(each.found, older.found)]
    return Answer(
        question=asked.text,
        as_of=as_of,
        answered=True,
        answer=day.short if day else DISAGREE if conflict else _short(asked, best),
        date=DateFound(start=day.first, end=day.last) if day else None,
        reading=day.reading if day else "",
        confidence=round(best.right, 3),
        conflict=conflict,
        citations=tuple(_citation(each, found) for each in cited),
        superseded=_citation(older, found) if older else None,
    )


def day_of_best(asked: Question, closest: Sequence[Judged], dates: Dates) -> Day | None:
    """The day that the best candidate names, before it is known whether it still holds."""
    return _day(asked, closest[0], dates)


def _cited(asked: Question, closest: Sequence[Judged]) -> list[Judged]:
    """The best candidate, whoever contradicts it, and what else speaks for it; no report twice."""
    if not closest:
        return []
    best = _original(closest[0], closest)
    other_side = [
        each
        for each in closest[1:]
        if best.undated - each.undated <= NEAR and sides.contradicts(asked, best.found, each.found)
    ]
    cited = [best, *other_side[:1]]
    for each in closest[1:]:
        each = _original(each, closest)
        worth = each.right >= WORTH or not best.is_told
        if (
            worth
            and len(cited) < CITED
            and each not in cited
            and not any(sides.is_same(each.found, one.found) for one in cited)
        ):
            cited.append(each)
    return cited


def _original(judged: Judged, closest: Sequence[Judged]) -> Judged:
    """The first report of a story rather than its reprint, where it says the same in nearly the same words."""
    candidate = judged.found.candidate
    if candidate.article_id == candidate.story:
        return judged
    originals = (each for each in closest if each.found.candidate.article_id == candidate.story)
    return next((each for each in originals if sides.is_same(each.found, judged.found)), judged)


def _superseded(asked: Question, best: Judged, day: Day, closest: Sequence[Judged], dates: Dates) -> Judged | None:
    """The best older statement of the same matter that binds to another day."""
    for each in closest:
        near = best.undated - each.undated <= NEAR and sides.is_same_matter(each.found, best.found)
        if near and sides.is_newer(best.found, each.found):
            theirs = _day(asked, each, dates)
            if theirs is not None and theirs.binds and theirs.last != day.last:
                return _original(each, closest)
    return None


def _day(asked: Question, judged: Judged, dates: Dates) -> Day | None:
    candidate = judged.found.candidate
    hint = (candidate.start + judged.span[0], candidate.start + judged.span[1]) if judged.span else None
    quote = (candidate.start, candidate.end)
    return day_in(asked, candidate.article.text, dates[candidate.article_id], quote, hint)


def _short(asked: Question, best: Judged) -> str:
    """The words that answer; where a state of affairs is asked for, they are the sentence."""
    text = best.found.candidate.text
    if best.span and asked.kind is not Kind.STATE:
        return text[best.span[0] : best.span[1]]
    return text if len(text) <= SHORT else text[: text.rfind(" ", 0, SHORT)] + " …"


def _citation(judged: Judged, found: Sequence[Found]) -> Citation:
    candidate = judged.found.candidate
    article = candidate.article
    start = candidate.start
    if candidate.before and len(candidate.text.split()) < ALONE and candidate.text.lower().startswith(_POINTS_BACK):
        start = article.text.rfind(candidate.before, 0, start)
    return Citation(
        quote=article.text[start : candidate.end],
        start=start,
        end=candidate.end,
        article_id=str(article.id),
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        origin=article.origin,
        also=sides.told_by_others(found, judged.found),
    )
