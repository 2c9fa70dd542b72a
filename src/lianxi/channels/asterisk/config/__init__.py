"""The configuration of one Asterisk, generated whole from code: one idea per file."""
