"""gettext catalogs, and the translation memory that they hold."""

from toolkit.catalogs.catalog import Catalog, Message, Paths, Stats, edit, memory_of, record
from toolkit.catalogs.loading import load_catalog, render
from toolkit.catalogs.memory import Memory

__all__ = ["Catalog", "Memory", "Message", "Paths", "Stats", "edit", "load_catalog", "memory_of", "record", "render"]
