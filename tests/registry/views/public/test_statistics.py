"""The yearly statistics as everybody reads them: the published figures with their source, and none that it lacks."""

import html
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def rows(page: str) -> list[list[str]]:
    """The cells of the last table, row by row."""
    table = page.rsplit("<table", maxsplit=1)[-1]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    ]


def test_each_year_is_a_row_and_what_its_source_does_not_give_is_a_dash():
    page = Client(headers={"accept-language": "en"}).get("/license-statistics/").text
    page = html.unescape(page)
    assert "CNIPA's yearly statistics of license contracts" in page
    assert rows(page) == [
        ["2016-2020", "11,371", "31,147", *["—"] * 7],
        ["2021", "4,271", "—", "51.8 % / 35.5 % / 12.7 %", "2,748 (64.3 %)", "¥3,900,000.00", "3.8", "307 (7.2 %)",
         "7.4", "1,216 (28.5 %)"],
        ["2022", "7,781", "17,967", "49.4 % / 42.9 % / 7.7 %", "4,531 (58.2 %)", "¥3,210,000.00", "3.6", "334 (4.3 %)",
         "6.3", "2,916 (37.5 %)"],
        ["2023", "15,603", "36,794", "45.3 % / 44.7 % / 10 %", "6,150 (39.4 %)", "¥1,660,000.00", "3.0", "1,087 (7 %)",
         "3.3", "8,366 (53.6 %)"],
        ["2024", "27,076", "54,863", "39.6 % / 45.5 % / 14.9 %", "7,415 (27.4 %)", "¥1,711,000.00", "2.8", "1,119 (4.1 %)",
         "3.8", "18,542 (68.5 %)"],
    ]  # fmt: skip
    assert "No royalty rates by industry were at hand, so none are shown." in page
