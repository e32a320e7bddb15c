"""From sightings to the course of a deal: which sentence changed its stage, and what did not.

Pure: plain data in, plain data out. The newest report holds unless it is weaker than what it would undo:
a rumour undoes no signature, and talks that go on do not unsign a treaty. Each rule stands beside its
reason in ``_holds_against``.
"""

import re
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from index.stages.found import ASIDE, BACKGROUND, PLAIN, RUMOUR, STAGES, Sighting, Stage
from index.stages.words import TALKS

_TALKS = re.compile(TALKS, re.I)
_LIFTED = re.compile(
    r"\b(?:lift(?:ed|s|ing)|unfroze|unfrozen|end(?:ed|s|ing) \w+ (?:\w+ )?(?:suspension|freeze|stay|injunction|moratorium)"
    r"|suspension\b.*\b(?:lifted|over|ended|ends))\b",
    re.I,
)
_BAN_LIFTED = re.compile(r"\blift(?:ed|s|ing) \w+ (?:own )?(?:stop|ban|bar|order|arrest)\b", re.I)
_LADDER = {stage: number for number, stage in enumerate(STAGES[:6])}  # rumoured … in force
FRESH = 4  # days
_IMPLIED = 4  # sentences by which what is only implied stands further behind
_AGREED = _LADDER["agreed in principle"]


@dataclass(frozen=True, slots=True)
class Told:
    """A sighting in its article; ``story`` is alike for all reprints."""

    sighting: Sighting
    article: int
    story: Hashable
    published: date | None
    id: int = 0

    @property
    def tells(self) -> Stage:
        return self.sighting.tells

    @property
    def since(self) -> date | None:
        return self.sighting.day or self.published


@dataclass(frozen=True, slots=True)
class Course:
    """``changes``: what set each stage, in order; ``repeats``: what told the same again; ``against``: what did not count."""

    changes: tuple[Told, ...]
    repeats: tuple[Told, ...]
    against: tuple[Told, ...]

    @property
    def stage(self) -> Stage | None:
        return self.changes[-1].tells if self.changes else None


def course(told: Iterable[Told]) -> Course:
    """``told`` in the order of the articles' days; reprints of a story that was told change nothing."""
    changes: list[Told] = []
    repeats: list[Told] = []
    against: list[Told] = []
    stories: set[Hashable] = set()
    for _, group in groupby(told, lambda each: each.article):
        now = changes[-1] if changes else None
        # Who lifts a ban lifts no suspension of the deal, unless the deal was suspended.
        stands = now is None or now.tells != "suspended"
        article = [
            each
            for each in group
            if not each.sighting.elsewhere and not (stands and _BAN_LIFTED.search(each.sighting.cue))
        ]
        if not article or article[0].story in stories:
            continue
        stories.add(article[0].story)
        news = _resumed(article, changes)
        if now is None or (news.tells != now.tells and _holds_against(news, now, {each.tells for each in changes})):
            changes.append(news)
        elif news.tells == now.tells:
            repeats.append(news)
        against += [
            each for each in article if each is not changes[-1] and contrary(each.sighting.stage, changes[-1].tells)
        ]
    return Course(tuple(changes), tuple(repeats), tuple(against))


def _resumed(article: Sequence[Told], changes: Sequence[Told]) -> Told:
    """An article's news. Where it is that a suspension was lifted, what held before it holds again: no more than that,
    unless the article itself tells more; a contract that had been signed is carried out.
    """
    news = headline(article)
    if not changes or changes[-1].tells != "suspended" or not _is_lifted(news):
        return news
    more = (each for each in article if each.tells == news.tells and not _is_lifted(each))
    before = next((each.tells for each in reversed(changes) if each.tells != "suspended"), news.tells)
    if before in ("signed", "rumoured") or any(each.sighting.weight >= ASIDE for each in more):
        return news
    return replace(news, sighting=replace(news.sighting, stage=before))


