"""Sections A to T of the industry classification GB/T 4754-2017, with their divisions."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Industry:
    """One section; its divisions run from ``first_division`` to ``last_division``, both included."""

    code: str
    name_zh: str
    name_en: str
    first_division: int
    last_division: int

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


_ROWS = (
    ("A", "农、林、牧、渔业", "Agriculture, forestry, animal husbandry and fishery", 1, 5),
    ("B", "采矿业", "Mining", 6, 12),
    ("C", "制造业", "Manufacturing", 13, 43),
    ("D", "电力、热力、燃气及水生产和供应业", "Electricity, heat, gas and water supply", 44, 46),
    ("E", "建筑业", "Construction", 47, 50),
    ("F", "批发和零售业", "Wholesale and retail trade", 51, 52),
    ("G", "交通运输、仓储和邮政业", "Transport, storage and post", 53, 60),
    ("H", "住宿和餐饮业", "Accommodation and catering", 61, 62),
    ("I", "信息传输、软件和信息技术服务业", "Information transmission, software and IT services", 63, 65),
    ("J", "金融业", "Finance", 66, 69),
    ("K", "房地产业", "Real estate", 70, 70),
    ("L", "租赁和商务服务业", "Leasing and business services", 71, 72),
    ("M", "科学研究和技术服务业", "Scientific research and technical services", 73, 75),
    ("N", "水利、环境和公共设施管理业", "Water, environment and public facilities", 76, 79),
    ("O", "居民服务、修理和其他服务业", "Household services, repair and other services", 80, 82),
    ("P", "教育", "Education", 83, 83),
    ("Q", "卫生和社会工作", "Health and social work", 84, 85),
    ("R", "文化、体育和娱乐业", "Culture, sports and entertainment", 86, 90),
    ("S", "公共管理、社会保障和社会组织", "Public administration, social security and social organisations", 91, 96),
    ("T", "国际组织", "International organisations", 97, 97),
)

INDUSTRIES: dict[str, Industry] = {row[0]: Industry(*row) for row in _ROWS}


def industry_of_division(division: int) -> str:
    """Return the section letter of a division from 1 to 97, or "" for any other number."""
    for industry in INDUSTRIES.values():
        if industry.first_division <= division <= industry.last_division:
            return industry.code
    return ""
