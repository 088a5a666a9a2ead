"""How gunicorn serves: one process with threads on this machine's own address, unless the environment says otherwise.

The demonstration lets anybody sign in as anybody: beyond loopback it starts only when told so in words.
"""

import logging
import os
import sys
from ipaddress import ip_address
from typing import Any

from safeguards.log_filter import IdentityFilter

wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('BAKEN_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
threads = int(os.environ.get("BAKEN_WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 8
keepalive = 5
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Requests are recorded in the audit trail where they matter; a list of addresses would be one more store of who did what.
accesslog = None
errorlog = "-"
loglevel = "warning"

BEYOND_LOOPBACK = (
    "The demonstration lets anybody sign in as anybody, so it serves this machine only; set BAKEN_BIND to 127.0.0.1, "
    "or BAKEN_BEYOND_LOOPBACK=yes if you mean it."
)


def on_starting(server: Any) -> None:
    """gunicorn calls this before it binds."""
    demonstration = os.environ.get("DJANGO_SETTINGS_MODULE") == "config.settings.demonstration"
    if demonstration and os.environ.get("BAKEN_BEYOND_LOOPBACK") != "yes" and not all(map(_loopback, server.cfg.address)):
        sys.exit(BEYOND_LOOPBACK)


def post_worker_init(worker: Any) -> None:
    """gunicorn calls this when the site is loaded. What is logged from here on is of requests: errors alone, filtered."""
    errors = worker.log.error_log
    errors.setLevel(logging.ERROR)
    for handler in errors.handlers:
        handler.addFilter(IdentityFilter())


def _loopback(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # A socket file is on this machine.
    try:
        return address[0] == "localhost" or ip_address(address[0]).is_loopback
    except ValueError:
        return False
