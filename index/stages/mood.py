"""Whether a verb tells what has happened, in plain text: or a hope, a plan, a condition, a denial, a rumour.

Judges one verb in one sentence by the words before and behind it; knows no stage. Where it cannot
tell, it says no: an unseen stage is found in the next article, a wrong one is believed.
"""

import re

from index.deadlines import cues
from index.stages.form import Form
from index.stages.found import ASIDE, BACKGROUND, PLAIN, RUMOUR
from index.stages.words import BE


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


# Where the say of what stands further left ends.
_BOUNDARY = re.compile(r"[;:]| - |, but\b|\bbut\b|, and\b|, so\b|, yet\b|\bwhile\b|, though\b|\balthough\b|\bwhereas\b")
_COMMA = re.compile(r",")
_CHAIN = re.compile(
    r"(?:\b(?:will|would|could|may|might|should|can|cannot|must|shall|to|not|never|be|been|being|have|has|had|having|is|are|was|were|also|now|then|still|yet"
    r"|finally|formally|already|soon|just|even|ever|again|once|more|both|all|get|gets|got|do|does|did|\w+ly|\w+n't|no longer|either|instead|at|last|first|since)\b\s*|'(?:ll|d|s|ve|re)\s+)*$"
)
_MODAL = re.compile(
    r"\b(?:will|would|could|may|might|should|can|cannot|must|shall|to|won't|wouldn't|couldn't|can't|shouldn't)\b|'(?:ll|d)\b"
)
_NOT = re.compile(r"\b(?:not|never|no longer|yet to|\w+n't|cannot|neither|nor)\b")
_NOBODY = re.compile(
    r"\b(?:no|neither|nobody|none|without|nor|not one|not a|any|every|nothing|far from|instead of|rather than|short of|ruled out|avoid\w*|prevent\w*)\b(?! one of)[^,;:]{0,60}$"
)
_HOPES = re.compile(
    rf"\b(?:{_any(cues.HOPES - set('plan plans target race racing project projects sought sees see goal scenario wanted expectation proposal proposed suggested suggestion considering considers weighing weighed mulls eyes planned hopes doubts fears possible seek seeks'.split()))}"
    r"|hopes? (?:that|to|for)|fears? (?:that|of)|warn(?:s|ed|ing)? (?:that|of)|due to|set to|about to|ready to|willing|poised|prospects?|threat\w*|vow\w*|pledg\w*"
    r"|called for|calls for|calling for|urg(?:ed|es|ing)|demand\w*|eager|on the verge|on the brink|insist\w* on|want(?:s|ed)? (?:to|the|a|it)|(?<!'s )(?<!\bthe )(?<!\bits )(?<!\btheir )(?<!\bthis )plans? (?:to|for)|next step"
    r"|meant to|supposed to|convinced|if ever|imagine\w*|pray\w*|wish\w*|in case|would|will|could|might|may)\b"
)
_IF = re.compile(
    r"\b(?:if|unless|(?:until|till)(?! (?:the end of |the start of |mid-?|early |late )?\d)|once|whether|provided|providing|assuming|as soon as|before|in case|pending|the day|the moment|suppose|lest|so long as|as long as|when)\b"
)
_IF_FIRST = re.compile(r"^\W*(?:had|should|were|if|unless|once|whether|until|as soon as|before)\b")
_BACK = re.compile(
    r"\b(?:after|since|following|despite|because|days after|weeks after|months after|years after|when|as)\b|\bwhich had\b|\bwho had\b|\bthat had\b"
    r"|\b(?:last year|years? ago|months ago|decades? ago|a year earlier|in the past|previous(?:ly)?|earlier|formerly|once|originally|recall)\b"
)
# “has proposed that the treaty be initialled”: what is asked for, not what has happened.
_WISHED = re.compile(
    r"\b(?:propos\w+|demand\w*|ask\w*|insist\w*|suggest\w*|recommend\w*|want\w*|request\w*|urg\w+) that\b[^.;:]*\bbe (?:\w+ )?$"
)
_WHICH = re.compile(r", (?:which|who|whose|where)\b|\((?!.*\))")
_DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying)|dismiss(?:ed|es|ing)|refut\w+|reject(?:ed|s|ing) (?:\w+ )?(?:reports?|claims?|suggestions?|talk\b(?! s)|rumou?rs|that|speculation|the idea)"
    r"|not true|untrue|false|no truth|nonsense|wrong to say|contradict\w+|disput(?:ed|es) that|mistaken)\b"
)
_DENIES_BEHIND = re.compile(
    r"\b(?:is|was|are|were) (?:\w+ )?(?:untrue|false|nonsense|invented|not true|wrong|fabricated|made up)\b"
)
_RUMOURS = re.compile(
    rf"\b(?:{_any(cues.RUMOURS - {'understood', 'leaked'})}|(?:is|are) understood (?:to|that)|understood to|(?:is|are|was|were) (?:said|thought|believed|rumou?red) to"
    r"|(?:people|persons?|sources?|officials?|diplomats?|executives?|insiders?|bankers?|lawyers?|somebody|someone|men|women) (?:\w+ )?(?:familiar|close to|briefed|with (?:direct )?knowledge|who asked not|who declined|near the|in the know)"
    r"|sources? (?:say|says|said|told|close|with)|according to (?:\w+ )?sources?|unnamed|anonymous\w*|anonymity|asked not to be (?:named|identified)|word is|word has it|word on the|little bird|grapevine|is said|are said|in secret|leaks?|linked (?:with|to)"
    r"|hear that|heard that)\b"
)
_TELLS_ME = re.compile(
    r"\btells? me\b"
)  # only before what is told: “the chair has torn it up, and tells me why” is no rumour
# “ending a month of speculation”: from here on it is none.
_SETTLED = re.compile(
    r"\b(?:end(?:s|ed|ing)?|confirm(?:s|ed|ing)?|after|following|despite) (?:\w+ ){0,4}?(?:rumou?rs?|speculation|whispers?|gossip)\b"
)
_ONLOOKERS = re.compile(
    r"\b(?:analysts?|economists?|(?:an |the )observer|observers|traders?|experts?|commentators?|pundits?|strategists?|professors?|columnists?|sceptics|skeptics|critics)\b"
)
_SAID_TO = re.compile(
    r"\b(?:is|are|was|were) (?:\w+ )?(?:said|thought|believed|understood|reported|rumou?red|alleged) to (?:be |have |been |already |now |still |\w+ly )*$"
)
_SAYS = re.compile(r"\b(?:said|says|saying|told|announced|confirmed|reported|added|stated|wrote|declared|that)\b")
_DONE_LONG_AGO = re.compile(r"\b(?:in|of|since|from) (?:the )?(?:early |late |mid-?)?((?:19|20)\d\d)(?:s)?\b")
_OTHER = re.compile(r"\b(?:similar|rival|separate|unrelated|like the|unlike|comparable|different|other)\b[^,;:]{0,40}$")
_UNREAL = re.compile(r"\b(?:any|every|such a|a future|if|hope\w*|want\w*)\b")
_WOULD = re.compile(r"\b(?:would|could|might)\b")  # “said that it would” reports a fact in the past tense
_PASSIVE = re.compile(
    rf"\b(?:{BE}|'s|'re)\s*(?:\w+ly |not |now |also |since |then |again |both |formally |already |all |just |first |once |at last |twice |today )*$"
)


