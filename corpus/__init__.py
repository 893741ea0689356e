"""Articles as they come, cleaned, kept in every version, and split into passages."""
