"""Provincial regions by the first two digits of GB/T 2260. Names are proper names and stand here in both languages."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Region:
    """A province, autonomous region, municipality or special administrative region."""

    code: str
    name_zh: str
    short_zh: str
    name_en: str

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


_ROWS = (
    ("11", "北京市", "北京", "Beijing"),
    ("12", "天津市", "天津", "Tianjin"),
    ("13", "河北省", "河北", "Hebei"),
    ("14", "山西省", "山西", "Shanxi"),
    ("15", "内蒙古自治区", "内蒙古", "Inner Mongolia"),
    ("21", "辽宁省", "辽宁", "Liaoning"),
    ("22", "吉林省", "吉林", "Jilin"),
    ("23", "黑龙江省", "黑龙江", "Heilongjiang"),
    ("31", "上海市", "上海", "Shanghai"),
    ("32", "江苏省", "江苏", "Jiangsu"),
    ("33", "浙江省", "浙江", "Zhejiang"),
    ("34", "安徽省", "安徽", "Anhui"),
    ("35", "福建省", "福建", "Fujian"),
    ("36", "江西省", "江西", "Jiangxi"),
    ("37", "山东省", "山东", "Shandong"),
    ("41", "河南省", "河南", "Henan"),
    ("42", "湖北省", "湖北", "Hubei"),
    ("43", "湖南省", "湖南", "Hunan"),
    ("44", "广东省", "广东", "Guangdong"),
    ("45", "广西壮族自治区", "广西", "Guangxi"),
    ("46", "海南省", "海南", "Hainan"),
    ("50", "重庆市", "重庆", "Chongqing"),
    ("51", "四川省", "四川", "Sichuan"),
    ("52", "贵州省", "贵州", "Guizhou"),
    ("53", "云南省", "云南", "Yunnan"),
    ("54", "西藏自治区", "西藏", "Tibet"),
    ("61", "陕西省", "陕西", "Shaanxi"),
    ("62", "甘肃省", "甘肃", "Gansu"),
    ("63", "青海省", "青海", "Qinghai"),
    ("64", "宁夏回族自治区", "宁夏", "Ningxia"),
    ("65", "新疆维吾尔自治区", "新疆", "Xinjiang"),
    ("71", "台湾省", "台湾", "Taiwan"),
    ("81", "香港特别行政区", "香港", "Hong Kong"),
    ("82", "澳门特别行政区", "澳门", "Macao"),
)

REGIONS: dict[str, Region] = {row[0]: Region(*row) for row in _ROWS}

# Where laws on foreigners apply "by reference" (license to Hong Kong, Macao, Taiwan parties).
OUTER_REGIONS = frozenset({"71", "81", "82"})

_LEAD = re.compile(r"^(?:[0-9]{6})?(?:中华人民共和国|中国)?")
_CODE_BY_SHORT = {region.short_zh: region.code for region in REGIONS.values()}
_START = re.compile("|".join(_CODE_BY_SHORT))


def region_name(code: str) -> str:
    """Return the region of a two-digit code by name in the active language; what is no code stays."""
    return str(REGIONS.get(code, code))


def province_from_address(text: str) -> str:
    """Return the two-digit code of the region a Chinese address begins with, or "" where it names none.

    Post codes, white space and a leading name of the country are passed over. Addresses abroad, and those that begin
    with a city alone, give "": a guess would put a patent before the wrong provincial office.
    """
    address = _LEAD.sub("", "".join(text.split()))
    found = _START.match(address)
    return _CODE_BY_SHORT[found[0]] if found else ""
