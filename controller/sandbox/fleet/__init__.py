"""A fleet to try the controller on: two clusters of a shop, grown over years, logging as such do.

``seed(sandbox)`` builds it and forgets its own calls; the answer says what is special about whom.
Nothing in it is real. Every environment value, every secret's reference and every credential in a
log option is a canary: none may ever show up in what the controller says.
"""

from __future__ import annotations

from controller.sandbox.fleet.seed import Fleet, seed

__all__ = ["Fleet", "seed"]
