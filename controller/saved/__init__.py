"""saved: readers that keep what they were answered, and answer it again where there is no AWS.

One class for each port serves both: given a live reader, it asks that one and keeps the answer;
given none, it answers from an inventory, and what is not there is `NotSaved`, never empty. So what
is recorded and what is asked for offline cannot be two different things.

To add a method of a port: its row in `core/inventory_file/questions.py`, and here its method.
"""

from __future__ import annotations
