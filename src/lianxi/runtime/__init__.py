"""The asyncio shell around the engine: driver, clock, command outbox, reconciler, watchdog."""
