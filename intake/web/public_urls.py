"""Addresses for people without an account, and for the care coordinators who call them."""

from django.urls import URLPattern, URLResolver, path

from intake.web import callbacks, public, public_callbacks, public_links, public_signals, public_withdrawals

VISITORS: list[URLPattern | URLResolver] = [
    path("callbacks", callbacks.work_list, name="callbacks"),
    path("callbacks/<uuid:callback>", callbacks.callback, name="callback"),
    path("callbacks/<uuid:callback>/take", callbacks.take, name="callback-take"),
    path("callbacks/<uuid:callback>/back", callbacks.give_back, name="callback-back"),
    path("callbacks/<uuid:callback>/done", callbacks.done, name="callback-done"),
    path("without-account", public.start, name="without-account"),
    path("without-account/signal", public_signals.signal, name="public-signal"),
    path("without-account/stop", public_withdrawals.stop, name="public-stop"),
    path("without-account/call", public_callbacks.callback, name="public-callback"),
    path("without-account/call/asked", public_callbacks.asked, name="public-callback-asked"),
    path("without-account/link", public_links.link, name="public-link"),
    path("without-account/link/sent", public_links.sent, name="public-link-sent"),
    path("without-account/link/leave", public_links.leave, name="public-link-leave"),
    path("without-account/link/<str:token>", public_links.open_link, name="public-link-open"),
]
