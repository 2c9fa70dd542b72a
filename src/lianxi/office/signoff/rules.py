"""Pure: which signatures count, and whether one may be added."""

from collections.abc import Sequence

from lianxi.office.signoff.contracts import Plan, Signature, Signing, Standing
from lianxi.office.signoff.errors import NotYourStep, RoleCannotSign, SignedAlready


def standing(plan: Plan, signatures: Sequence[Signature], content: str) -> Standing:
    """Which signatures count for the content as it is, and which step is open."""
    latest = {s.step: s for s in signatures if s.content == content}
    valid: list[Signature] = []
    for step in plan:
        if step.name not in latest:
            return Standing(valid=tuple(valid), next=step.name)
        valid.append(latest[step.name])
    return Standing(valid=tuple(valid), next=None)


def sign(plan: Plan, signatures: Sequence[Signature], signing: Signing) -> Signature:
    """The signature, if it may be given now.

    Raises:
        NotYourStep: another step is open, or none.
        RoleCannotSign: the person has not the step's role.
        SignedAlready: the person signed another step of the same content.
    """
    now = standing(plan, signatures, signing.content)
    if now.next != signing.step:
        raise NotYourStep(step=signing.step, open=now.next)
    step = next(step for step in plan if step.name == signing.step)
    if step.role not in signing.roles:
        raise RoleCannotSign(step=step.name, role=step.role)
    if any(signature.person == signing.person for signature in now.valid):
        raise SignedAlready(step=step.name)
    return Signature(
        step=step.name,
        role=step.role,
        person=signing.person,
        name=signing.name,
        content=signing.content,
        at=signing.at,
        note=signing.note,
    )
