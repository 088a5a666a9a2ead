"""Registers a system of the police with the public key in a file, and writes its client id and the name of its key."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import clients, webhooks
from accounts.scopes import Scope
from accounts.webhooks import Topic
from tests import cast

SCOPES = frozenset({Scope.SUBMIT_REPORTS, Scope.READ_REPORTS, Scope.SUBMIT_BATCHES})


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", type=Path)
        parser.add_argument("--told", default="")

    def handle(self, *args: Any, key: Path, told: str, **options: Any) -> None:
        where, by = cast.organisation(cast.POLICE), cast.actor(cast.KEEPER)
        client = clients.register(organisation=where, name="zaaksysteem", scopes=SCOPES, by=by)
        clients.add_key(client=client, text=key.read_text(), lifetime=timedelta(days=1), by=by)
        (view,) = (one for one in clients.clients_of(where) if one.id == client)
        words = [str(client), view.keys[0].kid]
        if told:
            words.append(webhooks.add(organisation=where, address=told, topics=frozenset({Topic.BATCH}), by=by).secret)
        self.stdout.write(" ".join(words))
