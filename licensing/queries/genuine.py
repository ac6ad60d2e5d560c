"""Whether a document is genuine."""

from licensing.models import License


def genuine_license(code: str) -> License | None:
    """Return the license whose certificate carries this code, None if no certificate does."""
    return License.objects.filter(verification_code=code).select_related("statement__patent").first()
