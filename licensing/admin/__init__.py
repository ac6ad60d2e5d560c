"""The office's desks of licensing."""

from licensing.admin import aftermath, changes, filings, licenses

__all__ = ["aftermath", "changes", "filings", "licenses"]
