"""The flow interpreter: flows are validated data."""
