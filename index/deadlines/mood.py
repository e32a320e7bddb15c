"""Finds the verb that governs a date, and its mood.

Reads words in their places; decides nothing about deadlines. English puts the day behind its verb,
so the nearest to the left governs; a day that opens its clause is governed from the right.
"""

from dataclasses import dataclass

from index.dates.tense import IRREGULAR_PAST
from index.deadlines import cues
from index.deadlines.sentence import DATE, Sentence

_OPENS_A_CLAUSE = frozenset({"", ",", ";", ":", "that", "and", "but", "because", "as", "if", "while", "which", "who", "--", "(", "when", "or",
                             "“", '"', "-", "whether"})  # fmt: skip
_AUXILIARIES = frozenset(
    {"be", "been", "being", "get", "gets", "have", "also", "only", "not", "then", "now", "formally", "already"}
)
_PERMITTED = frozenset(
    "submit apply bid appeal object register accept withdraw file lodge claim respond reply comment tender vote opt exchange "
    "convert exercise use buy sell subscribe request ask enrol terminate cancel challenge continue import export trade operate "
    "stay remain ship load return choose tender raise improve match top declare join leave pay collect swap extend propose send "
    "make put hold call spend switch run talk inspect visit view question contest seek nominate renew redeem book clear turn write walk vote bring hand negotiate operate serve fly sail drill land opt begin start resume reopen use proceed go take enter keep quit change".split()
)
_PERMITTED_DONE = frozenset(
    "submitted filed lodged sent paid made exercised renewed raised requested tendered used accepted collected claimed redeemed "
    "handed taken returned exchanged viewed inspected ordered bought booked appealed challenged entered cancelled withdrawn given".split()
)
# What “can” does not permit but only holds possible.
_GUESSED = frozenset(
    "have become fall rise drop reach last take drag cost happen face prove result cause mean seem remain need force spell tip lose win slip "
    "exceed double collapse fail grow expect see hope lead only get come bring change kill hit help".split()
)
_SEEN = frozenset(
    "seen felt found expected explained heard traced blamed measured read avoided put summed reached".split()
)
_NOT_PAST = frozenset(
    "need speed indeed hundred united need agreed-upon seed feed based related limited interested named called".split()
)
_DETERMINERS = frozenset("the a an its their his her this that these those all any no some".split())
_BEFORE_NOUNS = frozenset("of with for from into over without under".split())
_ATTRIBUTIONS = frozenset(
    "said says told added announced confirmed stated wrote reported noted explained according".split()
)


@dataclass(slots=True)
class Mood:
    """``kind`` is must, give, will, may, schedule, to, hope, rumour, past or none; ``at`` the place of its word."""

    kind: str
    at: int
    right: bool = False  # it stands behind the date


NONE = "none"


def governing(s: Sentence, date_at: int, phrase_at: int) -> Mood:
    """The mood that governs the date at ``date_at``, whose preposition starts at ``phrase_at``."""
    opens = s.word(phrase_at - 1) in _OPENS_A_CLAUSE
    if s.words[phrase_at - 2 : phrase_at + 1] in _LASTS_TO:
        opens = False
    if s.word(phrase_at - 1) == "," and s.word(phrase_at - 2) in _HELPERS:
        kind = mood_of(s, phrase_at - 2)  # “must, by Friday, announce …”: the helper waits for its verb
        if kind is not None and kind != "hope":
            return Mood(kind, phrase_at - 2)
    if opens:
        found = _rightward(s, date_at + 1)
        if found:
            return found
    found = _leftward(s, before_aside(s, phrase_at - 1))
    if found:
        return found
    return _rightward(s, date_at + 1) or Mood(NONE, phrase_at)


_LASTS_TO = ([DATE, ",", "to"], [DATE, ",", "until"])  # “runs for 24 months, to 31 August”
_HELPERS = frozenset({"must", "shall", "will", "may"})


