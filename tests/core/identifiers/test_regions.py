"""Regions by address: the province when it is named, nothing when it would be a guess."""

import pytest
from django.utils.translation import override

from core.identifiers import OUTER_REGIONS, REGIONS, province_from_address


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("浙江省杭州市下沙高教园区学源街258号", "33"),
        ("浙江", "33"),
        ("北京市", "11"),
        ("北京市100084-82信箱", "11"),
        ("100084 北京市海淀区清华园1号", "11"),
        ("中国 台湾新北市", "71"),
        ("中国香港九龙", "81"),
        ("中华人民共和国广东省深圳市", "44"),
        ("新疆维吾尔自治区", "65"),
        ("内蒙古呼和浩特", "15"),
        ("黑龙江省哈尔滨市南岗区西大直街92号", "23"),
        ("吉林省吉林市", "22"),
        ("日本北海道旭川市", ""),
        ("美国加利福尼亚州", ""),
        ("英属开曼群岛大开曼", ""),
        ("深圳市南山区", ""),
        ("", ""),
    ],
)
def test_the_region_an_address_begins_with(address: str, code: str) -> None:
    assert province_from_address(address) == code


def test_the_table_is_complete() -> None:
    assert " ".join(REGIONS) == (
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
    )
    assert {str(REGIONS[code].short_zh) for code in OUTER_REGIONS} == {"台湾", "香港", "澳门"}


def test_a_region_is_named_in_the_language_of_the_reader() -> None:
    with override("zh-hans"):
        assert str(REGIONS["61"]) == "陕西省"
    with override("en"):
        assert str(REGIONS["61"]) == "Shaanxi"
