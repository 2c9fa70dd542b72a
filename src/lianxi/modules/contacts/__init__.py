"""Records of contacts: the list, the whole story of one, and its number for those who may see it.

Owns no table: what it shows are projections. It appends nothing and listens to nothing.
"""
