"""Programs that take files apart, each run by itself (`python -I extraction/__main__.py`) on nothing but the file.

They import nothing of the project, so that they start quickly, and hand on plain values.
"""
