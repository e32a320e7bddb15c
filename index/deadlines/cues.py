"""The language of obligation: which words bind, permit, schedule, hope, guess, deny or look back.

Words only, lower case; how they combine is decided in ``judge``. A word stands in one list: add it
where it would be looked for, and add a sentence to the tests that needs it.
"""

# ---- what stands right before the day
LIMITS = (
    ("no", "later", "than"), ("not", "later", "than"), ("no", "more", "than"), ("on", "or", "before"), ("at", "the", "latest", "by"),
    ("at", "the", "latest"), ("up", "to"), ("up", "until"), ("up", "to", "and", "including"), ("until", "and", "including"), ("by",), ("until",), ("till",), ("before",), ("ahead", "of"), ("through",),
    ("prior", "to"), ("beyond",), ("past",),
)  # fmt: skip
OPENERS = frozenset({"from", "as", "of", "starting", "beginning", "effective", "after", "since", "between"})

# ---- words that carry the mood of a clause
MUST = frozenset(
    "must shall deadline due obliged required needs cutoff ultimatum mandatory bound compelled payable owes owe owed".split()
)
HAVE_TO = frozenset({"has", "have", "had", "need", "needs", "having"})  # with “to” or “until” behind
GIVES = frozenset(
    "gave gives give given giving ordered orders order ordering told asked asks urged instructed set sets extended extends extend "
    "extending extension prolonged postponed postpones postpone delayed deferred adjourned granted grants granting allowed allows "
    "agreed agrees pledged pledges promised promises undertook vowed committed commits obliges requires require "
    "obliged demanded demands directed bound moved altered pushed rescheduled shifted put fixed renewed entitles entitled bars undertakes undertake suspended "
    "imposed invited invites summoned called calls ruled mandates mandated stipulates binds "
    "scheduled slated brought warned threatened threatens bans banned closed kept keeps lets barred".split()
)
SCHEDULED = frozenset(
    "expires expire expiring lapses lapse lapsing ends end ending closes close closing opens open opening begins begin "
    "beginning starts start starting takes take taking comes come coming enters enter entering runs run applies apply "
    "resumes resume becomes become terminates terminate ceases cease stop halt matures mature votes vote decides decide rules "
    "rule effective valid falls remains remain stands elapses commences commence stops goes go hears sits stays lasts "
    "last follows follow reopens reopen hits rises drops doubles leaves joins signs pays shuts returns kicks changes switches switch halts snaps snap lands land climbs jumps leaps dies disappears vanishes arrives reaches convene convenes return ratify ratifies choose chooses elect elects hold holds".split()
)
WILL = frozenset({"will", "ll", "would", "wo"})
MAY = frozenset({"may", "can", "free", "entitled", "welcome", "eligible", "able"})
IS_TO = frozenset({"is", "are", "was", "were"})  # with “to” behind

HOPES = frozenset(
    "hope hopes hoped hoping hopeful hopefully aim aims aimed aiming expect expects expected expecting expectation expectations "
    "intend intends intended intending intention wants want wanted wish wishes seeks seek seeking sought targets targeting targeted "
    "eyes eyeing optimistic confident likely unlikely forecast forecasts forecasting predicts predict predicted projects "
    "projected projection projections estimates estimated estimate believes believe believed thinks think thought anticipates "
    "anticipate anticipated could might possible possibly perhaps probably probable dreams dreamed foresees "
    "foresee foreseen envisages envisaged envisage guess guesses bets bet chances odds optimism doubts doubt doubtful fears fear "
    "feared wonders maybe hopefuls plans planned planning plan tentatively provisionally proposes proposed proposal suggests "
    "suggested suggestion ambition goal target pencilled racing race mulls considers considering considered weighs weighing weighed conceivable trusting betting sees see scenario tipped".split()
)  # fmt: skip
# Of these the one who acts says what he wants done by that day; the others only guess.
OWN_AIMS = frozenset(
    "hope hopes hoped hoping aim aims aimed aiming expect expects expected expecting intend intends intended intending want wants "
    "wanted seek seeks seeking plan plans planned planning target targets targeted targeting racing proposes proposed pencilled "
    "tentatively provisionally".split()
)
RUMOURS = frozenset(
    "rumour rumours rumor rumors rumoured rumored reportedly speculation speculates speculated speculate unconfirmed whisper "
    "whispers whispered gossip allegedly supposedly apparently leaked hearsay chatter understood".split()
)  # fmt: skip
DENIALS = frozenset(
    "denied denies deny denying dismissed dismisses dismiss rejected rejects refuted refutes disputed disputes untrue false "
    "scrapped scraps abandoned cancelled canceled withdrawn dropped lifted annulled shelved revoked".split()
)  # fmt: skip
NEGATIONS = frozenset({"no", "not", "never", "neither", "nor", "without", "nobody", "none", "n't"})
STATISTICS = frozenset(
    "rise rises grow grows reach reaches cost costs drop drops climb climbs gain gains increase increases decrease decreases total "
    "totals double doubles triple shrink shrinks account accounts average averages exceed exceeds generate generates create creates "
    "employ employs face faces outnumber halve".split()
)  # fmt: skip
OCCASIONS = frozenset(
    "anniversary anniversaries birthday celebrate celebrates celebrating commemorate commemorates commemorating turns marks mark "
    "visit visits tour holiday festival concert speech speak speaks attend attends".split()
)  # fmt: skip
# A clause that starts anew: what was hoped or denied before it does not reach behind it.
RESETS = frozenset({"but", "however", "although", "though", "confirmed", "confirms", "whereas", "nevertheless", "yet"})

