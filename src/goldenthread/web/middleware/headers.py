"""Headers on every response that is not a static file."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOTHING_ALLOWED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PrivacyHeaders:
    """Pages may not use the device, and are not kept by anyone unless a page says that they may be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response with the headers."""
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", NOTHING_ALLOWED)
        response.setdefault("Cache-Control", "no-store")
        return response