def judge(text: str, verb: int, end: int, *, form: Form, year: int | None) -> int | None:
    """The weight of the verb at ``text[verb:]``, whose form ends at ``end``; None where nothing has happened.

    ``text`` is one sentence in plain text; ``year`` is the article's.
    """
    passive, says_no = form.passive, form.says_no
    if text.rstrip(" \"')").endswith("?"):
        return None
    left, behind = text[:verb], text[end:]
    clause = left[_last(_BOUNDARY, left) :]
    near = clause[_last(_COMMA, clause) :]
    chain = found.group() if (found := _CHAIN.search(left)) else ""
    if form.stage == "rumoured":
        return None if _NOT.search(chain) or _NOBODY.search(clause[-70:]) or _DENIES.search(left) else RUMOUR
    if _SAID_TO.search(left):
        return RUMOUR
    if not says_no and (_MODAL.search(chain) or _NOT.search(chain) or _NOBODY.search(clause[-70:])):
        return None
    if _IF.search(_as_told(near, text[verb:end], chain)) or (_IF_FIRST.search(left) and "," not in left):
        return None
    if _HOPES.search(_last_part(clause)) and not says_no:
        return None
    if _WISHED.search(left) and not says_no:
        return None
    if _DENIES.search(left) or _DENIES_BEHIND.search(behind):
        return None
    told = _SAYS.search(left) is not None
    if says_no and (_UNREAL.search(clause + text[verb:end]) or (not told and _WOULD.search(clause + text[verb:end]))):
        return None
    if _RUMOURS.search(_SETTLED.sub("", text)) or _TELLS_ME.search(left):
        return RUMOUR
    if _long_ago(clause + text[verb:end] + behind[:40], year) or _OTHER.search(text[max(0, verb - 60) : verb]):
        return None
    if _ONLOOKERS.search(text) and _SAYS.search(text):
        return None if not says_no else BACKGROUND
    if re.search(r"\bhad\b", chain) and not _SAYS.search(left):
        return BACKGROUND
    if _BACK.search(_last_part(near)):
        return BACKGROUND
    if passive and not _PASSIVE.search(left):
        return ASIDE if re.search(r",\s*(?:\w+ly )?$", left) else BACKGROUND
    if _in_aside(clause):
        return ASIDE
    return PLAIN


def _as_told(near: str, verb: str, chain: str) -> str:
    """“When the treaty came into force, …” tells what happened; “when it comes into force” waits for it."""
    return _WHEN.sub("", near) if _PAST.match(verb) and _WAS.fullmatch(chain) else near


_WHEN = re.compile(r"\bwhen\b")
_WAS = re.compile(r"(?:(?:was|were|had|been|formally|finally|at last)\s+)*\s*")
_PAST = re.compile(r"(?:\w+ed|came|went|took|broke|fell|began|became|met|sat)\b")


def _in_aside(clause: str) -> bool:
    """“the treaty, which took effect in May”; once its comma has come, the sentence goes on."""
    opened = _last(_WHICH, clause)
    return opened > 0 and "," not in clause[opened:]


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; 0 without one."""
    end = 0
    for found in pattern.finditer(text):
        end = found.end()
    return end


_SHIFT = re.compile(r",| as |\band\b")


def _last_part(clause: str) -> str:
    """What stands nearest: behind the last comma that is followed by several words, or all of the clause."""
    at = _last(_SHIFT, clause)
    return clause[at:] if len(clause[at:].split()) >= 2 else clause


def _long_ago(words: str, year: int | None) -> bool:
    found = _DONE_LONG_AGO.search(words)
    if found and found.group().startswith("since") and re.search(r"\bfirst\b", words):
        return False  # “their first talks since 2018” are of today
    return bool(found and year is not None and int(found.group(1)) < year - 1)
