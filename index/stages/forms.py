"""All forms, in the order of a deal's life, and what any of their matches holds."""

from index.stages.form import Form
from index.stages.forms_before import BEFORE
from index.stages.forms_made import MADE
from index.stages.forms_off import OFF

FORMS: list[Form] = [*BEFORE, *MADE, *OFF]
# Looked for once in each sentence, whatever the number of forms.
OPENINGS = tuple(frozenset().union(*(form.opens for form in FORMS if form.opens)))
