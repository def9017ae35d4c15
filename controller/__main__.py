"""`ecs-logging`, the program, from its very first moment."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program; an interrupt before it has started ends it as one later does."""
    try:
        from controller.cli import main as run  # noqa: PLC0415  # imports take their time, too

        run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
