"""The keeper: one process that runs PostgreSQL as its child while anybody needs it.

Run by `EmbeddedServer` as `python -m goldenthread.embedded.keeper LOCK JSON`, LOCK being the open, locked keeper.lock.
If the keeper is killed, the kernel tells PostgreSQL to stop; if PostgreSQL is killed, the keeper starts it again.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from goldenthread.embedded.cluster import Cluster
from goldenthread.embedded.programs import account_for_root, programs_folder, programs_for_root
from goldenthread.embedded.shared import ServerFiles, open_lock, try_lock, write_whole

GLANCE = 0.25  # seconds between two looks at who still needs the server
PATIENCE = 45.0  # seconds for the processes of a killed predecessor to end; less than a client waits


def main(arguments: Sequence[str]) -> None:
    """Go to the background, so that the caller is not kept and has no child to wait for, and keep the server."""
    told = json.loads(arguments[1])
    if os.fork() > 0:
        os._exit(0)  # the lock, arguments[0], stays with the child
    os.chdir("/")
    os.umask(0o077)
    files = ServerFiles(Path(told["folder"]))
    try:
        keep(_cluster(files, told), open_lock(files.in_use))
    except Exception as error:
        write_whole(files.failure, str(error) or repr(error))
        raise


def keep(cluster: Cluster, in_use: int) -> None:
    """Run the server until nobody holds the lock `in_use`.

    Raises:
        EmbeddedServerError: The server does not start.
    """
    cluster.make()
    files = cluster.files
    while not try_lock(in_use, exclusive=True):
        if cluster.process is None or cluster.process.poll() is not None:
            files.ready.unlink(missing_ok=True)
            files.write_ready(cluster.start(PATIENCE))
        time.sleep(GLANCE)
    files.ready.unlink(missing_ok=True)
    cluster.stop()


def _cluster(files: ServerFiles, told: dict[str, object]) -> Cluster:
    settings = told["settings"]
    assert isinstance(settings, dict)
    if os.geteuid() == 0:
        return Cluster(
            files, programs_for_root(Path(str(told["system_folder"]))), account_for_root(), settings
        )
    return Cluster(files, programs_folder(), None, settings)


if __name__ == "__main__":
    main(sys.argv[1:])
