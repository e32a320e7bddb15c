"""The sentences that tell a stage, as patterns over plain text (``words.plain``).

A form says which stage and where its verb stands (the group ``v``); whether that verb is a fact, a hope
or a rumour is for ``mood`` to judge. Written from the language of mergers, treaties, licences, labour,
procurement, sport, loans and ceasefires alike. Add a sentence to the tests for each form.
"""

import re
from dataclasses import dataclass

from index.stages.found import Stage
from index.stages.openings import openings
from index.stages.words import BID, CONSENT, CONSENTED, CONSENTING, CONSENTS, DEAL, DET, GAP, MOVE, NEAR, STOP, TALKS


@dataclass(frozen=True, slots=True)
class Form:
    stage: Stage
    pattern: re.Pattern[str]
    passive: bool = False  # a participle: a fact only behind “was”, “has been”; bare it is told in passing
    says_no: bool = False  # the denial is part of what it says: “no deal has been reached”
    soft: bool = False
    turns_back: bool = False
    again: bool = False  # undoes what the same sentence tells first: “collapsed on Friday, but resumed on Monday”
    opens: frozenset[str] | None = None  # strings one of which any match holds, see ``openings``


ANY = rf"(?:{DEAL}|{BID}|{TALKS}|{MOVE})"
_BINDING = r"(?:commitments?|undertakings?|deals?|agreements?|accords?|pacts?|treaty|treaties|contracts?|conventions?|protocols?|charters?|compacts?|settlements?|leases?|concessions?|armistice|truces?|ceasefires?|peace plans?|loans?|licen[cs]es?|papers?|documents?|text|terms|it|them)"
_PASSING = r"(?:deals?|agreements?|accords?|pacts?|treaty|treaties|contracts?|settlements?|merger|takeover|sale|transaction|loan|licence|license|terms|text|package)"
_LASTING = r"(?:licen[cs]es?|permits?|truces?|ceasefires?|agreements?|accords?|pacts?|treaty|contracts?|leases?|concessions?|deals?|arrangements?|stopgaps?|waivers?)"
_ACT = r"(?:mergers?|takeovers?|acquisitions?|buyouts?|purchases?|sales?|transactions?|tie-ups?|deals?|transfers?|moves?|switch|handovers?|privati[sz]ations?)"
_FOR_NOW = r"(?:temporar\w+|for now|until|pending|for the time being|provisional\w*|indefinitely)"

_FAILED = r"(?:collapsed|fell through|fallen through|fell apart|fallen apart|broke down|broken down|broke off|unravell?ed|foundered|failed(?! to)|imploded|(?:is|are|was) (?:now |all )?(?:off|dead|over|finished)|came to nothing|lapsed|expired|died|went up in smoke|ran out|folded)"
_ENDED = r"(?:called off|cancell?ed|scrapped|abandoned|terminated|revoked|rescinded|annulled|quashed|voided|repealed|broken off|voted down|rejected|vetoed|blocked|struck down|torn up|withdrawn|axed|dropped|killed)"
_HALTED = r"(?:suspended|frozen|paused|halted|shelved|stayed|put on (?:hold|ice)|placed on hold|adjourned (?:indefinitely|without a date|sine die)|mothballed|interrupted)"
# “… on Friday, but [has since been] resumed”: the second verb of one subject, and what may follow where it has no object.
_BUT = r"\b[^;:?!]{0,60}?\b(?:but|and|then) (?:(?:has|have|had|is|are|was|were|been|being|then|since|now|later|soon|\w+ly) )*"
_NO_OBJECT = (
    r"(?=[.,;]|$| (?:on|in|at|after|late|early|again|today|yesterday|this|last|by|within|under|with|from|when|as|\S+ (?:days?|weeks?|months?|hours?))\b)"
    rf"(?!.*\b{_FAILED})"
)


def _forms(stage: Stage, *patterns: str, **kinds: bool) -> list[Form]:
    return [Form(stage, re.compile(pattern), **kinds, opens=openings(pattern)) for pattern in patterns]


