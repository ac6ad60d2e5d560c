"""The lifecycles of this app, each one table."""

from registry.lifecycles.batch import BATCH_LIFE
from registry.lifecycles.ending import ENDING
from registry.lifecycles.rectification import RECTIFICATION
from registry.lifecycles.statement import STATEMENT

__all__ = ["BATCH_LIFE", "ENDING", "RECTIFICATION", "STATEMENT"]
