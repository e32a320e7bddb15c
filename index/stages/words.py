"""The words of deals, as pieces of regular expressions: what is agreed, who talks, who must consent.

Words only; the sentences they make up stand in ``forms``. All patterns are matched against lower-case
text with plain apostrophes and dashes (``plain``), which keeps every character in its place.
"""

import re

# What can be rumoured, negotiated, signed, in force. A word that names other things as well (“offer”,
# “programme”) stands in the narrower lists below and counts only beside the verbs that fit it.
_DEAL = (
    "deals?|agreements?|accords?|pacts?|treaty|treaties|contracts?|licen[cs]es?|permits?|truces?|ceasefires?|cease-fires?|armistice"
    "|mergers?|takeovers?|acquisitions?|buyouts?|buy-outs?|sales?|purchases?|concessions?|settlements?|loans?|bail-?outs?|compacts?"
    "|easements?|alliances?|ventures?|memorandum|memorandums|memoranda|protocols?|conventions?|charters?|partnerships?|joint ventures?|tie-ups?|transactions?"
    "|privati[sz]ations?|leases?|frameworks?|transfers?|credit facility|facility|stopgaps?|restructurings?|arrangements?|swaps?|peace plans?|waivers?"
    "|franchises?|handovers?|unions? contracts?|supply orders?|rescues?|commitments|undertakings|corridors?|moratorium|deeds?"
)
DEAL = rf"(?:{_DEAL})"
BID = r"(?:bids?|offers?|tenders?|approach(?:es)?|proposals?|pursuit)"
MOVE = r"(?:move|award|sale|purchase|order|tender|auction|process|plan|programme|program|wedding)"
TALKS = (
    r"(?:talks?|negotiations?|consultations?|discussions?|bargaining|mediation|dialogue|parleys?|haggling|conciliation"
    r"|rounds? of (?:talks|negotiations|bargaining))"
)
CONSENT = (
    r"(?:approvals?|ratifications?|consent|blessing|clearance|go-ahead|green light|assent|endorsement|confirmation|nod|sign-off"
    r"|authori[sz]ation|permission|votes?|work permit|medical|licence|license|approved|ratified)"
)
CONSENTING = (
    r"(?:parliaments?|senates?|senators|congress|legislatures?|lawmakers|deputies|chambers?|houses?|cabinets?|governments?|councils?|councillors|boards?"
    r"|shareholders|stockholders|investors|members|membership|voters|courts?|regulators?|authority|authorities|commission|commissioners|bureau|office|watchdogs?"
    r"|referendum|ballot|assembly|assemblies|committees?|ministry|ministers?|workers|crews|staff|creditors|league|bank|agency|tribunal|judges?"
    r"|deputies|(?:upper|lower) house|attorney general|prefects?|governors?|holders|auditors?|bench)"
)
CONSENTED = r"(?:approved|ratified|endorsed|cleared|confirmed|authori[sz]ed|sanctioned|waved through|signed off|rubber-stamped|passed)"
CONSENTS = r"(?:approve|ratify|endorse|clear|confirm|authori[sz]e|vote|rule|sign off|consent|back|pass|decide)"
# Words that may stand between a subject and its verb: no other clause may begin there.
STOP = r"(?:that|which|who|whose|but|as|when|after|before|said|says|if|while|because|although|though|unless|until|once|where|than)"
GAP = rf"(?:(?!\b{STOP}\b)[^,;:.?!]){{0,70}}?(?:, (?!but )[^,;:]{{2,80}},)?(?:(?!\b{STOP}\b)[^,;:.?!]){{0,30}}?(?:, )?"
NEAR = r"(?:(?!\b(?:that|which|who|but|as|when|after|said|if|while|because)\b)[^,;:.?!]){0,60}?"
BE = r"(?:is|are|was|were|be|been|being|got|gets?)"
DET = r"(?:an?|the|its|their|his|her|this|that|these|all|both|our|another|one|two|three|no)"


def plain(text: str) -> str:
    """Lower case, straight quotation marks, one kind of dash; as many characters as before.

    The month of May becomes “mai”, so that nobody takes it for a modal verb.
    """
    text = _MAY.sub("mai", text)
    return "".join(_PLAIN.get(each, each if len(low := each.lower()) != 1 else low) for each in text)


_MAY = re.compile(r"(?<=\w )May\b|\bMay(?= \d)")
_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\n": " ", "\u2011": "-"}

# “negotiations on the border | treaty began”: the head of the subject is what goes before.
HEAD_TALKS = re.compile(
    rf"\b(?:{TALKS}|rounds?|work|vote|hearing|debate|review|meeting) (?:\S+ )?(?:on|over|about|of|for|to) (?:\S+ ){{0,4}}$"
)
