"""The one error of every identifier: a code for machines, a sentence for people."""

from core.rules import Text


class InvalidIdentifier(ValueError):
    """A text that is not the identifier it should be.

    ``reason_code`` says why in one word (``wrong_length``, ``wrong_check_digit`` …); ``message`` says it in a
    translatable sentence. Neither repeats an identity number.
    """

    def __init__(self, reason_code: str, message: Text) -> None:
        self.reason_code = reason_code
        self.message = message
        super().__init__(reason_code, message)

    def __str__(self) -> str:
        return str(self.message)
