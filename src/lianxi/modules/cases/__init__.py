"""Cases (工单): what was promised to a customer, from the form to the archive.

Owns work orders with their rounds, dispatches, handlings, callbacks and audits, the types of cases,
the work areas and the catalogue that says which area handles what. States change through the flow
of `rules.ORDER` alone; deadlines are clocks of the office. Lists (to dispatch, to handle, returned,
to be called back, ...) are queries, never stored.
"""
