"""What a password must be, said in the registry's own words: Django's rules, of which some have no Chinese text."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Not shorter than the setting says."""

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return _("This password has fewer than %(count)s characters. Choose a longer one.") % {"count": self.min_length}

    def get_help_text(self) -> str:
        """The rule beforehand."""
        return _("At least %(count)s characters.") % {"count": self.min_length}


class NotCommon(CommonPasswordValidator):
    """None of the passwords that many people use."""

    def get_error_message(self) -> str:
        """What is wrong, and what to do."""
        return _("This password is one that many people use. Choose another.")

    def get_help_text(self) -> str:
        """The rule beforehand."""
        return _("None that many people use.")


class NotOneself(UserAttributeSimilarityValidator):
    """Neither the name nor the address."""

    def get_help_text(self) -> str:
        """The rule beforehand."""
        return _("Neither your name nor your e-mail address, nor nearly so.")
