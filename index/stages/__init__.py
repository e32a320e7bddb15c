"""The language of what has become of a deal: sentences that say it, and the stage they add up to.

Standard library only, and knows no database: ``index.status`` brings sentences and deals together.
"""

from index.stages.find import STAGE_GRAMMAR, find_sightings
from index.stages.found import ASIDE, BACKGROUND, PLAIN, RUMOUR, STAGES, Sighting, Stage

__all__ = ["ASIDE", "BACKGROUND", "PLAIN", "RUMOUR", "STAGES", "STAGE_GRAMMAR", "Sighting", "Stage", "find_sightings"]