def before_aside(s: Sentence, at: int) -> int:
    """“must reach the port, which closed last year, by 30 June”: the clause between the commas is passed over."""
    if s.word(at) != ",":
        return at
    for back in range(at - 1, max(-1, at - 25), -1):
        if s.words[back] == ",":
            return (
                back - 1
                if s.word(back + 1) in ("which", "who", "whose", "where", "when", "said", "it", "he", "she", "they")
                else at
            )
    return at


def _leftward(s: Sentence, at: int) -> Mood | None:
    while at >= 0:
        if s.words[at] == ";":
            return None
        kind = mood_of(s, at)
        if kind == "past" and s.words[at] in _ATTRIBUTIONS and s.word(at + 1) == DATE and s.word(at + 2) in (",", ""):
            kind = None  # “the firm will, it said on Monday, …” is no verb of this date
        if kind == "past" and s.word(at - 1) in cues.HOPES and contact(s, at - 1):
            kind = None
        if kind == "hope" and (contact(s, at) or s.words[at - 1 : at + 1] in _MADE_POSSIBLE):
            kind = None
        if kind == "past" and s.word(at - 2) == "what":
            kind = None  # “will publish what they saw by Friday”
        if kind:
            return Mood(kind, at)
        at -= 1
    return None


_MADE_POSSIBLE = (["made", "possible"], ["make", "possible"])
_SUBJECTS = frozenset("they it he she we you".split())
_LEADS_ON = frozenset(
    "that and but because as if while which who when or whether said says say told tell tells added thinks think know knows since "
    "so where until before after than".split()
)


def contact(s: Sentence, at: int) -> bool:
    """“undertook to list the goods they want freed by Friday”: the wish only says which goods."""
    if s.word(at - 1) not in _SUBJECTS:
        return False
    noun = s.word(at - 2)
    return noun.isalpha() and noun not in _LEADS_ON


def _rightward(s: Sentence, at: int) -> Mood | None:
    while at < len(s.words):
        if s.words[at] in (";", "but", "while", "although"):
            return None
        kind = mood_of(s, at)
        if (
            kind == "past"
            and s.words[at] in _ATTRIBUTIONS
            and s.word(at + 1) == ","
            and "," in s.words[max(0, at - 6) : at]
        ):
            kind = None  # “Within four weeks, the minister said, …”
        if kind:
            return Mood(kind, at, right=True)
        at += 1
    return None


def mood_of(s: Sentence, at: int) -> str | None:
    """What the word at this place says about the clause, or None."""
    word = s.words[at]
    if word == "shall" and s.word(at - 1) in ("i", "we"):
        return "will"
    if word in _ARRANGED and _had_been(s, at, word):
        return "past"
    if word == "due" and s.word(at - 1) == "past":
        return "past"  # “were past due at the end of December”
    if s.word(at - 1) == "once" and word in _ARRANGED:
        return "past"  # “once scheduled to close at the end of 2026”
    if word in cues.MUST:
        return "must" if word != "due" or s.word(at + 1) != "diligence" else None
    following = s.word(at + 1)
    if word in cues.HAVE_TO and (
        following in ("to", "until", "till")
        or (following == DATE and s.dates[at + 1].granularity != "set")
        or (following == "no" and s.word(at + 2) == "later")
    ):
        return "must"
    if (
        word in cues.HAVE_TO
        and following in ("another", "just", "only", "up", "at", "less", "more", "about")
        and DATE in s.words[at + 2 : at + 5]
    ):
        return "must"
    if word in cues.RUMOURS:
        return "rumour"
    if word in cues.HOPES:
        return "hope" if hopes(s, at) else None
    if word == "ought" and s.words[at + 1 : at + 3] == ["to", "have"]:
        return "past"
    if word in cues.MOVING and word.endswith("ing") and s.word(at - 1) in ("is", "are"):
        return "give"
    if word == "need" and following in ("be", "only"):
        return "must"
    if word == "better" and s.word(at - 1) == "had":
        return "must"
    if word == "would" and "have" in s.words[at + 1 : at + 4]:
        return "past"  # “it would otherwise have run out next month”
    if word in cues.WILL or word == "won't":
        return (
            "must"
            if s.words[at + 1 : at + 3] == ["have", "to"] or s.words[at + 1 : at + 3] == ["need", "to"]
            else "will"
        )
    if word == "should":
        return "hope" if following in ("be", "have", "see", "become") else "must"
    if word in cues.MAY or word in ("cannot", "can't"):
        return _permission(s, at)
    if word in ("would", "'d"):
        return "past" if "have" in s.words[at + 1 : at + 4] else "will"
    if word in cues.IS_TO and "to" in (following, s.word(at + 2) if following in _BETWEEN else ""):
        given_up = s.word(at - 1) in ("that", "which") and s.word(at - 2) != "said"
        unreal = word in ("was", "were") and ("have" in s.words[at + 2 : at + 4] or given_up)
        return "past" if unreal else "to"  # “was to have been ready by June”, “the ban that was to bite on Tuesday”
    if word in ("set", "sets") and following in ("out", "up", "off", "down"):
        return "past" if s.word(at - 1) == "as" else None
    if word in cues.SCHEDULED and s.word(at - 1) in ("have", "has", "had"):
        return _past(s, at)
    if word in cues.GIVES:
        if _has_modal(s, at):
            return None
        return "schedule" if word == "set" and following == "for" and s.word(at - 1) in ("is", "are") else "give"
    if word == "open" and s.word(at - 1) in ("lay", "wide", "thrown", "left", "stay", "keep", "remain"):
        return None
    if word in cues.SCHEDULED:
        return None if _has_modal(s, at) else "schedule"
    if word in IRREGULAR_PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST):
        return _past(s, at)
    return None


