"""Reprints: the same story in nearly the same words at another outlet. Owns the likeness of texts.

MinHash with locality-sensitive buckets finds the few articles worth comparing (Broder 1997; Leskovec,
Rajaraman & Ullman, *Mining of Massive Datasets*, ch. 3); the share of common word shingles decides.
A shortened reprint has most of its shingles in the original, so containment counts, not resemblance.
"""

import re

SHINGLE = 3  # words
BANDS, ROWS = 32, 3  # at a resemblance of 0.5 two texts meet in 0.99 of all cases, at 0.1 in 0.03
CONTAINED = 0.5  # of the shorter text's shingles; deal news on one event shares under 0.1, reprints over 0.7
WINDOW_DAYS = 14  # an agency's story is reprinted within days; the same words a year on are another event

_WORD = re.compile(r"\w+")


def shingles(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))} if words else set()


def buckets(text: str) -> list[int]:
    """``BANDS`` signed 64-bit bucket numbers; likely reprints share at least one."""
    from datasketch import MinHash

    made = MinHash(num_perm=BANDS * ROWS)
    made.update_batch([shingle.encode() for shingle in shingles(text)])
    bands = made.hashvalues.astype("uint64").reshape(BANDS, ROWS)
    mixed = set()
    for number, band in enumerate(bands):
        value = number
        for part in band.tolist():
            value = (value * 0x9E3779B97F4A7C15 + part) % 2**64
        mixed.add(value - 2**63)
    return sorted(mixed)


def is_reprint(text: str, other: str) -> bool:
    ours, theirs = shingles(text), shingles(other)
    return bool(ours and theirs) and len(ours & theirs) >= CONTAINED * min(len(ours), len(theirs))
