"""Which way a sentence looks at one of its dates: back, ahead, or it does not say.

Reads the words around an expression; resolves nothing. The nearest verb to the left governs,
because English news puts the day behind its verb (“said on Monday it will vote on Friday”); only
a date that opens its sentence is governed from the right.
"""

from typing import NamedTuple

from index.dates.found import Tense
from index.dates.tokens import Tokens

_REACH = 24  # tokens; a verb further off seldom governs the date

_AHEAD_BEFORE = frozenset({"by", "until", "till", "before", "within", "than", "til", "beyond", "due"})
_SKIPPED = frozenset({"the", "about", "around", "early", "late", "mid", "end", "of", "-", "(", '"', "“"})

_MODALS = frozenset({"will", "shall", "must", "would", "should", "can", "could", "may", "might", "ll", "wo", "cannot"})
_PLANS = frozenset(
    "going due scheduled expected expects expect planned plans plan planning aims aim intends intend hopes hope "
    "upcoming forthcoming needs slated poised required obliged set wants want likely tomorrow ready".split()
)
_INFINITIVE_AFTER = frozenset(
    "is are was were be has have had due set scheduled expected plans plan planned planning wants want wanted "
    "pledged promised ordered required asked told decided hopes hope hoped aims aim aimed needs need needed about "
    "voted intends intend intended vowed prepares preparing seeks ready likely deadline time until slated supposed meant "
    "obliged threatened refuses deal agreement plan decision order chance right".split()
)
_SCHEDULED = frozenset(
    "expires ends closes opens begins starts takes comes enters meets votes decides lapses runs falls goes becomes "
    "applies resumes faces expire end close open begin start take come enter meet vote decide lapse run fall go "
    "become apply resume face is are holds sits hears rules rule shuts arrives leaves returns launches publishes announces plays hosts convenes "
    "reconvenes concludes matures pays releases stops kicks switches presents unveils delivers marks ceases commences climbs jumps leaps dies disappears vanishes reaches convene return ratify ratifies".split()
)
# Said in the present of what happens on its day, these look ahead however far off that is.
_SURELY = frozenset("expires lapses ends matures begins starts opens closes resumes ceases terminates elapses".split())
_SURELY_WILL = frozenset("expire lapse end mature begin start open close resume cease terminate elapse".split())
_ON_ITS_DAY = 3  # tokens between such a verb and the day: “expires at midnight on 31 December”
IRREGULAR_PAST = frozenset(
    "said told was were had met took came went began won lost fell rose made gave got held sent left paid kept "
    "found became brought bought sold built caught chose cut did drew drove ate fought flew forgot froze grew hit "
    "hurt knew laid led let lent meant put quit read ran saw set shot shut sank sat slept spoke spent split spread "
    "stood stole struck swore taught thought threw understood woke wore wrote wound been broke withdrew undertook "
    "overcame overtook died lied tied sought dealt struck rejected slid swung bid cast beat bore rang dug shook upheld".split()
) - {"set", "put", "cut", "hit", "let", "read", "shut", "split", "spread", "bid", "cast"}
_BARE_PAST = frozenset({"set", "put", "cut", "hit", "let", "shut", "split", "bid", "cast"})
_STARTS = frozenset({"starting", "beginning", "commencing"})
_SET_FOR = frozenset(
    "called summoned invited set scheduled booked rebooked fixed planned slated convened billed".split()
)
_LASTING = frozenset("keeps keep will runs extends valid funds open stays remains lasts must may".split())
_WAITING = frozenset({"until", "till", "pending"})
_DUE_NOUNS = frozenset({"deadline", "cutoff", "expiry", "ultimatum"})
_LAST_DATES = frozenset({"due", "closing", "expiry", "target", "end", "final", "cutoff"})
_APPOSED = frozenset({"of", ",", ":", "("})
_FOR_WHAT = 5  # tokens: “the time limit for handing in the papers, …”
_HOURS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve noon midnight midday am pm : o'clock".split()
)
_LENGTHENS = frozenset(
    "stretch stretched stretching prolong prolonging lengthened renewed hold holds keep keeps run runs".split()
)
_CLAUSE = 12  # tokens
_STRETCHES = frozenset("day days week weeks month months year years longer fortnight".split())
_MOVING = frozenset(
    "moved pushed extended postponed delayed deferred shifted rescheduled adjourned put push pushing shift shifting bring bringing brought pulled stretched carried prolonged slipped slips moves extends "
    "postpones extending postponing extension postponement move extend postpone".split()
)
_NOT_VERBS = frozenset("hundred need needed united indeed speed feed seed deed breed red bed alleged limited".split())
_HARDLY = frozenset("shortly just minutes hours soon".split())
_BEFORE_PARTICIPLE = 4
_ONCE_DUE = frozenset("due supposed meant set scheduled expected planned slated".split())
_FINITE = frozenset("will would must shall should can could may might has have is are".split())
_TURNS = frozenset({",", ";", ":", "and", "but", "that", "which", "who", "while", "now"})
_OPENS = frozenset({"", ",", ";", "that", "and", "but", "because"})
_HAD_TO = frozenset({"to", "until", "till", "better"})
_IS_MADE = frozenset({"is", "was", "been"})
_DAY_OF = (["date", "of"], ["day", "of"], ["deadline", "of"])
_CHOSEN = frozenset("set named fixed agreed pencilled earmarked chosen".split())
_NEAR = 20  # tokens before a preposition in which “had” or a verb of moving still colours it


