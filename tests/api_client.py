"""A program that calls the API: with a key of one of the cast, or without."""

import io
import json
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actions.api_keys import create_api_key
from tests.cast import NOW, Person

ROOT = "/api/v1/"


class Program:
    """Calls the API and hands back answers. ``person``: whose key it shows."""

    def __init__(self, person: Person | None = None, *, language: str = "en") -> None:
        headers = {"accept-language": language}
        if person is not None:
            _key, text = create_api_key(label="test", by=person.actor, at=NOW)
            headers["authorization"] = f"Api-Key {text}"
        self.client = Client(headers=headers, raise_request_exception=True)

    def get(self, address: str, **query: Any):
        """Read."""
        return self.client.get(ROOT + address, query)

    def fetch(self, address: str) -> tuple[int, bytes]:
        """Read a file to its end: the status and its bytes."""
        answer = self.client.get(ROOT + address)
        return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content

    def send(self, method: str, address: str, data: Any = None):
        """Send JSON, or nothing at all."""
        body = {} if data is None else {"data": json.dumps(data), "content_type": "application/json"}
        return getattr(self.client, method)(ROOT + address, **body)

    def post(self, address: str, data: Any = None):
        """Act."""
        return self.send("post", address, data)

    def patch(self, address: str, data: Any):
        """Save."""
        return self.send("patch", address, data)

    def delete(self, address: str):
        """Take back."""
        return self.send("delete", address)

    def upload(self, address: str, **fields: Any):
        """Send a form with files."""
        return self.client.post(ROOT + address, fields)


def pdf(text: str = "voucher") -> SimpleUploadedFile:
    """Return a real PDF to upload; another text is another document."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200 + sum(text.encode()) % 997))
        data = io.BytesIO()
        document.save(data)
    return SimpleUploadedFile(f"{text}.pdf", data.getvalue(), "application/pdf")
