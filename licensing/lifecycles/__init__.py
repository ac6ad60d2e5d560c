"""The lifecycles of this app, each one table."""

from licensing.lifecycles.change import FILING_CHANGE
from licensing.lifecycles.filing import FILING
from licensing.lifecycles.license import LICENSE
from licensing.lifecycles.notice import NOTICE

__all__ = ["FILING", "FILING_CHANGE", "LICENSE", "NOTICE"]
