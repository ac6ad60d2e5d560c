"""Fixtures of the licensing tests."""

import pytest

from tests.licensing.scene import Scene


@pytest.fixture
def scene(cast) -> Scene:
    """Makes statements, notices, licenses and filings by the real acts."""
    return Scene(cast)
