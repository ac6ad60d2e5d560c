"""The kept list of deliberate defects can be planted: each line stands where the list says, once."""

import pytest

from tests.safety.defects import ROOT, defects

KEPT = defects()


@pytest.mark.parametrize("defect", KEPT, ids=lambda defect: defect.what)
def test_the_line_to_break_stands_in_the_file_once(defect):
    assert (ROOT / defect.file).read_text("utf-8").count(defect.before) == 1
    assert defect.after != defect.before


def test_the_tests_that_must_see_it_exist():
    assert [d.what for d in KEPT for place in d.tests.split() if not (ROOT / place).exists()] == []


def test_no_defect_is_listed_twice():
    assert len({(defect.file, defect.before) for defect in KEPT}) == len(KEPT)