# ---- what happens on the day, for “on”, “from”, “at”: only these make a plain future a deadline
EVENTS = {
    "ends": frozenset(
        "expire expires expired expiring expiry run runs lasts lapse lapses lapsing end ends ending ended close closes closing closed "
        "closure terminate terminates terminated termination cease ceases stop stops stopped halt halts halted mature "
        "matures lifted withdraw withdraws leave leaves quit shut shuts elapse elapses abolished finish finishes "
        "conclude concludes concluded discontinued disappear phased retire retires scrapped repealed".split()
    ),
    "begins": frozenset(
        "effect force open opens opening opened begin begins beginning start starts starting commence commences apply applies "
        "resume resumes resumed launch launches launched introduced effective operation operational binding kick kicks enter "
        "enters imposed reimposed reopen reopens strike walk transfer transferred join joins switch switches become becomes "
        "raised doubled reinstated suspended banned activated trigger triggered live change changes hands replace replaces "
        "suspend suspends follows follow deregistered delisted listed inaugurated snap snaps".split()
    ),
    "decided": frozenset(
        "decide decides decided decision rule rules ruling vote votes voting voted verdict judgment judgement sentence sign "
        "signs signed signing sentencing choose chooses elect elects hear hears hearing heard deliver delivers delivered elect elections election referendum ballot "
        "announce announces announced publish publishes published award awards awarded auction complete completes completed "
        "completion ratify ratifies ratified settle approve approves approved unveil unveils released sentenced "
        "primary primaries caucus caucuses runoff reconvene reconvenes review reviews reviewed selected chosen drawn trial".split()
    ),
    "must": frozenset(
        "pay pays paid payable payment lands due submit submits submitted submission file files filed filing reply respond report "
        "reports repay repaid register apply return surrender appear deposit hand handed deadline vacate comply deliver".split()
    ),
}
LIGHT_VERBS = frozenset("take takes taking come comes coming enter enters entering go goes going be put set".split())

# ---- moving a day
MOVING = frozenset(
    "extended extends extend extending extension postponed postpones postpone postponing postponement delayed delays delaying "
    "deferred defers deferring moved moves moving pushed pushes push pushing shifted shifts shift shifting rescheduled rescheduling adjourned adjourning "
    "prolonged prolongs prolong prolonging put putting brought bringing pulled shoved changed carried lengthened lengthens "
    "changes altered alters revised advanced slipped slips stretched renewed rolled reset later earlier longer".split()
)
INSTEAD = (
    ("instead", "of"),
    ("rather", "than"),
    ("and", "not"),
    ("in", "place", "of"),
    ("not",),
    ("replacing",),
    ("up", "from"),
    ("back", "from"),
)
WAS_DUE = frozenset(
    "originally initially previously formerly original initial previous earlier old former first".split()
)
""" “the original deadline of 30 June” """
