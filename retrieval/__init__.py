"""Passages embedded and indexed, searched, and decided on: an answer, something related, or nothing."""