FORMS: list[Form] = [
    # ---- rumoured: an interest that has not become talks
    *_forms(
        "rumoured",
        rf"\b(?P<v>weighing|mulling|eyeing|exploring|contemplating|toying with|considering|studying|preparing|plotting)\b {NEAR}\b(?:{DEAL}|{BID}|sale)\b",
        rf"\b(?P<v>weighs|mulls|eyes)\b {NEAR}\b(?:{DEAL}|{BID})\b",
        rf"\b(?P<v>sounding|sounded) out\b {NEAR}\b(?:{DEAL}|{BID}|buyers|lenders|partners|bidders)\b",
        r"\b(?:has|have|had|is|are|was|were) (?:\w+ )?(?P<v>sounding|sounded) out\b",
        r"\b(?P<v>looking|searching|hunting|scouting|casting about|shopping around) for an? (?:\w+ )?(?:buyer|bidder|purchaser|suitor|partner|investor|taker)\b",
        r"\b(?:has|have|had|is|are|was|were) (?:\w+ )?(?P<v>linked) (?:with|to)\b",
        rf"\b(?:is|are|was) (?P<v>whispered|rumou?red|murmured) (?:(?!but\b)\S+ ){{1,25}}?(?:{DEAL}|{BID}|{TALKS}|buy|sell|merge)\b",
        r"\b(?P<v>(?:is|are) said),? (?:\S+ ){0,14}?to be (?:on the point of|about to|close to|near) (?:\w+ing)\b",
        rf"\b(?:rumou?rs?|speculation|whispers?|gossip)\b (?:of|about|that|over)\b {GAP}\b(?P<v>{DEAL}|sold|talks|merge\w*|buy\w*|sell\w*)\b",
        r"\b(?P<v>keen|interested|sniffing|circling|courting|tipped|in the frame|lined up)\b",
        r"\b(?P<v>stitching|putting|piecing|pulling|cobbling) together\b",
        rf"\b(?P<v>assembling|lining up) {NEAR}\b(?:groups?|consorti\w+|{BID}|lenders|financing|partners)\b",
        r"\b(?:is|are|be) (?P<v>close) to (?:\w+ing)\b",
        r"\b(?P<v>about) to (?:buy|sell|merge|be sold|sign|join|agree|take over)\b",
        r"\b(?:is|are) (?P<v>thinking) (?:of|about) (?:buying|selling|merging|bidding|leasing|signing|building|asking|joining)\b",
        r"\b(?P<v>met|meeting) in secret\b",
        rf"\b(?:word (?:at|in|on|from|around) (?:\S+ ){{1,6}}?(?:is|has it)|(?:we|i) hear|insiders? (?:say|claim|whisper)|(?:spy|source|sources|mole|birds?) (?:\S+ ){{0,6}}?(?:says?|swears?|tells? me)) (?:\S+ ){{1,30}}?(?P<v>{DEAL}|{TALKS}|swap\w*|pounce|merge|buy|sell|drop)\b",
        rf"\b(?:has|have|is|are) (?:been )?(?P<v>working) (?:with \w+ )?on {NEAR}\b(?:{BID}|takeover|merger|purchase|sale)\b",
        rf"\b(?:is|are) (?P<v>said|thought|believed|understood|reported) to be\b {NEAR}\b(?:{DEAL}|{BID}|decided|settled|ready|close|near)\b",
        r"\b(?:is|are) (?P<v>preparing) to (?:buy|sell|replace|give up|sign|merge|lease|return|hand over|award|take over|bid)\b",
    ),
    # ---- in talks: they talk, and have agreed on nothing yet
    *_forms(
        "in talks",
        rf"\b(?P<v>in|into|hold|holds|holding|held|having) (?:\w+[ -]){{0,3}}?{TALKS}\b",
        rf"\b(?P<v>opened|open|entered|began|begun|started|restarted|reopened|resumed|relaunched|launched|continued?|extended|held|kicked off) (?:(?!while|when|until|if|after|before)\w+[ -]){{0,4}}?{TALKS}\b",
        rf"\b{TALKS}\b{GAP}\b(?P<v>began|begun|started|opened|resumed|restarted|reopened|continues?|continued|got going|got under way|gotten under way|kicked off|drags? on|dragged on|goes on|go on|going on|rumbles? on|(?:is|are|were|remain) (?:still |now )?(?:under way|underway|ongoing|open|deadlocked|stuck|at an impasse|continuing|in progress)|enters? (?:\w+ ){{1,3}}(?:week|month|round|day)|entered (?:\w+ ){{1,3}}(?:week|month|round|day|stage|phase)|(?:has |have )?(?:stalled|bogged|snagged|hit a snag)|made (?:little|some|no|good) progress|are to (?:resume|continue)|will (?:resume|continue|go on|go by)|ended without|broke up without|ended with no|closed without|concluded without)\b",
        rf"\b{TALKS} (?:on|for|over|about|between|with|at) (?:(?!\b{STOP}\b)[^;:?!]){{0,120}}?\b(?P<v>opened|began|started|resumed|got under way) (?:in|on|at|again|late|early|today|yesterday)\b",
        r"\b(?P<v>negotiating|haggling|bargaining|hashing out|hammering out|thrashing out|ironing out|wrangling|sparring|horse-trading|discussing (?:the )?terms|working on (?:the )?(?:text|terms|wording|details|draft))\b",
        r"\b(?P<v>discussing) (?:\w+ ){0,4}(?:loan|deal|agreement|merger|sale|takeover|treaty|contract|terms|pact)\b",
        r"\b(?P<v>begun|began|started) (?:again )?to (?:negotiate|haggle|bargain|parley)\b",
        rf"\b(?P<v>sat down|sit down|sitting down) (?:again |once more |together )?(?:over|on|about) (?:\S+ ){{0,5}}?{DEAL}\b",
        r"\b(?:are|is|were) (?:now |again |once more |still )?(?P<v>talking) (?:again|to (?:each other|one another)|once more)\b",
        r"\bare (?:still|again|once again|once more) (?P<v>talking)\b",
        r"\b(?P<v>sat down|sat|sitting) (?:\w+ )?(?:at|to|around|round) (?:the|one|a) (?:\w+ )?table\b",
        rf"\b(?P<v>sat down|sit down|convened|gathered|met|meet|reconvened)\b (?:\S+ ){{0,6}}?(?:for|in) (?:\S+ ){{0,6}}?(?:{TALKS}|the first time)\b",
        r"\b(?:delegations|negotiators|negotiating teams|mediators|envoys|teams|two sides|both sides|teams of both)\b (?:\S+ ){0,5}?(?P<v>met|meet|are meeting|sat down|gathered|reconvened|shuttl\w+|are shuttling|are talking|remain in contact)\b",
        r"\b(?P<v>remain|remains|are still|are|stand|stood|still) (?:\w+ )?(?:far |wide |miles |poles |a long way |\w+ per cent |\w+ points )?apart\b",
        rf"\b(?P<v>announced|made|tabled|submitted|lodged|launched|received|raised|lifted|sweetened|improved|increased|presented|unveiled|filed|put in|put forward|handed in) (?:(?!no\b)\S+ ){{0,6}}?{BID}\b",
        rf"\b(?P<v>put|laid) (?:\S+ ){{0,5}}?(?:{BID}|draft|terms) on the table\b",
        rf"\b(?P<v>rejected|rebuffed|turned down|spurned|rejects|dismissed|snubbed|refused) (?:\S+ ){{0,6}}?{BID}\b(?! to)",
        rf"\b(?P<v>had) (?:\S+ ){{0,6}}?{BID} (?:\S+ ){{0,5}}?(?:rejected|turned down|rebuffed)\b",
        rf"\b(?P<v>invited|called for|sought|solicited|opened|launched) (?:\S+ ){{0,8}}?(?:{BID}|the (?:tender|bidding|auction))\b",
        r"\b(?:opened|open|given|gave) (?:\S+ ){0,3}?(?P<v>books|data room)\b",
        r"\b(?P<v>on the table)\b",
        r"\b(?:has|have|had) (?:\w+ )?(?P<v>offered) to (?:buy|sell|replace|pay|settle|divest|give up|open|cut|lift|end|drop|take|lease|merge)\b",
        r"\b(?:remain|remains|are|is|stay|still) (?:still )?(?P<v>in the running)\b",
        r"\b(?:has|have) been (?P<v>talking) (?:about|to|with)\b",
        r"\b(?P<v>convened|met|sat down|gathered) (?:\S+ ){0,6}?to (?:consider|discuss|negotiate|work on|explore|talk about)\b",
        rf"\bhave (?P<v>until|till) (?:\S+ ){{1,8}}?to (?:submit|lodge|hand in|put in|slap in|file|table|make) (?:\S+ ){{0,4}}?{BID}\b",
        r"\b(?:negotiators|delegations|envoys|teams|two sides|both sides|parties) (?:\S+ ){0,6}?(?P<v>(?:are|is) to (?:meet|sit down))\b",
        # Whoever is preferred negotiates alone from now on; nothing is agreed yet.
        r"\b(?P<v>named|selected|chose|chosen|picked|declared|appointed) (?:\S+ ){0,6}?(?:as )?(?:its |the |their )?preferred (?:bidder|supplier|partner|buyer|candidate)\b",
    ),
    *_forms(
        "in talks",
        r"\b(?:bidders?|consorti\w+|firms|companies|suppliers|buyers|groups|candidates|bids)\b (?:\S+ ){0,5}?(?P<v>shortlisted|submitted|invited to tender|received|admitted)\b",
        passive=True,
    ),
    *_forms(
        "in talks",
        rf"\b(?:there(?:'s| is| are| was| were| has been)|remains?|with|still|is|are) (?:still |as yet |so far |yet |currently )*(?P<v>no) (?:\S+ ){{0,6}}?(?:{DEAL})\b(?! (?:without|is better|can|could|would|will|should))",
        rf"\b(?P<v>no) (?:\S+ ){{0,5}}?(?:{DEAL}|breakthrough|compromise)\b{NEAR}\b(?:has|have|had|was|were|is|are) (?:yet |so far |still |as yet )?(?:been )?(?:\w+ )?(?:reached|signed|agreed|struck|issued|concluded|made|found|done|granted|in sight|settled)\b",
        r"\b(?:has|have|had|are|is) (?:still )?(?P<v>yet) to (?:agree|reach|settle|strike|find (?:a |an )?(?:agreement|compromise)|conclude|sign)\b",
        r"\b(?:is|are|remains?) (?:still )?(?P<v>far) from (?:done|over|finished|sealed|agreed|certain|concluded|complete|settled)\b",
        r"\b(?:has|have|had|is|are|was|were)(?:n't| not) (?:yet |so far )?(?:been )?(?P<v>agreed|reached|settled|concluded|struck)\b",
        r"\b(?P<v>sent|sends|send|sending) (?:\S+ ){1,8}?back to the (?:\w+ )?table\b",
        r"\b(?P<v>failed|failing) to (?:agree|reach|bridge|settle|strike|break the)\b",
        rf"\b(?P<v>left|parted|departed|broke up|adjourned|ended|rose|went home) (?:\S+ ){{0,4}}?without (?:\S+ ){{0,4}}?(?:{DEAL}|result|breakthrough|agreement)\b",
        rf"\bstill (?P<v>no) (?:\S+ ){{0,4}}?(?:{DEAL})\b",
        says_no=True,
        turns_back=True,
    ),
    *_forms(
        "in talks",
        rf"\b(?P<v>will (?:open|begin|start|hold|resume|return to|reopen)|(?:are|is) to (?:open|begin|start|hold|resume|return to)|agreed to (?:open|resume|return to|start|begin)) (?:\S+ ){{0,3}}?(?:{TALKS}|the (?:\w+ )?table)\b",
        rf"\b{TALKS}\b{GAP}\b(?P<v>(?:begin|start|open|resume)s?) (?:on )?(?:today|tomorrow|next|this|mon|tues|wednes|thurs|fri|satur|sun)",
    ),
    *_forms(
        "in talks",
        rf"\b{ANY}\b{GAP}\b(?:{_FAILED}|{_HALTED}|{_ENDED}){_BUT}(?P<v>resumed|restarted|reopened|revived|rescued|back on(?: track| the table)?){_NO_OBJECT}",
        rf"\b(?:{_ENDED}|{_HALTED}|broke off|froze|ended) (?:\S+ ){{0,6}}?{ANY}{_BUT}(?P<v>resumed|restarted|reopened|revived) (?:it|them)\b",
        again=True,
    ),
    *_forms(
        "in talks",
        r"\b(?P<v>back) to (?:negotiating|bargaining|haggling|talking)\b(?! tables?)",
        r"\b(?P<v>back|returned|return|returning|brought back|came back) (?:\w+ )?(?:at|to|around|round) the (?:\w+ )?table\b",
        turns_back=True,
    ),
    # ---- agreed in principle
    *_forms(
        "agreed in principle",
        r"\b(?P<v>agreed|agree|agrees) (?:\S+ ){0,4}?in principle\b",
        r"\b(?P<v>have|has|with|reached) (?:an?|the) (?:\w+ )?(?:agreement|deal|accord) in principle\b",
        r"\bafter (?P<v>agreeing) (?:on |to |upon )?(?:an? |the |their )?(?:\w+ )?(?:term sheet|terms|framework|outline|draft|text|deal)\b",
        r"\b(?P<v>agreed|settled) (?!(?:that|no|not|never)\b)(?:\w+ )?(?:on |upon )?(?!no\b)(?:an? |the |their |its |all |personal |common |main |most )*(?:\w+ )?(?:outline|terms|heads of (?:terms|agreement)|term sheet|substance|fee|price|framework|text|roadmap|road map|main points|key points|broad lines|principles|details|wording|raise|rise|settlement|deal|pay deal|compromise|ceasefire|truce|swap|peace plan|deal)\b",
        r"\b(?P<v>agreed) to (?:an? |the |their |its )?(?:(?!(?:an?|the|their|its|no)\b)\w+ ){0,2}?(?:ceasefire|truce|deal|merger|takeover|settlement|sell|merge|buy|terms|swap|stop|exchange|pay deal|compromise|peace plan)\b",
        rf"\b(?P<v>reached|struck|clinched|secured|hammered out|sealed|brokered|made|cut|landed|concluded) (?:{DET} )?(?:(?!\bno\b)\S+ ){{0,5}}?(?:{_PASSING}|ceasefire|truce|understanding|compromise|accommodation|bargain)\b(?! conditional)",
        rf"\b(?:{_PASSING}|understanding|compromise|breakthrough|ceasefire|truce)\b{GAP}\b(?P<v>came)\b (?:at|after|on|early|late|shortly|in the)\b",
        r"\b(?P<v>shook|shaken) hands on\b",
        r"\b(?P<v>have) (?:a|got a|ourselves a) (?:deal|agreement)\b",
        rf"\b(?P<v>announced) (?!that\b)(?:{DET} )(?:\w+ ){{0,2}}?(?:agreement|deal|framework|accord|truce|ceasefire|settlement|breakthrough|merger)\b",
        rf"\b(?P<v>accepted|accepts|backed|backs|endorsed|recommended|recommends|welcomed and accepted) (?:\S+ ){{0,6}}?{BID}\b",
        r"\b(?P<v>named|selected|chose|chosen|picked|declared|appointed) (?:\S+ ){0,6}?(?:as )?(?:its |the |their )?(?:winning bidder|successful bidder|winner)\b",
        r"\b(?P<v>chosen|chose|picked|selected) (?:(?!to\b)\S+ ){1,5}?(?:to (?:run|build|supply|operate|make|deliver|buy|provide)|as (?:its|their|the) (?:supplier|operator|partner|buyer|contractor|builder)|for (?:the|its|their) (?:\w+ )?(?:contract|order|concession))\b",
        r"\b(?P<v>won|wins) (?:the |a )?(?:\S+ ){0,4}?(?:contract|concession|tender|order|bid|auction|licence)\b",
        r"\b(?P<v>signed|inked|exchanged|initialled|initialed) (?:\S+ ){0,4}?(?:memorandum|letter of intent|letters of intent|heads of (?:terms|agreement)|term sheet|declaration of intent|preliminary (?:agreement|contract))\b",
        r"\b(?P<v>initialled|initialed)\b",
    ),
    *_forms(
        "agreed in principle",
        rf"\b(?:deal|agreement|settlement|accord|compromise|framework|truce|ceasefire|understanding|outline|pact|terms|fee|price|bargain)\b{GAP}\b(?P<v>reached|struck|agreed|announced|clinched|found|settled|hammered out)\b",
        r"\b(?:memorandum|letters? of intent|heads of terms|heads of agreement|term sheet|declaration of intent)\b(?:[^,;:]{0,60}?)\b(?P<v>signed|initialled|exchanged)\b",
        r"\b(?:contract|concession|tender|order|deal|auction)\b(?:[^,;:]{0,60}?)\b(?P<v>awarded|won by|given)\b",
        r"\b(?P<v>named|declared|chosen|picked|selected) (?:as )?(?:the )?(?:winning bidder|successful bidder|winner)\b",
        passive=True,
    ),
    # “Is set to return to television under an agreement in principle”: what it promises is ahead, not the agreement.
    *_forms(
        "agreed in principle",
        r"\b(?P<v>under) (?:an?|the) (?:\w+ )?(?:agreement|deal|accord) in principle\b",
        r"\b(?P<v>under|on) (?:the )?terms agreed in outline\b",
        says_no=True,
    ),
    # ---- signed
    *_forms(
        "signed",
        rf"\b(?P<v>signed|signs|inked|sealed and signed|co-signed|countersigned) (?!up\b|autographs)(?:(?!\b(?:memorandum|letter|heads|preliminary|petition|autographs|law|bill|decree)\b)\S+ ){{0,9}}?{_BINDING}\b",
        r"\b(?P<v>signed) (?:for|with) (?:the |a )?(?:\w+)\b",
        r"\b(?:has|have) (?P<v>signed)(?=[.,;])",
        r"\b(?P<v>signed) (?:the |its |their )(?:\w+ ){0,4}?(?:winger|striker|midfielder|goalkeeper|keeper|defender|forward|captain|player|coach|pitcher|quarterback|bowler|batsman|rider|driver)\b",
        r"\b(?P<v>put|set) (?:\S+ ){0,2}?(?:their|its|his|her|pens?|ink|signatures?|names?) (?:\w+ )?(?:names?|signatures?|to paper|pens?|under|to the)\b",
        r"\b(?P<v>entered) into (?:an? )?(?:\w+ )?(?:binding|definitive|final|merger|purchase|sale|share purchase|loan)(?: \w+)? agreement\b",
        r"\b(?P<v>concluded|sealed|finali[sz]ed|executed) (?:a|the|their|its) (?:\S+ ){0,3}?(?:contract|treaty|purchase agreement|loan agreement)\b",
    ),
    *_forms(
        "signed",
        r"\b(?P<v>in|under) an? (?:\w+ )?(?:deal|agreement|contract|pact) signed (?:\w+ )?(?:on|at|in|this|last|yesterday|today|by)\b",
        says_no=True,
    ),
    *_forms(
        "signed",
        rf"\b(?:deals?|agreements?|accords?|pacts?|treaty|treaties|contracts?|protocols?|charters?|settlements?|conventions?|leases?|licence|concession|papers|armistice|truce|ceasefire|it|which)\b{GAP}\b(?P<v>signed|inked|finali[sz]ed)\b",
        passive=True,
    ),
    # ---- awaiting approval
    *_forms(
        "awaiting approval",
        rf"\b(?P<v>applied|put in|filed) (?:\S+ ){{0,3}}?for (?:\S+ ){{0,3}}?(?:{DEAL})\b",
        rf"\b(?:must|ha[sv]e? to|needs? to|ha[sv]e? yet to|(?:is|are) yet to|remains? to|still to) (?:\w+ ){{0,2}}?(?P<v>be) (?:\w+ )?(?:(?!cleared|passed){CONSENTED}\b|(?:cleared|passed)(?= by\b(?! the end)))",
        rf"\b(?P<v>needs?|requires?|awaits?|awaiting|lacks|waits? for|waiting for) (?:\S+ ){{0,7}}?{CONSENT}\b(?! of the (?:law|truth))",
        rf"\b{CONSENT} (?P<v>without) which\b",
        rf"\bwhose {CONSENT} (?:it|they|this) (?:still |now )?(?P<v>needs?|requires?|awaits?)\b",
        rf"\b(?P<v>waits?|waiting|hangs) (?:now )?on (?:\S+ ){{0,4}}?{CONSENTING}\b",
        rf"\b(?P<v>have|has|needs?|must) (?:to )?(?:all |still |first )?(?:give|grant) (?:\S+ ){{0,3}}?{CONSENT}\b",
        r"\bhas (?P<v>\w+|\d+) (?:working |business )?(?:days|weeks|months) (?:\S+ ){0,5}?to (?:approve|ratify|reject|decide|rule|object)\b",
        r"\b(?P<v>declared|deemed|found|received) (?:\S+ ){0,4}?(?:complete (?:notification|application|filing)|(?:notification|application|filing) (?:\w+ )?complete)\b",
        r"\b(?P<v>granted|gave|given) itself (?:\S+ ){0,5}?(?:days|weeks|months|time)\b",
        rf"\b(?P<v>subject) to (?:\S+ ){{0,5}}?(?:{CONSENT})\b",
        r"\b(?:is|are|remains?|still) (?P<v>pending)\b",
        rf"\b(?P<v>hinges|depends|hangs|rests) (?:now )?on (?:\S+ ){{0,8}}?(?:{CONSENT}|(?!crews|staff|workers|investors|members){CONSENTING})\b",
        r"\b(?P<v>cannot|can't|can not|may not|does not|do not|will not|won't|binds no|is not|not) (?:\S+ ){0,2}?(?:take effect|enter into force|come into force|go into effect|close|be completed|be closed|start|begin|bind|binding|become law|final|one|body|apply|moves?|go ahead|be sealed)\b (?:\S+ ){0,5}?(?:until|before|unless|without)\b",
        rf"\b(?:applications?|filings?|notifications?|texts?|{DEAL})\b{GAP}\b(?P<v>(?:is|are|remains?) (?:still |now )?(?:under (?:examination|review|consideration|scrutiny)|being (?:examined|reviewed|considered|scrutini[sz]ed)))\b",
        rf"\b(?P<v>(?:is|are|lies?|rests?|sits?) (?:now |still |once more )?(?:in the hands|on the desks?) of) (?:\S+ ){{0,4}}?{CONSENTING}\b",
        rf"\b(?P<v>opened|launched|began|started|extended|opens|resumed|reopened|restarted) (?:\S+ ){{0,4}}?(?:review|investigation|probe|inquiry|examination|scrutiny) (?:of|into) (?:\S+ ){{0,6}}?(?:{DEAL}|{BID}|{MOVE}|aid|plans?)\b",
        rf"\b(?:review|investigation|probe|inquiry|examination|scrutiny) (?:of|into) (?:\S+ ){{0,6}}?(?:{DEAL}|{BID}|{MOVE}|{_ACT})\b{GAP}\b(?P<v>resumed|resumes|restarted|reopened|began|started|continues)\b",
        r"\b(?:only|all that|just) (?:\S+ ){0,6}?(?:now )?(?P<v>stands|stand|remains|remain|missing) (?:\S+ ){0,2}?(?:between|in the way|is|to)\b",
        rf"\b(?:neither|no|none of the|not one) (?:\S+ ){{0,2}}?{CONSENTING}\b (?:\S+ ){{0,3}}?(?P<v>given|{CONSENTED}|voted|consented|ruled|decided)\b",
        rf"\b(?P<v>leaving) (?:only |just )(?:\S+ ){{0,6}}?(?:{CONSENTING}|{CONSENT})\b",
        r"\b(?P<v>put off|postponed|delayed|adjourned|pushed back|deferred) (?:its |the |a |their )?(?:\w+ ){0,2}?(?:vote|decision|opinion|verdict|hearing|ratification|ruling) (?:on|about)\b",
        rf"\b(?:yet|still has|still have|still needs?|has|have) (?P<v>to) (?:still |first )?{CONSENTS}\b",
        r"\b(?P<v>binds) (?:no ?one|nobody|neither)\b",
        r"\b(?P<v>remains?|is|are|stays?|has|have|carries|carry) (?:still )?(?:without|no) (?:legal |binding )?(?:force|effect) (?:until|unless|before)\b",
        r"\b(?:nothing|not (?:a|one) \w+) (?P<v>moves|happens|changes|is paid|can) (?:\S+ ){0,4}?(?:until|before)\b",
        rf"\b{CONSENTING}\b (?:\S+ ){{0,3}}?(?P<v>votes?|will vote|is to vote|are to vote|is due to vote|rules?) (?:on|about) (?:\S+ ){{0,3}}?(?:{_PASSING}|it)\b",
        says_no=True,
    ),
    *_forms(
        "awaiting approval",
        rf"\b(?P<v>{CONSENTED}|voted (?:for|to accept|to back|to approve|in favou?r of)|accepted|backed|agreed to accept) (?:\S+ ){{0,5}}?(?:{_PASSING}|treaty)\b",
        rf"\b{CONSENTING}\b (?:\S+ ){{0,3}}?(?P<v>waved) (?:\S+ ){{0,5}}?through\b",
        soft=True,
    ),
    *_forms(
        "awaiting approval",
        rf"\b(?P<v>goes|go|heads?|moves|passes|went|was sent|were sent|has gone|has been sent|been submitted|is now|are now) (?:now |next |then |back )?(?:to|before|with) (?:\S+ ){{0,4}}?(?!courts?\b|tribunal\b){CONSENTING}\b",
    ),
    # ---- in force
    *_forms(
        "in force",
        rf"\b(?:{DEAL}|{BID}|moves?|terms|quotas)\b{GAP}\b(?P<v>began|begun|started)\b",
        rf"\b(?:{DEAL})\b (?P<v>in (?:force|effect)) since\b",
        rf"\b(?:{DEAL})\b{GAP}\b(?P<v>(?:comes|enters|goes) into (?:force|effect)|takes effect)\b(?! (?:on|in|at|by|from|only|when|once|if|until)\b)",
        r"\bsuspension\b (?:\S+ ){0,3}?(?:is|was|has been|were) (?P<v>lifted|over|ended)\b",
        r"\b(?P<v>lifted|ended) (?:its|the|their|his|her|a) (?:\w+ )?(?:suspension|freeze|stay|injunction|moratorium)\b",
        rf"\b(?:{DEAL}|it)\b{GAP}\b(?P<v>(?:is|are|has been|have been) effective)\b (?:since|from today|as of today)",
        r"\b(?P<v>took|taken) control of\b",
        rf"\b{ANY}\b{GAP}\b(?P<v>effective) (?:the )?(?:same day|today|immediately|at once|from today)\b",
        rf"\b(?:{DEAL}|it)\b{GAP}\b(?P<v>remains?|stays?) in (?:force|effect)\b",
        rf"\b(?P<v>put|brought) (?:\S+ ){{0,6}}?(?:{DEAL}|it) back (?:in|into) (?:force|effect)\b",
        rf"\b(?:{DEAL})\b (?:now )?(?P<v>applies)(?! (?:to|for|only|if|when|from|until|in)\b)",
        rf"\b(?:{DEAL}|{BID}|moves?|guns|terms|quotas|it|they|which)\b{GAP}\b(?P<v>took effect|taken effect|(?:came|come|gone|went|entered|has entered|have entered) (?:fully )?into (?:force|effect)|entered force|(?:is|are|has been|have been) (?:now |already |fully )?in (?:force|effect)|(?:was|were) (?:now |at last )?in force(?=[.,;]|$)|went live|goes live|gone live|is live|is now live|became (?:law|effective|binding)|become (?:law|effective)|took hold|taken hold|takes? hold|closed(?! (?:the|its|their|his|her|an?|in|down)\b)|fell silent|(?:(?:is|are) holding|has held|have held|holds?)(?=[.,;:!?\"]|$| (?:firm|up|for now|so far|since|despite|through|even|again|on both)\b)|kicked in|(?:is|are|was|were|has been|have been) back in (?:force|effect))\b",
        rf"\b(?P<v>completed|concluded|closed|wrapped up|finali[sz]ed|consummated) (?:{DET} )?(?:(?!\b(?:talks|negotiations|round|contract|treaty)\b)\S+ ){{0,6}}?{_ACT}\b",
        r"\b(?P<v>issued|granted|handed (?:out|over)|delivered|awarded) (?:\S+ ){0,4}?(?:licen[cs]es?|permits?|export licen[cs]e)\b",
        rf"\b(?P<v>extended|prolonged|renewed|rolled over) (?:the |its |their |a |both )?(?:\w+ ){{0,3}}?{_LASTING}\b(?! (?:talks|deadline|negotiations|period))",
        r"\b(?P<v>paid out|disbursed|transferred|released|drew down|received) (?:\S+ ){0,3}?(?:tranche|instal?lment|loan|price|purchase price)\b",
        r"\b(?P<v>took over|taken over) (?:\S+ ){0,4}?(?:on|from|at|of the (?:line|port|airport|trams|trains|plant))\b",
        r"\b(?P<v>reinstated|restored|reactivated|unfroze|unfrozen|lifted the suspension)\b",
    ),
    *_forms(
        "in force",
        rf"\b{_ACT}\b{GAP}\b(?P<v>completed|closed|concluded|sealed|consummated|final|done)\b(?! until| before| by)",
        rf"\b(?:licen[cs]es?|permits?)\b{GAP}\b(?P<v>issued|granted)\b",
        rf"\b{_LASTING}\b{GAP}\b(?P<v>extended|prolonged|renewed|rolled over|reinstated|restored|unfrozen)\b",
        r"\b(?:tranche|shares|instal?lment|purchase price|stake)\b(?:[^,;:]{0,60}?)\b(?P<v>transferred|paid out|disbursed|handed over|paid)\b",
        passive=True,
    ),
    *_forms(
        "in force",
        rf"\b(?:licen[cs]es?|permits?|waivers?|leases?|truces?|ceasefires?|payments|shipments|deliveries|disbursements|exports)\b{GAP}\b(?:{_FAILED}|{_HALTED}|{_ENDED}){_BUT}(?P<v>resumed|restarted|revived|renewed){_NO_OBJECT}",
        rf"\b{ANY}\b{GAP}\b(?:{_FAILED}|{_HALTED}|{_ENDED}){_BUT}(?P<v>reinstated|restored|reactivated|unfrozen|back in (?:force|effect)){_NO_OBJECT}",
        rf"\b(?:{_ENDED}|{_HALTED}|froze|ended) (?:\S+ ){{0,6}}?{ANY}{_BUT}(?P<v>reinstated|restored|reactivated|unfroze|renewed) (?:it|them)\b",
        again=True,
    ),
    # ---- suspended
    *_forms(
        "suspended",
        rf"\b(?P<v>suspended|suspends|froze|frozen|freezes|paused|halted|halts|shelved|stayed|interrupted|adjourned|mothballed|deferred) (?:(?!and\b)\S+ ){{0,7}}?(?:{ANY}|participation|shipments|implementation|application|completion|ratification|approval|inspections?|exchanges?|deliveries|payments|procedures?)\b",
        rf"\b(?P<v>put|placed|puts|kept) (?:\S+ ){{0,6}}?(?:{ANY}|bargain|it|everything) (?:\S+ ){{0,4}}?on (?:hold|ice)\b",
        rf"\b{ANY} (?P<v>on (?:hold|ice))\b",
        rf"\b(?P<v>ordered|imposed|called|announced|agreed) an? (?:\w+ )?(?:halt|stop|pause|freeze|stay|standstill) (?:to|on|of|in) (?:\S+ ){{0,10}}?(?:{ANY}|review|work)\b",
        r"\b(?P<v>left|leaving|leaves) (?:\S+ ){0,10}?in (?:limbo|abeyance)\b",
        r"\b(?P<v>voted) (?:\S+ ){0,6}?to (?:suspend|freeze|halt|shelve)\b",
        r"\b(?P<v>stopped|stops) the clock\b",
        rf"\b(?P<v>barred|blocked|stopped|prevented|restrained|enjoined) (?:\S+ ){{0,8}}?(?:{_ACT}|{DEAL})\b.*\b{_FOR_NOW}\b",
        rf"\b{_FOR_NOW}\b (?P<v>barred|blocked|stopped|prevented|restrained|enjoined|halted) (?:\S+ ){{0,10}}?(?:{DEAL}|{BID})\b",
        rf"\b(?:{ANY})\b{GAP}\b(?P<v>(?:is|are|was|were) (?:now )?(?:on hold|on ice|in limbo))\b",
    ),
    *_forms(
        "suspended",
        rf"\b(?:{ANY})\b{GAP}\b(?P<v>(?:no longer|not) be applied) (?:until|for now|for the time being)\b",
        says_no=True,
    ),
    *_forms(
        "suspended",
        rf"\b(?:{ANY}|payments|shipments|deliveries|disbursements|implementation|participation)\b{GAP}\b(?P<v>{_HALTED})\b",
        passive=True,
    ),
    # ---- collapsed
    *_forms(
        "collapsed",
        rf"\b(?:{ANY}|peace process)\b{GAP}\b(?P<v>{_FAILED})\b",
        rf"\b(?P<v>called off|called a halt to|broke off|scrapped|ditched|abandoned|cancell?ed|terminated|tore up|torn up|ripped up|revoked|rescinded|repealed|annulled|quashed|voided|killed|axed|dropped|pulled the plug on|renounced|denounced|repudiated|struck down|vetoed|prohibited|blocked|ended|withdrew|withdrawn|called in|broken off) (?:(?!(?:and|without|with|in|on)\b)\S+ ){{0,6}}?(?:{ANY})\b(?!.*\b{_FOR_NOW}\b)",
        rf"\b(?P<v>pulled out|walked away|walked out|backed out|withdrew|withdrawn|stormed out|dropped out|quit|withdraws) (?:of|from)? ?(?:\S+ ){{0,6}}?(?:{ANY}|race|running|negotiating)\b",
        r"\b(?P<v>rejected|voted down|voted against|threw out|thrown out|refused to ratify|turned down|defeated) (?!(?:\w+ )?(?:reports?|claims?|suggestions?|rumou?rs?|talk|calls?|demands?|that)\b)(?:\S+ ){0,5}?(?:agreements?|deal|treaty|accord|pact|contract|settlement|merger|takeover)\b(?! offer)",
        rf"\b{ANY}\b{GAP}\b(?:began|begun|opened|resumed|restarted|reopened|revived|restored|agreed|reached|struck|signed){_BUT}(?P<v>{_FAILED})",
        rf"\b(?P<v>declared|pronounced) (?:\S+ ){{0,4}}?(?:{ANY}) (?:\S+ )?(?:over|dead|void|null|ended|finished)\b",
        rf"\b(?P<v>end) of the (?:{ANY})\b",
        rf"\b(?P<v>regards?|considers?|treats?|deems?) (?:\S+ ){{0,2}}?(?:{ANY}) (?:\S+ ){{0,8}}?(?:as )?(?:null and )?void\b",
    ),
    *_forms(
        "collapsed",
        rf"\b(?:{ANY})\b{GAP}\b(?P<v>(?:will not|won't|(?:is|are) not going to) (?:now )?(?:go ahead|proceed|go through|happen))\b",
        says_no=True,
    ),
    *_forms(
        "collapsed",
        rf"\b(?:{ANY})\b{GAP}\b(?P<v>{_ENDED})\b(?!.*\b{_FOR_NOW}\b)",
        passive=True,
    ),
]
# Looked for once in each sentence, whatever the number of forms.
OPENINGS = tuple(frozenset().union(*(form.opens for form in FORMS if form.opens)))
