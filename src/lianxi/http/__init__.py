"""What routers share: unit of work, caller, pages, problems."""