_ARRANGED = frozenset("scheduled planned due set expected slated meant supposed".split())
_AT_FIRST = frozenset("originally initially previously formerly first".split())


def _had_been(s: Sentence, at: int, word: str) -> bool:
    """“had been due to rule by 3 June”, “had originally been scheduled for May”: it was to be, and is no longer."""
    had = s.word(at - 1) == "been" and "had" in s.words[max(0, at - 3) : at]
    return had and (word == "due" or s.word(at - 2) in _AT_FIRST)


_MODALS = cues.WILL | cues.MAY | {"must", "shall", "should", "could", "might", "to", "would"}


def _has_modal(s: Sentence, at: int) -> bool:
    """“must extend”, “plans to close”: the word further left has the say."""
    return (
        s.word(at - 1) in _MODALS
        or (s.word(at - 1) == "have" and s.word(at - 2) in _MODALS)
        or (s.word(at - 2) in _MODALS and s.word(at - 1) in ("not", "then", "also", "now", "formally", "be", "only"))
    )


_BETWEEN = frozenset({"now", "also", "then", "still", "only"})
_GUESSES = frozenset(
    "bet bets guess chance chances odds estimate estimates forecast forecasts doubt doubts optimism".split()
)
_HOPE_NOUNS = frozenset("plan plans proposal suggestion ambition goal target targets projects project bets bet guess chances odds estimates estimate "
                        "forecast forecasts scenario fear fears doubt doubts expectation expectations intention optimism hopes".split())  # fmt: skip


_PLANNERS = frozenset(
    {"they", "we", "i", "you", "who", "that", "which", "people", "men", "women", "also", "now", "and", "or"}
)


def hopes(s: Sentence, at: int) -> bool:
    word = s.words[at]
    before, after = s.word(at - 1), s.word(at + 1)
    if before in ("as", "than"):
        return False  # “runs out as planned on …”
    if word in _GUESSES and (before in _DETERMINERS or before == "own"):
        return True  # “the odds of a truce before the summer”
    if word == "plan" and before.isalpha() and not before.endswith("s") and before not in _PLANNERS:
        return after in ("to", "that", "is")  # “a route plan for its tankers”
    if word in _HOPE_NOUNS:
        if before in _DETERMINERS:
            return after in ("to", "that", "is")  # “its plan for a motorway” is a thing
        return after in ("to", "that", "of", "is", "for", "the", "it", "they", "its") and not (
            word in ("projects", "plans") and after == "of"
        )
    if word == "eyes":
        return after in ("a", "an", "the", DATE) and before not in _DETERMINERS
    if word in ("planned", "proposed", "expected", "intended", "projected", "targeted", "estimated"):
        # “the planned closure” names a thing; “is planned for” tells a hope.
        return before not in ("the", "a", "its", "their", "his", "an") or after in ("to", "by")
    return True


