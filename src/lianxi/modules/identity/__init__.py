"""Users, roles, permissions, sessions, and the phones agents sign in with."""
