"""Does a watch want an article? Pure: words in, a verdict and its reason out."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.store.watches import Watch
from index.models import Draft


@dataclass(frozen=True, slots=True)
class Verdict:
    wanted: bool
    why: str  # a clause for people, about the article


def judge(watch: Watch, article: Draft, news: Collection[str]) -> Verdict:
    """``news``: the kinds of what it brings."""
    text = f"{article.title}\n{article.text}"
    if watch.words and not any(occurs(word, text) for word in watch.words):
        return Verdict(False, f"it holds none of the words {_listed(watch.words)}")
    for word in watch.without:
        if occurs(word, text):
            return Verdict(False, f"it holds “{word}”, which is excluded")
    if watch.outlet and not any(each.casefold() in article.source.casefold() for each in watch.outlet):
        return Verdict(False, f"it is by {article.source or 'an unnamed outlet'}, not by {_listed(watch.outlet)}")
    if watch.only_news and not news:
        return Verdict(False, "it brings no new date and no new state of affairs")
    return Verdict(True, "it fits the watch on " + watch.label)


def pings(watch: Watch, news: Collection[str]) -> bool:
    """Whether its role is pinged: for each post, or for chosen kinds of news."""
    return watch.role_id is not None and (not watch.ping_for or bool(set(watch.ping_for) & set(news)))


def occurs(word: str, text: str) -> bool:
    """As a whole word or words, whatever their case; a star at its end stands for any ending."""
    stem = word.strip().rstrip("*")
    if not stem:
        return False
    end = "" if word.strip().endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(stem)}{end}", text, re.I) is not None


def _listed(words: Collection[str]) -> str:
    return ", ".join(f"“{each}”" for each in words)
