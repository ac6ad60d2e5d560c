"""Nothing is too long to be read in one sitting (docs/architecture.md)."""

from tests.house import finders, tree

SOURCE, TEST, TEMPLATE, STATIC, FUNCTION = 400, 600, 120, 400, 50


def too_long(paths, longest):
    counted = ((tree.name(path), len(path.read_text("utf-8").splitlines())) for path in paths)
    return [f"{name}: {lines} lines" for name, lines in counted if lines > longest]


def test_source_files():
    assert too_long(tree.sources(), SOURCE) == []


def test_test_files():
    assert too_long(tree.test_files(), TEST) == []


def test_templates():
    assert too_long(tree.templates(), TEMPLATE) == []


def test_style_sheets_and_scripts():
    ours = tree.under("static", kinds=(".css", ".js"))
    assert too_long([path for path in ours if "vendor" not in path.parts], STATIC) == []


def test_functions():
    found = [
        f"{tree.name(path)}:{line} {function}"
        for path in (*tree.sources(), *tree.test_files())
        for line, function in finders.long_functions(tree.parse(path), FUNCTION)
    ]
    assert found == []
