"""The one place where results leave the process."""
