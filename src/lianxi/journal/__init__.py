"""The append-only store of facts: codec, cursors, snapshots and the durable inbox."""
