"""The examiners' desks of the registry."""

from registry.admin import bulletin, endings, register, statements

__all__ = ["bulletin", "endings", "register", "statements"]
