"""Connectors (接口): systems outside that flows may ask, each set up once and named in the flows.

A connector is an address with places for arguments, a method, headers of which some are secret, and
whether it may lead into our own network. What a flow asks with is data; where it goes is not.
"""
