"""The mechanisms the back office stands on."""
