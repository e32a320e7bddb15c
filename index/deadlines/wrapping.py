"""What the clause around a date is wrapped in: hope, rumour, denial. Reads words in their places; judges no deadline."""

from index.deadlines import cues
from index.deadlines.mood import Mood, before_aside, contact, hopes
from index.deadlines.sentence import Sentence

_FAILS = (["will", "not"], ["did", "not"], ["has", "not"], ["was", "not"])
_WANTS = frozenset("want wants wanted wish wishes wished seek seeks sought".split())
_JOINED = frozenset({"and", "since", "as"})
_FOREBODED = frozenset("warned predicted said forecast promised vowed hoped expected".split())
_GIVEN_UP = frozenset("shelved scrapped abandoned dropped cancelled canceled rejected withdrawn".split())


def wrapped(s: Sentence, mood: Mood, date_at: int) -> str | None:
    """What the clause is wrapped in further left, or behind a comma: hope, rumour, denial, or None."""
    low = min(mood.at, date_at)
    if mood.right and s.word(mood.at) == "falls" and s.word(mood.at + 1) == "away":
        return "denial"
    at, listed = low, False
    while at > 0:
        at = before_aside(s, at - 1)
        word = s.words[at]
        listed = listed or word == ":"
        if word in cues.RESETS or word == ";" or (word in _JOINED and s.word(at - 1) == ",") or word == "because":
            break
        if word == "and" and at == mood.at - 1 and mood.kind in ("give", "schedule"):
            break  # “said that it might fail and gave them a week”: the verb is the speaker's
        if _rumours(s, at):
            return "rumour"
        if word in cues.DENIALS and s.word(at - 1) in ("nobody", "none", "not", "one"):
            continue  # “what nobody disputes is that …”
        if (word in cues.DENIALS or (word == "true" and s.word(at - 1) == "not")) and _denies(s, at):
            return "denial"
        if word in _FOREBODED and s.word(at - 1) == "had":
            return "rumour"  # “had warned in May that stocks would run out by autumn”
        if (
            word in cues.HOPES
            and not contact(s, at)
            and not _who_want(s, at, mood)
            and not (listed and (word in _WANTS or s.word(at - 1) == "to"))  # “he wants one thing of her: …”
            and hopes(s, at)
            and (mood.kind != "must" or s.word(mood.at) == "deadline")
        ):
            return "hope"
        if (
            word in ("said", "thought", "believed")
            and s.word(at + 1) == "to"
            and s.word(at - 1) in ("is", "are", "was", "were")
        ):
            return "rumour"
        if (
            word in ("seen", "heard", "told")
            and s.word(at - 1) == "had"
            and s.word(at - 2) in ("it", "he", "she", "they")
        ):
            return "rumour"  # “the union said it had seen a paper under which …”
        if word in ("source", "person", "official", "insider") and s.word(at + 1) in ("close", "familiar", "briefed"):
            return "rumour"
        if word in ("sources", "insiders", "people") and s.word(at + 1) in (
            "say",
            "said",
            "close",
            "familiar",
            "claim",
            "who",
            "with",
        ):
            return "rumour"
    for at in range(max(mood.at, date_at) + 1, len(s.words)):
        word = s.words[at]
        if word == "but" and mood.kind in ("to", "schedule") and s.words[at + 1 : at + 3] in _FAILS:
            return "denial"  # “was to open in June but will not”
        if word in cues.RESETS or word == ";" or (word == "and" and s.word(at - 1) == ","):
            break
        tail = s.words[max(0, at - 5) : at]
        if word in ("falls", "fell") and s.word(at + 1) == "away":
            return "denial"
        if word in _GIVEN_UP and s.word(at - 1) in ("was", "were", "been") and at - date_at < 8:
            return "denial"
        if (
            _rumours(s, at)
            or (mood.kind != "must" and word == "sources" and "," in tail)
            or (
                mood.kind != "must"
                and word in ("people", "person", "source")
                and s.word(at + 1) in ("familiar", "close", "with", "briefed")
            )
        ):
            return "rumour"
        if (
            mood.kind != "must"
            and word
            in (
                "hope",
                "hopes",
                "expect",
                "expects",
                "predict",
                "predicts",
                "believe",
                "believes",
                "forecast",
                "forecasts",
                "estimate",
                "estimates",
                "reckon",
                "reckons",
            )
            and "," in tail
        ):
            return "hope"
    return None


def _rumours(s: Sentence, at: int) -> bool:
    """“It is understood that”; but “few have understood the form”."""
    word = s.words[at]
    return word in cues.RUMOURS and (word != "understood" or s.word(at - 1) not in ("have", "has", "had"))


def _who_want(s: Sentence, at: int, mood: Mood) -> bool:
    """“members who want out may …”, “farmers who do not wish to stay may …”: who they are, not what is hoped."""
    who = next((k for k in range(at - 1, max(-1, at - 4), -1) if s.words[k] == "who"), None)
    plain = who is not None and s.word(who - 1) != "," and "that" not in s.words[at : mood.at]
    return plain and s.words[at] in _WANTS and mood.at > at and mood.kind in ("may", "will", "must", "give")


def _denies(s: Sentence, at: int) -> bool:
    """A denial reaches the date only as “denied that …”, “rejected reports of …”, “untrue that”."""
    return (
        any(
            word
            in (
                "that",
                "reports",
                "report",
                "claims",
                "claim",
                "suggestions",
                "rumours",
                "talk",
                "having",
                "any",
                "speculation",
            )
            for word in s.words[at + 1 : at + 5]
        )
        or (
            not {"would", "will"}.isdisjoint(s.words[at + 1 : at + 7])
            and s.words[at] in ("denied", "denies", "deny", "denying")
        )
        or s.words[at] in ("untrue", "false", "true")
    )
