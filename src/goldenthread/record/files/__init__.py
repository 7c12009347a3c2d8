"""Files on disk, named by their content, so that the same content is kept once and never changes."""
