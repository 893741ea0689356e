"""People ask here: the command line, Telegram, and the demo chat."""
