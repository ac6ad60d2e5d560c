"""CNIPA's yearly statistics of recorded license contracts, as published (STAT). All kinds and industries together.

Nothing is filled in: a figure that no source gives is None. Terms are mean years, means are yuan.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.legal import STAT, Citation
from core.rules import Text


@dataclass(frozen=True, slots=True)
class Kinds:
    """Shares of inventions, utility models and designs, in percent."""

    invention: Decimal
    utility_model: Decimal
    design: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    """Contracts of one payment mode: how many, in percent of all, their mean fee and mean term."""

    count: int
    percent: Decimal
    mean_fee: Decimal | None = None
    mean_years: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """One publication. ``label`` is its year or years; ``note`` says what is odd about its figures."""

    label: str
    contracts: int
    patents: int | None
    kinds: Kinds | None = None
    fixed: Share | None = None
    royalty: Share | None = None
    free: Share | None = None
    fixed_total: Decimal | None = None
    note: Text = ""

    @property
    def source(self) -> Citation:
        """The publication."""
        return STAT(self.label)


def _kinds(invention: str, utility_model: str, design: str) -> Kinds:
    return Kinds(Decimal(invention), Decimal(utility_model), Decimal(design))


def _share(count: int, percent: str, mean: str = "", years: str = "") -> Share:
    return Share(count, Decimal(percent), Decimal(mean) if mean else None, Decimal(years) if years else None)


YEARS: tuple[Year, ...] = (
    Year("2016-2020", 11_371, 31_147, note=_("By industry only, for industries with more than 20 contracts.")),
    Year(
        "2021",
        4_271,
        None,
        _kinds("51.8", "35.5", "12.7"),
        _share(2_748, "64.3", "3900000", "3.8"),
        _share(307, "7.2", years="7.4"),
        _share(1_216, "28.5"),
        Decimal("10660000000"),
        _("The mean is given as about 3.9 million yuan."),
    ),
    Year(
        "2022",
        7_781,
        17_967,
        _kinds("49.4", "42.9", "7.7"),
        _share(4_531, "58.2", "3210000", "3.6"),
        _share(334, "4.3", years="6.3"),
        _share(2_916, "37.5"),
        Decimal("14550000000"),
    ),
    Year(
        "2023",
        15_603,
        36_794,
        _kinds("45.3", "44.7", "10.0"),
        _share(6_150, "39.4", "1660000", "3.0"),
        _share(1_087, "7.0", years="3.3"),
        _share(8_366, "53.6"),
        Decimal("10210000000"),
    ),
    Year(
        "2024",
        27_076,
        54_863,
        _kinds("39.6", "45.5", "14.9"),
        _share(7_415, "27.4", "1711000", "2.8"),
        _share(1_119, "4.1", years="3.8"),
        _share(18_542, "68.5"),
        note=_(
            "One publication prints a total of 127.3 billion yuan. 7,415 contracts at a mean of 1.711 million yuan make "
            "about 12.7 billion: a slip by a factor of ten, so no total is shown."
        ),
    ),
)
