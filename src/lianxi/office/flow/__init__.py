"""Flow: the one way in which a matter changes its state.

A flow is a declaration: states, and steps that lead from one to another. `fire` does a step: it
locks the matter, asks the guards, changes it, writes the audit, starts and ends clocks and puts
notices into the outbox, all in one transaction. An event that the present state does not allow is
refused by name, with those that are allowed, and writes nothing.

    ORDER = Flow(
        name="case",
        states=("dispatching", "handling", "done"),
        closed=("done",),
        steps=(
            Step(event="dispatch", sources=("dispatching",), to="handling", change=dispatched,
                 starts=("wo.accept",), stops={"wo.dispatch": None}),
            Step(event="complete", sources=("handling",), to="done", guards=(has_text,)),
        ),
    )
    order = await fire(session, ORDER, orders, id, Happened(event="dispatch", by=caller, at=now))
"""
