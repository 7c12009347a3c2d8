"""The public pages of a plan: what may be told, the pages that tell it, open data, and a feed of changes.

Nothing goes out that is not on the list in `fields`. Text that carries a marking stays back, and so does an item that
an officer holds back. Pages, data and feed are made from what is left, so they cannot hold more.
"""