class Look(NamedTuple):
    """The tense around an expression, and how far it is to be trusted."""

    tense: Tense | None
    sure: bool = False  # the words right before settle it
    over: bool = False  # it looked ahead from a day that may have passed as well: “was due by 31 January”


def tense_at(tokens: Tokens, i: int, j: int) -> Look:
    """The tense around tokens ``i`` to ``j``."""
    sentence = tokens.sentence_of(i)
    low, high = tokens.breaks[sentence - 1], _end_of(tokens, sentence)
    opening = tokens.at(low)
    if _is_chosen(tokens, i, j, opening):
        return Look("ahead", over=True)
    clause = next((k for k in range(i - 1, max(opening, i - _REACH), -1) if tokens.words[k] == ";"), None)
    tense, sure = _tense(tokens, i, j, tokens.ends[clause], high) if clause is not None else (None, False)
    if tense is None:
        tense, sure = _tense(tokens, i, j, low, high)
    return Look(tense, sure, tense == "ahead" and _once_due(tokens, i, opening))


def _once_due(tokens: Tokens, i: int, opening: int) -> bool:
    """“was due to close in October”, “had been expected by May”: told by a verb in the past, the day may be over."""
    for at in range(i - 1, max(opening, i - _NEAR), -1):
        word = tokens.words[at]
        if word in _TURNS or (word in _FINITE and tokens.word(at - 1) != "to"):
            return False
        if word == "to" and tokens.word(at - 1) in ("was", "were") and tokens.word(at + 1) == "have":
            return True  # “was to have decided by 30 April”
        if word in _ONCE_DUE:
            return not {"was", "were", "been"}.isdisjoint(tokens.words[max(opening, at - 2) : at])
    return False


def _tense(tokens: Tokens, i: int, j: int, low: int, high: int) -> tuple[Tense | None, bool]:
    settled = _settled(tokens, i, j, tokens.at(low))
    if settled:
        return settled
    if tokens.word(i - 1) == "on" and j - i <= 3 and _follows_a_past(tokens, i, j):
        return "past", False
    at = i - 1
    while at >= 0 and i - at <= _REACH and tokens.starts[at] >= low:
        told = _verb(tokens, at, low)
        if told:
            return told, told == "ahead" and i - at <= _ON_ITS_DAY + 1 and _is_surely(tokens, at)
        at -= 1
    if tokens.word(j) in _BARE_PAST and j - i <= 3:
        return "past", False  # “The Senate on Thursday put off until next week a vote …”
    at = j
    while at < len(tokens.words) and at - j <= _REACH and tokens.starts[at] < high:
        told = _verb(tokens, at, low)
        if told:
            return told, False
        at += 1
    return None, False


def _is_surely(tokens: Tokens, at: int) -> bool:
    will = tokens.words[at] in _SURELY_WILL and tokens.word(at - 1) in ("will", "ll", "shall")
    return will or tokens.words[at] in _SURELY


_ARRANGED = frozenset("called scheduled planned expected held organised hosted billed chaired attended".split())
_BEHIND_PARTICIPLES = frozenset({"by", "to", "for", "at", "in", "as"})


