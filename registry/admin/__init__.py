"""The examiners' desks of the registry."""

from registry.admin import bulletin, calendar, endings, halts, papers, register, register_events, statements

__all__ = ["bulletin", "calendar", "endings", "halts", "papers", "register", "register_events", "statements"]
