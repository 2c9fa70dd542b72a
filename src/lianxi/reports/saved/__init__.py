"""Saved reports: a question or a fixed form, who gets it by e-mail, and when."""
