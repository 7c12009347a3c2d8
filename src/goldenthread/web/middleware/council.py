"""The council that a request is for, and the one transaction in which all of the request happens."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from goldenthread.web.record_access import viewer_of
from goldenthread.web.viewing import in_council

MAILED_LINKS = "/answer/"
"""Below this, the link is the right: whoever may be signed in is not asked, and the view opens the transaction."""
PUBLIC_PAGES = "/public/"
"""Below this, everybody sees the same, and the view opens the transaction."""
FOR_ANYBODY = (MAILED_LINKS, PUBLIC_PAGES)


class CouncilMiddleware:
    """Gives a signed-in person's request its council (`request.viewer`) and opens the transaction with it set.

    No council set, no rows: somebody who belongs to none sees nothing. An exception undoes everything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, made inside the transaction."""
        request.viewer = None  # type: ignore[attr-defined]
        if request.path_info.startswith(FOR_ANYBODY):
            return self.get_response(request)
        viewer = viewer_of(request.user) if request.user.is_authenticated else None
        if viewer is None:
            return self.get_response(request)
        with in_council(viewer) as inside:
            request.viewer = inside  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo the transaction: Django turns the exception into a page, so the transaction would not see it."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)
