"""Letters about the account itself (confirm the address, reset the password, join an organisation), by outbox.

They carry a secret link, so their text waits encrypted in the outbox. The page that causes a letter answers before it
is sent: equally fast whether or not the account exists, and also while the mail server is away.
"""

import json
from datetime import datetime
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives

from accounts.secrets import seal, unseal
from core import outbox

TOPIC = "accounts.send_letter"


def post(subject: str, text: str, to: list[str], *, at: datetime) -> None:
    """Owe a letter."""
    letter = json.dumps({"subject": subject, "text": text, "to": to})
    outbox.enqueue(TOPIC, key=f"letter:{uuid4()}", at=at, sealed=seal(letter).decode())


@outbox.handler(TOPIC)
def send_letter(sealed: str) -> None:
    """Send one letter."""
    letter = json.loads(unseal(sealed.encode()))
    EmailMultiAlternatives(letter["subject"], letter["text"], to=letter["to"]).send()
