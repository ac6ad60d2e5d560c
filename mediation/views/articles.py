"""The articles that the pages of mediation name."""

from core.legal import CIVIL_PROCEDURE, LAW, M590, Citation

ARTICLES: dict[str, Citation] = {
    "principles": M590(3),
    "no_fee": LAW(52),
    "length": M590(18),
    "declined": M590(8),
    "confirmation": CIVIL_PROCEDURE(205),
}
