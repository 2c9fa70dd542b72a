"""Ledger: double entry in quantities. What leaves one account arrives in another.

A voucher has legs; per item and condition they add up to zero, which the database checks again at
the commit. Entries and vouchers are never changed: a wrong voucher is reversed by another. Numbers
of a series have no gaps. An account that may not go below zero does not, whoever posts at the same
time.

    await facade.post(session, NewVoucher(series="out", kind="issue", ...), [
        Leg(account=Account(book="stock", condition="good", nonneg=True), item="P1", quantity=-3),
        Leg(account=Account(book="station", party="A", condition="good"), item="P1", quantity=3),
    ], by="u1", at=now)
"""
