"""Live topics over one WebSocket per browser: snapshots, sequenced changes, resuming."""
