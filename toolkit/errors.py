"""Errors that a user can mend: each message is one plain sentence saying what is wrong, where, and what to do."""


class VertaalError(Exception):
    """Base of every error this package raises on purpose; the command line prints it and exits with 2."""


class InputError(VertaalError):
    """A file or text that was given cannot be used."""


class OutputError(VertaalError):
    """A file or folder cannot be written."""


class ModelError(VertaalError):
    """A model package is unknown, broken, or cannot be installed or removed."""


class GlossaryError(VertaalError):
    """A glossary or one of its terms is not right."""


class CatalogError(VertaalError):
    """A gettext catalog cannot be read or is not what it should be."""
