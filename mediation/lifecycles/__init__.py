"""The lifecycles of this app, each one table."""

from mediation.lifecycles.case import CASE

__all__ = ["CASE"]
