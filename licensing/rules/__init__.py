"""The rules of licensing, each a pure function with its articles."""

from licensing.rules.acceptance import PAYING, TAKING
from licensing.rules.changing import CHANGING
from licensing.rules.conduct import DECIDING
from licensing.rules.filing import FILING_GROUNDS, FILING_PAPERS

__all__ = ["BOOKS", "CHANGING", "DECIDING", "FILING_GROUNDS", "FILING_PAPERS", "PAYING", "TAKING"]

BOOKS = (TAKING, PAYING, FILING_GROUNDS, FILING_PAPERS, CHANGING, DECIDING)
