"""PDF: words and ruled lines on pages, made into headings, paragraphs, lists and tables."""

from goldenthread.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
