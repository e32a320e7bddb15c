"""What tells that a deal stands still or is over: suspended, collapsed.

Written from the language of mergers, treaties, licences, labour, procurement, sport, loans and ceasefires alike. Add a
sentence to the tests for each form.
"""

from index.stages.form import ACT, ANY, BUT, ENDED, FAILED, FOR_NOW, HALTED, Form, forms
from index.stages.words import BID, DEAL, GAP, STOP, TALKS

OFF: list[Form] = [
    # ---- suspended
    *forms(
        "suspended",
        rf"\b(?P<v>suspended|suspends|froze|frozen|freezes|paused|halted|halts|shelved|stayed|interrupted|adjourned|mothballed|deferred) (?:(?!and\b)\S+ ){{0,7}}?(?:{ANY}|participation|shipments|implementation|application|completion|ratification|approval|inspections?|exchanges?|deliveries|payments|procedures?)\b",
        # Who breaks off talks mostly takes them up again.
        rf"\b(?P<v>broke off|breaks off|broken off) (?:\S+ ){{0,4}}?{TALKS}\b",
        rf"\b{TALKS}\b{GAP}\b(?P<v>broke off|(?:were|was|have been|has been) (?:\w+ )?broken off)\b",
        rf"\b(?P<v>put|placed|puts|kept) (?:\S+ ){{0,6}}?(?:{ANY}|bargain|it|everything) (?:\S+ ){{0,4}}?on (?:hold|ice)\b",
        rf"\b{ANY} (?P<v>on hold|on ice)\b",
        rf"\b(?P<v>ordered|imposed|called|announced|agreed) an? (?:\w+ )?(?:halt|stop|pause|freeze|stay|standstill) (?:to|on|of|in) (?:\S+ ){{0,10}}?(?:{ANY}|review|work)\b",
        rf"\b(?:court|tribunal|judge|justice|bench|commission|board|authority|office|agency|ministry|he|she|it)\b(?:(?!\b{STOP}\b)[^;:.?!]){{0,90}}?\b(?P<v>forbade|forbidden|forbids|enjoined|barred) (?:(?:\S+ ){{1,6}}?to|any|the (?:signature|signing|completion|handover|handing over|transfer|sale|vote)) ",
        r"\b(?P<v>ordered|told) (?:\S+ ){1,9}?(?:to (?:halt|stop|suspend|freeze|apply no part)|not to \w+)\b(?=.*\b(?:until|while|for the time being|pending|work|purchase|sale)\b)",
        r"\b(?P<v>stopped|halted) (?:the |all )?(?:payments?|works?|preparations|sale|start|transfer|clock)(?: \S+){0,6}? until\b",
        r"\b(?P<v>suspended|halted|stopped) (?:all )?work on\b",
        r"\bwork (?:\S+ ){0,6}?(?:has been|was|is) (?P<v>stopped|halted|interrupted|suspended)\b",
        r"\b(?P<v>ordered) (?:\S+ ){1,7}?to be (?:halted|stopped|suspended|frozen)\b",
        rf"\b(?P<v>agreed) (?:\S+ ){{0,3}}?to (?:suspend|freeze|pause) (?:\S+ ){{0,4}}?{ANY}\b",
        r"\b(?P<v>barred|bars|barring) (?:\S+ ){1,6}?from (?:signing|depositing|completing|closing|deciding|ratifying|voting)\b",
        rf"\b(?:is|are|was|were) (?P<v>suspending|freezing|halting|pausing|shelving) (?:(?!and\b)\S+ ){{0,7}}?(?:{ANY}|file|review|procedures?|ratification|deliveries|shipments|payments)\b",
        r"\b(?P<v>ordered) everything (?:stopped|halted|frozen)\b",
        r"\b(?P<v>stopped|halted|froze|suspended) everything\b",
        r"\b(?P<v>suspended|froze|halted) (?:its|the|their) (?:\w+ ){0,2}?(?:review|examination|law|start|easement|paper|levy|proceedings|preparations)\b",
        r"\b(?:court|tribunal|judge|bench|agency|ministry|government|council)\b (?:\S+ ){0,6}?(?P<v>suspended|froze) it\b",
        r"\b(?P<v>broke off|broken off) (?:its |the |all )?preparations\b",
        r"\b(?P<v>left|leaving|leaves) (?:\S+ ){0,10}?in (?:limbo|abeyance)\b",
        r"\b(?P<v>voted) (?:\S+ ){0,6}?to (?:suspend|freeze|halt|shelve)\b",
        r"\b(?P<v>stopped|stops) the clock\b",
        rf"\b(?P<v>barred|blocked|stopped|prevented|restrained|enjoined) (?:\S+ ){{0,8}}?(?:{ACT}|{DEAL})\b.*\b{FOR_NOW}\b",
        rf"\b{FOR_NOW}\b (?P<v>barred|blocked|stopped|prevented|restrained|enjoined|halted) (?:\S+ ){{0,10}}?(?:{DEAL}|{BID})\b",
        rf"\b(?:{ANY})\b{GAP}\b(?:is|are|was|were) (?:now )?(?P<v>on hold|on ice|in limbo)\b",
    ),
    *forms(
        "suspended",
        r"\bno (?:\S+ ){1,4}?(?P<v>may) (?:be )?\w+ (?:\S+ ){0,3}?until (?:the )?(?:it|she|he|court|tribunal|judge|appeal)\b",
        rf"\b(?:{ANY})\b{GAP}\b(?P<v>(?:no longer|not) be applied) (?:until|for now|for the time being)\b",
        says_no=True,
    ),
    *forms(
        "suspended",
        rf"\b(?:{ANY}|payments|shipments|deliveries|disbursements|implementation|participation)\b{GAP}\b(?P<v>{HALTED})\b",
        passive=True,
    ),
    # ---- collapsed
    *forms(
        "collapsed",
        rf"\b(?:{ANY}|peace process)\b{GAP}\b(?P<v>{FAILED})\b",
        rf"\b(?:{ANY}|peace process)\b{GAP}\b(?:is|are|was) (?:now |all )?(?P<v>off|dead|over|finished)\b",
        rf"\b(?P<v>called off|called a halt to|scrapped|ditched|abandoned|cancell?ed|terminated|tore up|torn up|ripped up|revoked|rescinded|repealed|annulled|quashed|voided|killed|axed|dropped|pulled the plug on|renounced|denounced|repudiated|struck down|vetoed|prohibited|blocked|ended|withdrew|withdrawn|called in) (?:(?!(?:and|without|with|in|on)\b)\S+ ){{0,6}}?(?:{ANY})\b(?!.*\b{FOR_NOW}\b)",
        rf"\b(?P<v>pulled out|walked away|walked out|backed out|withdrew|withdrawn|stormed out|dropped out|quit|withdraws) (?:of|from)? ?(?:\S+ ){{0,6}}?(?:{ANY}|race|running|negotiating)\b",
        r"\b(?P<v>rejected|voted down|voted against|threw out|thrown out|refused to ratify|turned down|defeated) (?!(?:\w+ )?(?:reports?|claims?|suggestions?|rumou?rs?|talk|calls?|demands?|that)\b)(?:\S+ ){0,5}?(?:agreements?|deal|treaty|accord|pact|contract|settlement|merger|takeover)\b(?! offer)",
        rf"\b{ANY}\b{GAP}\b(?:began|begun|opened|resumed|restarted|reopened|revived|restored|agreed|reached|struck|signed){BUT}(?:(?:is|are|was) (?:now |all )?)?(?P<v>{FAILED}|off\b|dead|over\b|finished)",
        rf"\b(?P<v>declared|pronounced) (?:\S+ ){{0,4}}?(?:{ANY}) (?:\S+ )?(?:over|dead|void|null|ended|finished)\b",
        rf"\b(?P<v>end) of the (?:{ANY})\b",
        rf"\b(?P<v>regards?|considers?|treats?|deems?) (?:\S+ ){{0,2}}?(?:{ANY}) (?:\S+ ){{0,8}}?(?:as )?(?:null and )?void\b",
    ),
    *forms(
        "collapsed",
        rf"\b(?:{ANY})\b{GAP}\b(?:will not|won't|(?:is|are) not going to) (?:now )?(?P<v>go ahead|proceed|go through|happen)\b",
        says_no=True,
    ),
    *forms(
        "collapsed",
        rf"\b(?:{ANY})\b{GAP}\b(?P<v>{ENDED})\b(?!.*\b{FOR_NOW}\b)",
        passive=True,
    ),
]
