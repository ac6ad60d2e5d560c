"""The lifecycles of this app, each one table."""

from licensing.lifecycles.filing import FILING
from licensing.lifecycles.license import LICENSE
from licensing.lifecycles.notice import NOTICE

__all__ = ["FILING", "LICENSE", "NOTICE"]
