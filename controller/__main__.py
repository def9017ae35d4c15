"""`python -m controller` is `ecs-logging`."""

from __future__ import annotations

from controller.cli import main

if __name__ == "__main__":
    main()
