"""One document model for every file format: pandoc's syntax tree, with the place of each block in its source."""

from goldenthread.documents.model import Document, DocumentError, SourceFormat
from goldenthread.documents.reader import document_from_bytes, read_document

__all__ = ["Document", "DocumentError", "SourceFormat", "document_from_bytes", "read_document"]
