"""What can go wrong, as one tree.

GongkaiError
├── UnreadableDocument      the bytes hold no report text; `reason` is one line for the user
│   └── LimitExceeded       too large, too deep, too many pages: stopped, not read in part
└── VocabularyError         report/vocabulary.toml or report/forms.toml contradicts itself
"""


class GongkaiError(Exception):
    """Base of every error that gongkai raises on purpose."""


class UnreadableDocument(GongkaiError):
    """The bytes hold no text that can be read; `reason` says why in one line."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LimitExceeded(UnreadableDocument):
    """The document exceeds a limit (size, pages, nesting, decompressed size)."""


class VocabularyError(GongkaiError):
    """A data file of the domain contradicts itself."""
