"""The demonstration: scripted agents and customers on real telephones, so that a centre lives."""
