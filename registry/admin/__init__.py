"""The examiners' desks of the registry."""

from registry.admin import bulletin, endings, statements

__all__ = ["bulletin", "endings", "statements"]
