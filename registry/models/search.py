"""What the public search looks at: one row a statement, rebuilt from the register at any time."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from registry.models.statements import Statement


class SearchEntry(models.Model):
    """The searchable text of a public statement. Only ``registry.search`` reads and writes it.

    It holds nothing of its own, and is a table of its own so that no other query drags the tokens along.
    """

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, primary_key=True, related_name="search_entry")
    text = models.TextField()
    tokens = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["tokens"], name="search_tokens", fastupdate=False)]

    def __str__(self) -> str:
        return self.text[:80]