def _permission(s: Sentence, at: int) -> str | None:
    """“may” and “can” permit before a verb of acting, else they guess."""
    verb = s.word(at + 1)
    if (
        s.words[at] in ("cannot", "can't")
        or verb == "not"
        or any(word in ("neither", "no", "nobody", "none", "nothing") for word in s.words[max(0, at - 5) : at])
    ):
        return "must"  # what nobody may do until a day is forbidden until then
    if s.words[at] in ("able", "free", "entitled", "eligible", "welcome"):
        return "may" if verb == "to" else None
    if verb in ("also", "only", "still", "now", "then", "either"):
        at += 1
        verb = s.word(at + 1)
    if verb in _PERMITTED or (verb == "give" and s.word(at + 2) in ("notice", "up", "back", "evidence")):
        return "may"
    can = s.word(at) == "can" or s.word(at - 1) == "can"
    if verb == "be":
        done = s.word(at + 2)
        participle = done.endswith("ed") or done in IRREGULAR_PAST or done in _PERMITTED_DONE
        drawn = done == "drawn" and s.word(at + 3) in ("until", "till")  # a loan; a conclusion is drawn by a day
        return "may" if drawn or done in _PERMITTED_DONE or (can and participle and done not in _SEEN) else "hope"
    return "may" if can and verb not in _GUESSED else "hope"


def _past(s: Sentence, at: int) -> str | None:
    """A past form, unless its helper says otherwise: then the helper, further left, is left to govern."""
    if s.word(at - 1) in _DETERMINERS or (s.word(at - 1) in _BEFORE_NOUNS and s.word(at + 1).isalpha()):
        return None  # “the abandoned wells”, “is to hand over audited accounts”
    if _shares_be(s, at) or _describes(s, at):
        return None
    for back in range(at - 1, max(-1, at - 5), -1):
        helper = s.words[back]
        if helper in ("is", "are"):
            return "schedule"
        if helper in ("was", "were", "had", "has") or (
            helper == "have" and s.word(back - 1) not in ("will", "must", "to", "would", "should")
        ):
            return "past"
        if helper in cues.WILL or helper in cues.MUST or helper in cues.MAY or helper in ("to", "be", "could", "might"):
            return None
        if helper not in _AUXILIARIES:
            break
    return "past"


def _describes(s: Sentence, at: int) -> bool:
    """“the first lead-lined room”; but “the firm co-signed the loan”."""
    noun = s.word(at + 1)
    article = s.word(at - 3) in _DETERMINERS or (s.word(at - 4) in _DETERMINERS and s.word(at - 3) in _RANKS)
    return s.word(at - 1) == "-" and noun.isalpha() and noun not in _DETERMINERS and article


_RANKS = frozenset("first second third last next new old only".split())


def _shares_be(s: Sentence, at: int) -> bool:
    """“Steel is to be cut in May and the boat delivered by 2028”: the second participle shares the helper."""
    for back in range(at - 1, max(1, at - 18), -1):
        word = s.words[back]
        if word == "be":
            between = s.words[back:at]
            return s.word(back - 1) in _HELPED and "and" in between and _BREAKS.isdisjoint(between)
        if word in _HELPS_ITSELF:
            return False
    return False


_HELPED = frozenset({"to", "will", "must", "shall"})
_HELPS_ITSELF = frozenset("was were had has have is are been said told which who that it they he she".split())
_BREAKS = frozenset({";", "but", "while", "after", "when"})


def negated(s: Sentence, mood: Mood, date_at: int) -> bool:
    """Whether a negation stands by the mood's word; that of “no later than”, right before the day, is none."""
    low, high = sorted((mood.at, date_at))
    if s.word(high - 1) == "than" and s.word(high - 3) in ("no", "not"):
        high -= 3
    span = s.words[max(0, low - 2) : high]
    return any(word in cues.NEGATIONS or word.endswith("n't") or word == "cannot" for word in span)
