"""The table itself: every row's example is read by that row, and no two rows share a name."""

from collections import Counter
from datetime import date

import pytest

from index.dates import find_dates
from index.dates.grammar import FORMS
from index.dates.patterns import Form

PUBLISHED = date(2025, 11, 17)
# These read only after a word that an example alone does not have.
LEADS = {
    "the number alone": "on ",
    "numeric, no year": "by ",
    "in, looking back": "the worst crop ",
    "anniversary": "by ",
    "anniversary of event": "by ",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_example_is_read_by_its_own_form(form: Form) -> None:
    found = find_dates(LEADS.get(form.name, "") + form.example, PUBLISHED)
    assert form.name in [each.form for each in found]


def test_names_are_unique() -> None:
    assert [name for name, n in Counter(form.name for form in FORMS).items() if n > 1] == []
