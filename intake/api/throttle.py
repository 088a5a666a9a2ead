"""How often one system may ask: a number of requests in each minute, counted in the shared cache. It knows no addresses."""

import time

from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts import limits
from accounts.authentication import Client

WINDOW = 60


class ClientRate(BaseThrottle):
    """Per token. Without a cache nobody is counted: a report must come in while Redis is away."""

    def allow_request(self, request: Request, view: object) -> bool:
        client = request.user
        if not isinstance(client, Client):
            return True
        try:
            return limits.within("interface", client.actor.id, most=settings.BAKEN_API_RATE, seconds=WINDOW)
        except RedisError:
            return True

    def wait(self) -> float:
        return WINDOW - time.time() % WINDOW + 1
