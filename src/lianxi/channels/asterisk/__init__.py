"""The telephone channel: Asterisk through ARI, its installation and configuration."""
