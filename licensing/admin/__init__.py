"""The office's desks of licensing."""

from licensing.admin import changes, filings, licenses

__all__ = ["changes", "filings", "licenses"]
