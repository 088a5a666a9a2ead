"""The walk-through's commands, run as they stand in the document, against a running server."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.processes.clients.served import served

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "api-walkthrough.md"
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def run(commands: list[str], folder: Path, **given: str) -> str:
    """In one shell, as somebody who types them one after another; the first that fails ends it."""
    script = "set -eu\n" + "\n".join(commands)
    environment = os.environ | given
    done = subprocess.run(
        ["/bin/sh", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_are_commands() -> None:
    assert len(COMMANDS) == 7


@pytest.mark.enable_socket
def test_every_command_of_the_document_works(tmp_path: Path, template: str) -> None:
    typed = tmp_path / "typed"
    typed.mkdir()
    run(COMMANDS[:1], typed)
    with served(tmp_path, template) as site:
        client, kid = site.register(typed / "public.pem")
        said = run(COMMANDS[1:], typed, BAKEN=site.address, CLIENT=client, KID=kid, SECRET="geheim")  # noqa: S106
        assert said.count('"aanvaard"') == 3
        assert site.house.rows("SELECT count(*) FROM intake_contribution") == [(3,)]
