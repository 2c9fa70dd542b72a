"""Form: questions as data. One validator and one scorer serve intake, warning sheet, scorecard,
exam paper, survey and checklist.

A form has versions; a published one is never changed, and an answer sheet belongs to the version it
was filled by, so an old case keeps its form.

    >>> from lianxi.office.form.contracts import Form, Item, ItemKind
    >>> from lianxi.office.form.rules import score, validate
    >>> card = Form(kind="scorecard", version=1, items=(
    ...     Item(name="greeting", kind=ItemKind.POINTS, zh="问候", points=5, weight=40),
    ...     Item(name="answer", kind=ItemKind.POINTS, zh="解答", points=10, weight=60),
    ...     Item(name="rude", kind=ItemKind.FATAL, zh="辱骂客户"),
    ... ))
    >>> validate(card, {"greeting": 4, "answer": 11})
    [Fault(item='answer', code='above')]
    >>> score(card, {"greeting": 4, "answer": 5, "rude": False}).percent
    Decimal('62.00')
"""
