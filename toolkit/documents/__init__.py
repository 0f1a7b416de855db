"""Reading a text into blocks and segments, and writing it again in another language."""

from toolkit.documents.document import Block, Document, Segment
from toolkit.documents.plaintext import TextFile, parse, read

__all__ = ["Block", "Document", "Segment", "TextFile", "parse", "read"]