def _follows_a_past(tokens: Tokens, i: int, j: int) -> bool:
    """“may resume talks after the board on Friday dismissed a protest”, “which on Tuesday put off its vote”: the day
    stands between a subject and its verb, and belongs to nothing further left."""
    verb = tokens.word(j)
    if verb in _BARE_PAST:
        return tokens.word(i - 2) in ("which", "who")
    if tokens.word(j + 1) in _BEHIND_PARTICIPLES or verb in _ARRANGED:
        return False  # “a vote on Tuesday called by the left”
    return verb in IRREGULAR_PAST or (verb.endswith("ed") and len(verb) > 4 and verb not in _NOT_VERBS)


def _settled(tokens: Tokens, i: int, j: int, opening: int) -> tuple[Tense | None, bool] | None:
    """What the words beside the date say, before any verb is asked; ``opening`` is the sentence's first token."""
    words = tokens.words
    k = i - 1
    while k >= opening and i - k <= 4 and words[k] in _SKIPPED:
        k -= 1
    if k > opening and words[k] == "on":
        k = _before_the_hour(words, k, opening)
    before = words[k] if k >= opening else ""
    front = words[max(opening, k - _NEAR) : max(k, opening)]
    if before in _STARTS or (before in ("in", "on", "from") and words[k - 1] in _STARTS and k > opening):
        return "ahead", False
    if before == "for" and not _SET_FOR.isdisjoint(front):
        return "ahead", False
    if before == "through" and not (_LASTING | _MOVING).isdisjoint(front):
        return "ahead", False
    if (
        before in ("on", "in")
        and not _WAITING.isdisjoint(front[-5:-1])
        and len(front) > 2
        and front[-2] in ("a", "the", "its", "another")
    ):
        return "ahead", True  # “halted until a hearing on 9 March”
    if before == "since":
        return "past", True
    if words[j : j + 2] == ["as", "the"] and not (_DUE_NOUNS | {"date"}).isdisjoint(words[j + 2 : j + 5]):
        return "ahead", False  # “named 10 May as the new date”
    if before == "from" and "notice" in front:
        return "ahead", False  # “gave notice of a stoppage from 29 April”
    if words[j : j + 3] == ["at", "the", "latest"]:
        return "ahead", True
    if before == "on" and words[k - 1] == "but":
        told = _of_clause_behind(tokens, j, opening)
        if told or not {"not", "t"}.isdisjoint(front):  # “not on Monday but on Friday”
            return told or "ahead", False
    if before == "to" and words[k - 1] == "," and _is_lengthened(front):
        return "ahead", True  # “extended by three months, to 30 June”
    if before == "to" and words[k - 1] == "up":
        return "ahead", True
    if before == "before" and words[k - 1] in _HARDLY:
        return None
    if before in ("by", "until", "till", "before") and "had" in front and not _ahead_again(front):
        return None, False  # “had until Friday” may be past or, told by somebody, ahead
    if before in ("by", "until", "till") and (front[-1:] or [""])[0] in _OPENS and _had_happened(tokens, j):
        return "past", True
    if before in _AHEAD_BEFORE:
        return "ahead", True
    moving = not _MOVING.isdisjoint(front)
    if tokens.word(j) in _DUE_NOUNS or _names_due(tokens, i, opening) or (before == "from" and moving):
        return None, False  # “refused to extend the 31 March deadline”: the verb is not the day's
    if before == "to" and moving:
        return "ahead", front[
            -1
        ] != "once"  # “pushed back from Friday to the 12th”; “stretched once to 21 April” is over
    return None


def _names_due(tokens: Tokens, i: int, opening: int) -> bool:
    """“the cut-off of 15 October”, “the time limit for ratification, 28 May, still stood”: a day, and what it is for."""
    if tokens.word(i - 1) in _DUE_NOUNS or tokens.word(i - 1) not in _APPOSED:
        return tokens.word(i - 1) in _DUE_NOUNS
    for at in range(i - 2, max(opening - 1, i - 2 - _FOR_WHAT), -1):
        word, ahead = tokens.words[at], tokens.words[max(opening, at - 2) : at]
        if word in _DUE_NOUNS or (word == "limit" and ahead[-1:] == ["time"]) or (word == "off" and "cut" in ahead):
            return True
        if word == "date" and not _LAST_DATES.isdisjoint(ahead[-1:]):
            return True
        if tokens.word(i - 1) != "," or word in _TURNS or _verb(tokens, at, tokens.starts[opening]):
            return False
    return False


