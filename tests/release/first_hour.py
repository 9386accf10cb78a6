"""`python -m tests.release.first_hour`: the first hour of a lead, over ssh with the one file.

The lead has no rights on the server and no packages there; marketing answers on this machine. It
takes minutes, so the gate runs the same hour here, with the program that is installed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.journeys.first_hour import FirstHour
from tests.release.here import built_here
from tests.release.remote import Remote, no_server


def main() -> int:
    """Run it; 2 where there can be no server."""
    if (why := no_server()) is not None:
        print(f"not run: {why}", file=sys.stderr)
        return 2
    with Remote() as server, tempfile.TemporaryDirectory(prefix="planner-elsewhere-") as elsewhere:
        server.put(built_here(), ".local/bin/planner")
        hour = FirstHour(server, Path(elsewhere))
        hour.run()
        hour.imports_on_the_screen()
    print("the first hour: well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
