"""The pages of docs/ that come from the code are the code's."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.urls import resolve

from config import reference
from config.demo.people import PASSWORD, demo_people
from tests.house import tree

DOCS = tree.ROOT / "docs"


def test_no_generated_page_is_stale():
    call_command("write_docs", "--check")


def test_a_stale_page_and_a_page_too_many_are_told(tmp_path):
    call_command("write_docs", folder=tmp_path / "docs", stdout=StringIO())
    page = tmp_path / "docs" / "lifecycles" / "registry-statement.md"
    page.write_text(page.read_text().replace("announce", "publish"))
    (tmp_path / "docs" / "lifecycles" / "gone.md").write_text("old")
    with pytest.raises(CommandError) as told:
        call_command("write_docs", "--check", folder=tmp_path / "docs")
    assert str(told.value) == "Stale, run `make docs`: lifecycles/registry-statement.md, lifecycles/gone.md"
    call_command("write_docs", folder=tmp_path / "docs", stdout=StringIO())
    call_command("write_docs", "--check", folder=tmp_path / "docs")
    assert not (tmp_path / "docs" / "lifecycles" / "gone.md").exists()


def test_writing_twice_gives_the_same():
    assert reference.pages() == reference.pages()


def test_the_legal_basis_names_every_rule_and_every_bar_of_the_law():
    page = (DOCS / "legal-basis.md").read_text()
    books = reference.rule_books()
    assert len(books) >= 6
    missing = [rule.id for _app, book in books for rule in book.rules if f"| `{rule.id}` | {rule.title} |" not in page]
    assert missing == []
    assert [f"G{number}" for number in range(1, 10) if f"| `G{number}` |" not in page] == []


def test_every_rule_has_an_id_of_its_own_in_its_app():
    ids = [f"{app} {rule.id}" for app, book in reference.rule_books() for rule in book.rules]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


def test_links_between_the_pages_lead_somewhere():
    pages = [*DOCS.rglob("*.md"), *tree.ROOT.glob("*.md")]
    broken = [
        f"{tree.name(page)} → {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_each_decision_has_a_number_of_its_own_and_stands_in_the_list():
    folder = tree.ROOT / "docs" / "adr"
    files = sorted(path.name for path in folder.glob("[0-9]*.md"))
    listed = re.findall(r"^\| \[(\d+)\]\((\S+)\)", (folder / "README.md").read_text("utf-8"), re.M)
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert listed == [(name[:4], name) for name in files]
    assert [(folder / name).read_text("utf-8").split(".")[0] for name in files] == [f"# {int(n[:4])}" for n in files]


def test_each_row_of_a_table_has_the_cells_of_its_heading():
    crooked = []
    for page in [*DOCS.rglob("*.md"), *tree.ROOT.glob("*.md")]:
        width = 0
        for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            if cells and width and cells != width:
                crooked.append(f"{tree.name(page)}:{number}")
            width = cells
    assert crooked == []


def test_the_readme_names_people_commands_and_addresses_that_exist():
    page = (tree.ROOT / "README.md").read_text("utf-8")
    told = set(re.findall(r"`(\w+@[\w.]+)`", page))
    assert sorted(told - {person.email for person in demo_people()}) == []
    assert {person.role for person in demo_people() if person.email.endswith("@office.example")} == {
        person.role for person in demo_people() if person.email in told and person.email.endswith("@office.example")
    }
    assert f"Everybody's password is `{PASSWORD}`" in page
    commands = set(re.findall(r"manage\.py (\w+)", page))
    assert commands > set()
    assert sorted(commands - set(get_commands())) == []
    targets = re.findall(r"^(\w+):.*##", (tree.ROOT / "Makefile").read_text("utf-8"), re.M)
    assert sorted(set(re.findall(r"^ +make (\w+)", page, re.M)) - set(targets)) == []
    for address in re.findall(r"`(/[\w/]+/)`", page):
        resolve(address)
