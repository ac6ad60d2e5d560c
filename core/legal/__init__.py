"""The law as data: instruments, citations of their articles, and the dated settings where the law is silent."""

from core.legal.citations import Citation, Cite
from core.legal.instruments import INSTRUMENTS, Certainty, Instrument
from core.legal.settings import Setting, SettingStatus, UnknownSetting, setting

LAW = Cite("LAW")
RULES = Cite("RULES")
GL = Cite("GL")
GL2025 = Cite("GL2025")
FAQ1 = Cite("FAQ1")
FAQ2 = Cite("FAQ2")
FAQ3 = Cite("FAQ3")
M590 = Cite("M590")
NOTICE = Cite("NOTICE")
A594 = Cite("A594")
EST = Cite("EST")
O62 = Cite("O62")
CIVIL_PROCEDURE = Cite("CIVIL_PROCEDURE")
RECONSIDERATION = Cite("RECONSIDERATION")
LITIGATION = Cite("LITIGATION")
TECH_EXPORT = Cite("TECH_EXPORT")
TECH_EXPORT_REGISTRATION = Cite("TECH_EXPORT_REGISTRATION")
STAT = Cite("STAT")
GB32100 = Cite("GB32100")
GB11643 = Cite("GB11643")
# What the office does where no text says anything. Its citations say so on their face.
PRACTICE = Cite("PRACTICE")

__all__ = [
    "A594",
    "CIVIL_PROCEDURE",
    "EST",
    "FAQ1",
    "FAQ2",
    "FAQ3",
    "GB11643",
    "GB32100",
    "GL",
    "GL2025",
    "INSTRUMENTS",
    "LAW",
    "LITIGATION",
    "M590",
    "NOTICE",
    "O62",
    "PRACTICE",
    "RECONSIDERATION",
    "RULES",
    "STAT",
    "TECH_EXPORT",
    "TECH_EXPORT_REGISTRATION",
    "Certainty",
    "Citation",
    "Cite",
    "Instrument",
    "Setting",
    "SettingStatus",
    "UnknownSetting",
    "setting",
]
