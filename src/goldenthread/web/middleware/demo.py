"""Signing in to the demonstration, which asks for no password and therefore works on this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse

from goldenthread.web.middleware.council import FOR_ANYBODY
from goldenthread.web.record_access import demo_user

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class DemoSignIn:
    """Signs the demonstration's programme officer in, if all of this holds: the setting is on, the visitor is on this
    machine and came through no proxy, the address is a local one, and the council's data is marked as an example.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, to the officer if the visitor may be one."""
        open_ = request.path_info.startswith(FOR_ANYBODY)
        if settings.DEMO and not open_ and not request.user.is_authenticated and is_local(request):
            user = demo_user()
            if user is not None:
                login(request, user, backend=BACKEND)
        return self.get_response(request)


def is_local(request: HttpRequest) -> bool:
    """Whether a request comes from this machine, straight and by a local name."""
    if any(header in request.META for header in FORWARDED):
        return False
    try:
        on_loopback = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    name = (
        request.get_host().lower().rsplit(":", 1)[0]
        if not request.get_host().endswith("]")
        else request.get_host()
    )
    return on_loopback and name in LOCAL_NAMES
