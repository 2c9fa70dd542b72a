"""HTTP of what a person may ask for: a copy of all that is kept of them, and to be forgotten."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from lianxi.api import personal
from lianxi.api.desk import HubPart
from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import ContactId
from lianxi.modules.cases import erasing as cases_erasing
from lianxi.modules.cases import files as case_files
from lianxi.modules.cases.drafts_repository import CaseDraftRepository
from lianxi.modules.cases.files import CaseFolder
from lianxi.modules.contacts import facade as contacts
from lianxi.modules.contacts.exported_repository import contacts_of
from lianxi.modules.customers import erasing, errors, looking
from lianxi.modules.customers import facade as customers
from lianxi.modules.customers.contracts import Customer
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

router = APIRouter(prefix="/customers", tags=["customers"])

Keeper = Annotated[Caller, needs(Permission.CUSTOMERS_PERSONAL)]
FolderPart = Annotated[CaseFolder, provided(CaseFolder)]
Key = Annotated[str, StringConstraints(max_length=40)]
Reason = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]


class CustomerCopyIn(BaseModel):
    """Why a copy is made: who asked for it, and how."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class CustomerEraseIn(BaseModel):
    """Why the customer is erased, and the revision that was read."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason
    revision: int


class CustomerHoldOut(BaseModel):
    """Something that must be over first: `open_case`, `open_warning`, `held_recording`,
    `promised_callback` or `on_the_line`, and which."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    what: str


class CustomerErasedOut(BaseModel):
    """The proof that a customer was erased: how much of what is gone, and what is kept without a
    name; `digest` is the SHA-256 of what was erased."""

    model_config = ConfigDict(from_attributes=True)

    customer: str
    at: int
    by: str | None
    by_name: str
    reason: str
    erased: dict[str, int]
    kept: dict[str, int]
    digest: str


class CustomerErasureOut(BaseModel):
    """What speaks against erasing a customer, or the proof that it was done."""

    holds: list[CustomerHoldOut]
    proof: CustomerErasedOut | None


@router.post(
    "/{customer_id}/copy",
    operation_id="copy_customer",
    response_class=Response,
    responses={
        **refusals(
            NotSignedIn, Forbidden, CsrfRefused, errors.CustomerNotFound, errors.CustomerErased,
            errors.CustomerMerged, errors.CustomerReasonMissing,
        ),
        200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}},
    },
)  # fmt: skip
async def copy_customer(
    customer_id: Key, body: CustomerCopyIn, caller: Keeper, uow: UnitOfWork, now: Now
) -> Response:
    """All that is kept of a customer as a ZIP of JSON files, numbers in full, with the SHA-256 of
    each; that it was given out is in the audit, with the SHA-256 of the whole."""
    if not body.reason:
        raise errors.CustomerReasonMissing
    family = await erasing.whole(uow, customer_id, by=caller)
    matters = await cases_erasing.of_customers(uow, [one.id for one in family])
    spoke = await personal.contacts_of(uow, family, contacts.reach_of(caller))
    acts = await audit.of_object(uow, f"customer:{family[0].id}")
    content, digest = personal.copy(
        family, matters, spoke, acts, by=caller, at=now, reason=body.reason
    )
    await audit.record(
        uow,
        at=now,
        who=caller,
        act=Act.CUSTOMER_COPIED,
        object=f"customer:{family[0].id}",
        facts={"sha256": digest, "work_orders": len(matters), "contacts": len(spoke)},
        reason=body.reason,
    )
    name = f"lianxi-customer-{family[0].id}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-SHA256": digest}
    return Response(content, media_type="application/zip", headers=headers)


@router.get(
    "/{customer_id}/erasure",
    operation_id="get_customer_erasure",
    responses=refusals(NotSignedIn, Forbidden, errors.CustomerNotFound, errors.CustomerMerged),
)
async def get_customer_erasure(
    customer_id: Key, caller: Keeper, uow: UnitOfWork, hub: HubPart
) -> CustomerErasureOut:
    """What speaks against erasing a customer, or the proof that it was done."""
    await looking.one(uow, customer_id, looking.eyes_of(caller))
    proof = await erasing.proof(uow, customer_id)
    if proof is not None:
        return CustomerErasureOut(holds=[], proof=CustomerErasedOut.model_validate(proof))
    family = await erasing.whole(uow, customer_id, by=caller)
    matters = await cases_erasing.of_customers(uow, [one.id for one in family])
    spoke = await _contacts(uow, family)
    found = await personal.holds(uow, family, matters, spoke, hub.centre.state)
    return CustomerErasureOut(
        holds=[CustomerHoldOut.model_validate(one) for one in found], proof=None
    )


@router.post(
    "/{customer_id}/erase",
    operation_id="erase_customer",
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CustomerNotFound, errors.CustomerMerged,
        errors.CustomerChanged, errors.CustomerReasonMissing, errors.CustomerHeld,
    ),
)  # fmt: skip
async def erase_customer(
    customer_id: Key,
    body: CustomerEraseIn,
    caller: Keeper,
    uow: UnitOfWork,
    hub: HubPart,
    folder: FolderPart,
    now: Now,
) -> CustomerErasedOut:
    """Forget who a customer is, and those who were merged into it: profile, numbers, identities,
    consents and code are gone, closed work orders stay without name, number and files. Asked again,
    the answer is the same proof."""
    await looking.one(uow, customer_id, looking.eyes_of(caller))
    done = await erasing.proof(uow, customer_id)
    if done is not None:
        return CustomerErasedOut.model_validate(done)
    family = await erasing.whole(uow, customer_id, by=caller)
    erasing.require(family[0], reason=body.reason, revision=body.revision)
    matters = await cases_erasing.of_customers(uow, [one.id for one in family])
    spoke = await _contacts(uow, family)
    found = await personal.holds(uow, family, matters, spoke, hub.centre.state)
    if found:
        first = found[0]
        raise errors.CustomerHeld(kind=first.kind, what=first.what, many=len(found))
    nameless = await cases_erasing.make_nameless(uow, matters, personal.secrets_of(family))
    ids = [one.id for one in matters]
    gone = await case_files.forget(uow, folder, ids, by=caller.user, at=now)
    drafts = await CaseDraftRepository(uow).forget(spoke)
    proof = await erasing.erase(
        uow,
        family,
        reason=body.reason,
        also={"work_orders": nameless, "files": gone, "drafts": drafts},
        kept={"work_orders": len(matters), "contacts": len(spoke)},
        by=caller,
        at=now,
    )
    return CustomerErasedOut.model_validate(proof)


async def _contacts(uow: UnitOfWork, family: list[Customer]) -> list[ContactId]:
    numbers = {form for one in family for form in customers.written_numbers(one)}
    found: set[ContactId] = set()
    for number in sorted(numbers):
        found |= set(await contacts_of(uow, number))
    return sorted(found)
