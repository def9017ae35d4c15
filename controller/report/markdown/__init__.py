"""GitHub-flavoured Markdown: for pull requests, job summaries and weekly reports."""

from __future__ import annotations
