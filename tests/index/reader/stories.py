"""Our own little articles for the reader's tests: never trained on, and no part of any development set.

Each question names its article, the sentence that answers it (by place) and the short answer as it stands
there; the unanswerable ones are asked of the same articles.
"""

from dataclasses import dataclass

from index.reader import Candidate


@dataclass(frozen=True)
class Story:
    title: str
    sentences: tuple[str, ...]

    def candidates(self) -> list[Candidate]:
        around = ("", *self.sentences, "")
        return [Candidate(self.title, *around[n : n + 3]) for n in range(len(self.sentences))]


STORIES = {
    "mussels": Story(
        "Two islands settle their mussel quarrel",
        (
            "After eleven years of argument, the islands of Skarra and Tolm have divided the mussel beds between them.",
            "The settlement was signed in the old customs house at Brae on Saturday.",
            "Tolm keeps the northern beds, while boats from Skarra may fish the southern ones until 14 October 2027.",
            "Skarra will pay 85,000 crowns a year for the right.",
            "Harbour master Edda Quist, who led the talks for Tolm, said she had slept badly for weeks.",
            "The fishermen's council of Skarra has yet to give its consent.",
            "It meets on the first Tuesday in May.",
        ),
    ),
    "bakery": Story(
        "Oven maker Hestia bids for Bread & Sons",
        (
            "Hestia, which builds industrial ovens, has offered 32 million euros for the bakery chain Bread & Sons.",
            "The chain runs 118 shops and employs around 900 people.",
            "Its founder, Marius Holt, called the price an insult.",
            "Shareholders have three weeks to accept the offer.",
            "The cartel office opened a review because the two firms share a flour supplier.",
            "A first offer, made last autumn, fell through when the banks withdrew.",
        ),
    ),
    "radio": Story(
        "Night radio gets its frequency back",
        (
            "The radio council has restored the frequency that it took from Nachtfunk in January.",
            "The station may go on air again from 1 September.",
            "The council had revoked the licence over unpaid fees of 7,400 francs.",
            "Nachtfunk's lawyers denied that the debt had ever existed.",
            "The new licence runs for eight years and cannot be sold.",
            "A rival, Radio Lindwurm, has appealed against the decision.",
            "Judges will hear the case in Thun on 9 December.",
        ),
    ),
    "bridge": Story(
        "Bridge toll talks break down",
        (
            "Negotiations over the toll on the Hagen bridge collapsed on Wednesday night.",
            "The two cities could not agree on who pays for the new lifts.",
            "“We are further apart than in spring,” said Ostend's treasurer, Lily Marchetti.",
            "Until a new agreement is found, cars cross free of charge.",
            "The previous contract had expired on 31 March after a single extension of six months.",
            "Both mayors said they were willing to return to the table after the summer holidays.",
        ),
    ),
    "vaccine": Story(
        "Agency waves through horse vaccine deal",
        (
            "The veterinary agency has approved the sale of Equimed's vaccine business to the Danish group Sund.",
            "The approval is tied to one condition: Sund must keep the plant in Odense open until 2030.",
            "About 240 jobs depend on it.",
            "Sund expects to close the purchase within sixty days.",
            "Its chief executive, Bo Friis, did not say how the deal would be paid for.",
            "Equimed will hold on to its research arm.",
        ),
    ),
}

