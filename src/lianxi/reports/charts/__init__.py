"""Control charts: a metric against its own history. Pure: numbers in, limits and signals out."""
