"""Fixtures of the mediation tests."""

import pytest

from tests.mediation.scene import Dispute


@pytest.fixture
def dispute(cast, settings, tmp_path) -> Dispute:
    """Brings a dispute to any stage by the real acts; files go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    return Dispute(cast)