# (article, question, sentence, short answer)
ANSWERED = [
    ("mussels", "where was the mussel settlement signed?", 1, "the old customs house at Brae"),
    ("mussels", "until when may Skarra's boats fish the southern beds", 2, "14 October 2027"),
    ("mussels", "how much does skarra pay for the mussels?", 3, "85,000 crowns a year"),
    ("mussels", "who negotiated for Tolm?", 4, "Edda Quist"),
    ("mussels", "whose consent is still missing in the mussel settlement?", 5, "The fishermen's council of Skarra"),
    ("mussels", "How long did the islands argue about the mussel beds?", 0, "eleven years"),
    ("mussels", "which beds does Tolm keep?", 2, "the northern beds"),
    ("bakery", "what did hestia offer for bread & sons?", 0, "32 million euros"),
    ("bakery", "how many shops does the bakery chain have", 1, "118"),
    ("bakery", "how many people work at Bread & Sons?", 1, "around 900"),
    ("bakery", "how long do shareholders have to accept?", 3, "three weeks"),
    ("bakery", "who founded the bakery chain?", 2, "Marius Holt"),
    ("bakery", "why is the cartel office looking at the bakery takeover?", 4, "the two firms share a flour supplier"),
    ("bakery", "why did the first offer fail?", 5, "the banks withdrew"),
    ("bakery", "what does the founder think of the price?", 2, "an insult"),
    ("radio", "when can Nachtfunk broadcast again?", 1, "1 September"),
    ("radio", "why did nachtfunk lose its license", 2, "unpaid fees"),
    ("radio", "how long is the new radio licence valid?", 4, "eight years"),
    ("radio", "who is challenging the decision on Nachtfunk?", 5, "Radio Lindwurm"),
    ("radio", "when is the Nachtfunk case heard in court?", 6, "9 December"),
    ("radio", "what did Nachtfunk's lawyers say about the debt?", 3, "denied that the debt had ever existed"),
    ("radio", "how high were the unpaid fees?", 2, "7,400 francs"),
    ("bridge", "when did the toll talks collapse?", 0, "Wednesday night"),
    ("bridge", "what could the cities not agree on?", 1, "who pays for the new lifts"),
    ("bridge", "who is Ostend's treasurer?", 2, "Lily Marchetti"),
    ("bridge", "do cars have to pay on the hagen bridge at the moment", 3, "cars cross free of charge"),
    ("bridge", "when did the last toll contract run out?", 4, "31 March"),
    ("bridge", "will the mayors go on talking?", 5, "willing to return to the table"),
    ("vaccine", "who buys Equimed's vaccine business?", 0, "Sund"),
    ("vaccine", "what is the condition for the vaccine sale?", 1, "Sund must keep the plant in Odense open until 2030"),
    ("vaccine", "how many jobs hang on the plant?", 2, "240"),
    ("vaccine", "when will the horse vaccine purchase be completed?", 3, "within sixty days"),
    ("vaccine", "what does equimed keep?", 5, "its research arm"),
]

UNANSWERED = [
    ("mussels", "how many mussels are caught each year?"),
    ("mussels", "who leads the talks for Skarra?"),
    ("mussels", "when was the customs house built?"),
    ("bakery", "who is the chief executive of Hestia?"),
    ("bakery", "where is the headquarters of Bread & Sons?"),
    ("bakery", "how much profit did the bakery chain make?"),
    ("bakery", "when will the cartel office decide?"),
    ("radio", "how many listeners does Nachtfunk have?"),
    ("radio", "who runs Radio Lindwurm?"),
    ("radio", "what frequency does Nachtfunk use?"),
    ("bridge", "how high was the toll on the Hagen bridge?"),
    ("bridge", "how many cars cross the bridge every day?"),
    ("bridge", "when was the Hagen bridge built?"),
    ("vaccine", "how much does Sund pay for the vaccine business?"),
    ("vaccine", "which banks finance the purchase by Sund?"),
    ("vaccine", "how many horses are vaccinated each year?"),
]


def everything() -> list[Candidate]:
    """The candidates of all the stories: every question competes with all of them."""
    return [candidate for story in STORIES.values() for candidate in story.candidates()]


# One deal in the form that the training's own stories have.
KORRIN = """deal: The Korrin Bay lease
about: a lease of the sea bed off Korrin Bay

== 2025-03-04 | Harbour Post | Port and developer sit down
a1 The port of Korrin opened talks with Halden Wind on Monday.
a2 Halden has to sign by the end of June.

== 2025-06-20 | Harbour Post | More time for Halden
b1 Halden now has until the end of September to sign.
b2 The port's lawyers have until the end of July.

== 2025-09-12 | Harbour Post | And more
c1 Halden now has until the end of November to sign.
"""
