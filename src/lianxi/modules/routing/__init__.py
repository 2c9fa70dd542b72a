"""Queues, skills, reasons and targets; publishes them to the engine as one snapshot."""
