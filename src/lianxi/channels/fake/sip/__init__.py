"""A small SIP user agent of our own: scripted callers and phones, UDP, G.711 a-law."""
