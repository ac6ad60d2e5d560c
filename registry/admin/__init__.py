"""The examiners' desks of the registry."""

from registry.admin import bulletin, endings, halts, register, register_events, statements

__all__ = ["bulletin", "endings", "halts", "register", "register_events", "statements"]