def _before_the_hour(words: list[str], on: int, opening: int) -> int:
    """“nobody shoots before six on Wednesday”: the place of “before”, else of “on”."""
    at = on - 1
    while at > opening and (words[at] in _HOURS or words[at].isdigit()):
        at -= 1
    waits = words[at] in ("until", "till") or (words[at] == "before" and "nobody" in words[max(opening, at - 4) : at])
    return at if at < on - 1 and waits else on


def _of_clause_behind(tokens: Tokens, j: int, opening: int) -> Tense | None:
    """“…, but on Friday the treaty was signed”: a new clause, whose verb stands behind its day."""
    for at in range(j, min(len(tokens.words), j + _CLAUSE)):
        if tokens.words[at] in (".", ";", ","):
            return None
        if told := _verb(tokens, at, tokens.starts[opening]):
            return told
    return None


def _is_lengthened(front: list[str]) -> bool:
    """“extended by three months, to 30 June”, and not “sales of the six months, to 30 June”."""
    return not _STRETCHES.isdisjoint(front[-4:]) and not (_MOVING | _LENGTHENS).isdisjoint(front)


def _is_chosen(tokens: Tokens, i: int, j: int, opening: int) -> bool:
    """“A date of 12 January has been pencilled in”, “12 January was named as the day”: the day itself was chosen."""
    behind = tokens.words[j : j + 5]
    made = next((k for k, word in enumerate(behind) if word in _CHOSEN), 0)
    if not made or _IS_MADE.isdisjoint(behind[:made]):
        return False
    return i == opening or tokens.word(i - 1) in _OPENS or tokens.words[i - 2 : i] in _DAY_OF


def _had_happened(tokens: Tokens, j: int) -> bool:
    """“By Friday, all ferries had stopped”; but “by Friday the firm had to pay”."""
    for at in range(j, min(len(tokens.words), j + _REACH)):
        word = tokens.words[at]
        if word == "had":
            return tokens.word(at + 1) not in _HAD_TO
        if word in _FINITE or word in (".", ";", "but", "which", "who", "that") or word in IRREGULAR_PAST:
            return False
    return False


def _ahead_again(front: list[str]) -> bool:
    """“what they had sent will be back by Friday”: a later verb than “had” looks ahead."""
    return "would" in front or any(word in ("will", "must") for word in front[front.index("had") :])


def _end_of(tokens: Tokens, sentence: int) -> int:
    return tokens.breaks[sentence] if sentence < len(tokens.breaks) else len(tokens.text)


def _verb(tokens: Tokens, at: int, low: int) -> Tense | None:
    words = tokens.words
    word = words[at]
    if word in _MODALS:
        # “May” the month and “can” the tin are nouns after an article; month names stand with a capital.
        return None if word == "may" and tokens.capital(at) else "ahead"
    if word in _PLANS:
        # “The guarantee was due on 24 March”: nothing is due on it any more; but “was due to close on Friday”.
        bygone = word == "due" and tokens.word(at - 1) in ("was", "were") and tokens.word(at + 1) == "on"
        return "past" if bygone else "ahead"
    if word == "to":
        order = tokens.word(at - 2) if tokens.word(at - 1) == "not" else tokens.word(at - 1)
        return "ahead" if order in _INFINITIVE_AFTER else None
    if word in _SCHEDULED:
        return "past" if word in ("is", "are") and tokens.word(at + 1) == "said" else "ahead"
    irregular = word in IRREGULAR_PAST
    if not irregular and not (word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS):
        return None
    for back in range(at - 1, max(-1, at - 1 - _BEFORE_PARTICIPLE), -1):
        if tokens.starts[back] < low or words[back] in (",", ";", ":"):
            break
        helper = words[back]
        if helper in ("was", "were", "had", "has", "have", "been"):
            return _of_perfect(tokens, back, low)
        if helper in _MODALS or helper in ("be", "is", "are", "being", "gets") or (helper == "to" and not irregular):
            return "ahead"
    return "past"


def _of_perfect(tokens: Tokens, at: int, low: int) -> Tense:
    """“will have been signed” looks ahead, “had been signed” back."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if tokens.starts[back] < low:
            break
        if tokens.words[back] in ("will", "must", "shall", "would", "should"):
            return "ahead"
    return "past"