def _is_lifted(told: Told) -> bool:
    return told.tells == "in force" and _LIFTED.search(told.sighting.cue) is not None


def _weight(told: Told) -> int:
    """What the first sentence says in passing is its news as well, and what happened days ago behind an “after”:
    “writers walked out after talks collapsed on Sunday”."""
    weight, day = told.sighting.weight, told.sighting.day
    if told.sighting.position or weight == RUMOUR:
        return weight
    fresh = day is not None and told.published is not None and 0 < (told.published - day).days <= FRESH
    return PLAIN if weight == ASIDE or fresh else weight


def headline(article: Sequence[Told]) -> Told:
    """What an article tells as its news: plain before aside, said before implied, first before later.

    News stands first in an article; what comes later is how it came about and what others say.
    """
    return min(article, key=lambda each: (-_weight(each), each.sighting.position + _IMPLIED * each.sighting.soft))


def _holds_against(new: Told, now: Told, reached: Collection[Stage]) -> bool:
    """Whether a later report changes the stage that an earlier one set; ``reached``: all that were set before."""
    stage, weight = new.tells, new.sighting.weight
    if weight == RUMOUR:
        return False  # whoever whispers undoes nothing that was reported
    if now.tells == "rumoured":
        return True
    if stage == "rumoured":
        return False
    old = now.tells
    if old in ("collapsed", "suspended"):
        return _revives(new, now)
    if stage == "suspended":
        return weight >= ASIDE or _newer(new, now)
    if stage == "collapsed":
        # Talks that fail do not end what is signed and in force; a cancelled contract does.
        return (weight >= ASIDE or _newer(new, now)) and not (
            _LADDER[old] > _AGREED and _TALKS.search(new.sighting.cue)
        )
    if _LADDER[stage] > _LADDER[old]:
        return not new.sighting.soft or old in ("signed", "agreed in principle")
    if weight < PLAIN or new.sighting.soft:
        return False
    if old == "awaiting approval" and not any(
        _LADDER[stage] <= _LADDER.get(each, 0) < _LADDER[old] for each in reached
    ):
        # Consent was asked for before anything was agreed, or it was somebody else's consent to something else.
        return _newer(new, now)
    if stage == "in talks":
        # Only who says that there is no deal (yet, again) opens again what was agreed; talks on details do not.
        return old in ("agreed in principle", "awaiting approval") and new.sighting.turns_back
    if stage == "awaiting approval":
        return new.sighting.turns_back  # what replaces it has been signed, and waits
    if stage == "signed":
        # After the approval comes the signature, and after a stopgap the real thing.
        return _newer(new, now)
    return False  # the same deal is not agreed anew once it is signed


def _revives(new: Told, now: Told) -> bool:
    """What was suspended or given up is so until something newer is told plainly."""
    if (
        now.tells == "suspended"
        and _LIFTED.search(new.sighting.cue)
        and new.sighting.weight > RUMOUR
        and new.tells != "collapsed"
    ):
        return _newer(new, now)
    if new.sighting.weight < ASIDE or new.sighting.soft:
        return new.sighting.weight == BACKGROUND and new.tells == "collapsed" and _newer(new, now)
    if now.tells == "collapsed" and new.tells == "suspended":
        return False
    if new.tells == "in force" and new.sighting.weight < PLAIN:
        return False  # “the treaty, which came into force in May, …”
    return _newer(new, now)


def _newer(new: Told, now: Told) -> bool:
    """It happened later, not only was told later."""
    return new.since is None or now.since is None or new.since > now.since


def contrary(one: Stage, other: Stage) -> bool:
    """Whether both cannot be so: a deal that is off and one that goes on; none yet and one in force."""
    off = {"collapsed", "suspended"}
    if (one in off) != (other in off):
        return one != "rumoured" and other != "rumoured"
    if one in off:
        return False
    return abs(_LADDER[one] - _LADDER[other]) > 1 and _LADDER[one] < _AGREED <= _LADDER[other] and one != "rumoured"
