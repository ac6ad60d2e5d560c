"""Identifiers of patents, parties, classes, regions and industries. Pure: text in, value or InvalidIdentifier out."""

from core.identifiers.classes import display_ipc, parse_ipc, parse_locarno, parse_main_class
from core.identifiers.errors import InvalidIdentifier
from core.identifiers.industries import INDUSTRIES, Industry, industry_of_division
from core.identifiers.parties import mask_resident_id, parse_resident_id, parse_uscc
from core.identifiers.patents import PatentNumber, PublicationNumber
from core.identifiers.regions import OUTER_REGIONS, REGIONS, Region, province_from_address

__all__ = [
    "INDUSTRIES",
    "OUTER_REGIONS",
    "REGIONS",
    "Industry",
    "InvalidIdentifier",
    "PatentNumber",
    "PublicationNumber",
    "Region",
    "display_ipc",
    "industry_of_division",
    "mask_resident_id",
    "parse_ipc",
    "parse_locarno",
    "parse_main_class",
    "parse_resident_id",
    "parse_uscc",
    "province_from_address",
]
