"""What the stage layer returns, and the stages themselves. Holds data, judges nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Stage = Literal[
    "rumoured", "in talks", "agreed in principle", "signed", "awaiting approval", "in force", "suspended", "collapsed"
]
STAGES: tuple[Stage, ...] = get_args(Stage)  # the first six in the order in which a deal goes through them

# How plainly a sentence says it. Higher ones outrank lower ones of the same article.
RUMOUR, BACKGROUND, ASIDE, PLAIN = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sentence that says what has happened: ``text[start:end]``, offsets into the text that was read."""

    stage: Stage
    start: int
    end: int
    weight: int  # RUMOUR, BACKGROUND, ASIDE or PLAIN
    cue: str  # the words that say it
    day: date | None  # when it happened, where the sentence tells or the article's day does
    position: int  # the number of its sentence in the article, from 0
    soft: bool = False  # follows from the words, is not said by them: “ratified by the lower house”
    turns_back: bool = False  # says that what had been agreed is open again, or that something new was signed
    elsewhere: bool = False  # names parties that this article mentions nowhere else: another deal, in passing

    @property
    def tells(self) -> Stage:
        """A rumour of a signature tells no signature."""
        return "rumoured" if self.weight == RUMOUR else self.stage
