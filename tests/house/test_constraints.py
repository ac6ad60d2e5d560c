"""Every constraint of the tables is named by a test that sees it refuse, on the bare wire."""

from django.apps import apps

from tests.house import tree


def test_every_constraint_of_a_table_is_named_by_a_test():
    said = "\n".join(path.read_text("utf-8") for path in tree.test_files() if not tree.within(path, "tests/house/"))
    names = {
        constraint.name
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in tree.APPS
        for constraint in model._meta.constraints
    }
    assert len(names) > 150
    assert sorted(name for name in names if name not in said) == []
