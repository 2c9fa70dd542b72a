"""Background jobs: collects them from the modules, runs them, sweeps the clocks."""
