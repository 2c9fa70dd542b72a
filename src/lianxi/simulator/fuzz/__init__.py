"""Random days at the switchboard, watched by laws that must hold over any of them."""
