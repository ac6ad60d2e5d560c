"""The office's desks of licensing."""

from licensing.admin import filings, licenses

__all__ = ["filings", "licenses"]
