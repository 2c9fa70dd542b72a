"""Mail: one letter, handed in at the operator's mail server.

server = facade.server_of(settings)
await facade.send(server, facade.letter(sender=server.sender, to=..., subject=..., ...))
"""
