"""The examiners' desks of the registry."""

from registry.admin import aftermath, bulletin, calendar, endings, halts, papers, register, register_events, statements

__all__ = [
    "aftermath",
    "bulletin",
    "calendar",
    "endings",
    "halts",
    "papers",
    "register",
    "register_events",
    "statements",
]
