"""One document model for every file format: blocks or pandoc's syntax tree, with the place of each in its source."""

from goldenthread.documents.excerpts import ExcerptLine, excerpt_at
from goldenthread.documents.model import Document, DocumentError, SourceFormat
from goldenthread.documents.reader import document_from_bytes, read_document

__all__ = [
    "Document",
    "DocumentError",
    "ExcerptLine",
    "SourceFormat",
    "document_from_bytes",
    "excerpt_at",
    "read_document",
]
