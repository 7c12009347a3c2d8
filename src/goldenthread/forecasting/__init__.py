"""The outside view: when promises are kept, judged by how promises have moved, and not by how their owners feel."""
