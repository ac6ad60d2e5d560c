"""The examiners' desks of the registry."""

from registry.admin import bulletin, endings, halts, register, statements

__all__ = ["bulletin", "endings", "halts", "register", "statements"]
