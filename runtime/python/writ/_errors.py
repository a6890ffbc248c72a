"""What can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

if TYPE_CHECKING:
    from ._api import Diagnostic


class Error(Exception):
    """What this package raises."""


class AgreementError(Error):
    """The agreement cannot be read, or has mistakes: ``diagnostics`` says which, with their codes and places."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = list(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics if d.severity == "error"))


class FactsError(Error, ValueError):
    """A table, the as-of instant or a parameter cannot be used."""
