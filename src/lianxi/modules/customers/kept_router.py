"""HTTP for customers as they are kept: found, made, changed, merged and parted."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import StringConstraints

from lianxi.http.caller import Caller, CsrfRefused, Forbidden, NotSignedIn, needs
from lianxi.http.deps import Now, UnitOfWork, provided
from lianxi.http.errors import refusals
from lianxi.http.pages import CursorInvalid, Limit, Page, decode_cursor, encode_cursor
from lianxi.http.permissions import Permission
from lianxi.kernel.ids import CustomerId
from lianxi.kernel.time import Instant
from lianxi.modules.customers import asked, errors, joining, keeping, looking, shapes, verifying
from lianxi.modules.customers.contracts import (
    CheckMethod,
    ConsentAnswer,
    CustomerFilter,
    HashesCodes,
    Purpose,
)

router = APIRouter(tags=["customers"])

Reader = Annotated[Caller, needs(Permission.CUSTOMERS_READ)]
Writer = Annotated[Caller, needs(Permission.CUSTOMERS_EDIT)]
Joiner = Annotated[Caller, needs(Permission.CUSTOMERS_MERGE)]
Key = Annotated[str, StringConstraints(max_length=40)]
Words = Annotated[str, StringConstraints(max_length=100)]
Tail = Annotated[str, StringConstraints(pattern=r"^[0-9]{3,20}$")]

_CHANGED = (
    NotSignedIn, Forbidden, CsrfRefused, errors.CustomerNotFound, errors.CustomerMerged,
    errors.CustomerErased,
)  # fmt: skip


def _wanted(
    text: Words | None = None,
    number_tail: Tail | None = None,
    certificate: Key | None = None,
    level: Key | None = None,
    tag: Key | None = None,
    consent: Purpose | None = None,
    answer: ConsentAnswer = ConsentAnswer.YES,
) -> CustomerFilter:
    return CustomerFilter(
        text=text, number_tail=number_tail, certificate=certificate, level=level, tag=tag,
        consent=consent, answer=answer,
    )  # fmt: skip


@router.get(
    "/customers",
    operation_id="list_customers",
    response_model=Page[shapes.CustomerLineOut],
    responses=refusals(NotSignedIn, Forbidden, CursorInvalid),
)
async def list_customers(
    caller: Reader,
    uow: UnitOfWork,
    wanted: Annotated[CustomerFilter, Depends(_wanted)],
    cursor: str | None = None,
    limit: Limit = 50,
) -> object:
    """Find customers by words (names, also by their pinyin, companies, addresses, certificates),
    by the end of a number, by certificate, level or tag, or by what they said to a purpose; newest
    first."""
    after = None
    if cursor is not None:
        at, id = decode_cursor(cursor, int, str)
        after = Instant(int(at)), CustomerId(str(id))
    eyes = looking.eyes_of(caller)
    found = await looking.find(uow, wanted, eyes, after=after, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": [shapes.CustomerLineOut.of(one) for one in found[:limit]],
        "next": encode_cursor(last.created_at, last.id) if last else None,
    }


@router.get(
    "/customers/match",
    operation_id="match_customers",
    response_model=shapes.CustomerMatchOut,
    responses=refusals(NotSignedIn, Forbidden),
)
async def match_customers(
    caller: Reader,
    uow: UnitOfWork,
    number: Annotated[str, Query(max_length=40)] = "",
    certificate: Annotated[str, Query(max_length=40)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    value: Annotated[str, Query(max_length=200)] = "",
) -> object:
    """Tell who has a number, a certificate, or an identity on another channel; nobody is guessed.
    Confidential customers are named too, so that they are not made a second time."""
    found = await looking.match(uow, number=number, certificate=certificate, kind=kind, value=value)
    return {"customers": [shapes.CustomerLineOut.of(one) for one in found]}


@router.post(
    "/customers",
    operation_id="create_customer",
    status_code=201,
    response_model=shapes.CustomerOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CustomerNameMissing,
        errors.CustomerNumberInvalid, errors.CertificateTaken,
    ),
)  # fmt: skip
async def create_customer(
    body: asked.CustomerIn, caller: Writer, uow: UnitOfWork, now: Now
) -> object:
    """Make a customer; others may have the same numbers."""
    made = await keeping.create(uow, body.profile.profile(), body.new_numbers(), by=caller, at=now)
    return shapes.CustomerOut.of(made)


@router.get(
    "/customers/{customer_id}",
    operation_id="get_customer",
    response_model=shapes.CustomerOut,
    responses=refusals(NotSignedIn, Forbidden, errors.CustomerNotFound),
)
async def get_customer(customer_id: Key, caller: Reader, uow: UnitOfWork) -> object:
    """A customer; one that was merged says into whom."""
    found = await looking.one(uow, customer_id, looking.eyes_of(caller))
    return shapes.CustomerOut.of(found)


@router.put(
    "/customers/{customer_id}",
    operation_id="change_customer",
    response_model=shapes.CustomerOut,
    responses=refusals(
        *_CHANGED, errors.CustomerChanged, errors.CustomerNameMissing, errors.CustomerNumberInvalid,
        errors.CertificateTaken, errors.CustomerNumberNotFound,
    ),
)  # fmt: skip
async def change_customer(
    customer_id: Key, body: asked.CustomerChangeIn, caller: Writer, uow: UnitOfWork, now: Now
) -> object:
    """Change what is known of a customer, and its numbers."""
    after = await keeping.change(uow, customer_id, body.wanted(), by=caller, at=now)
    return shapes.CustomerOut.of(after)


@router.post(
    "/customers/{customer_id}/reveal",
    operation_id="reveal_customer",
    response_model=shapes.CustomerOut,
    responses=refusals(NotSignedIn, Forbidden, CsrfRefused, errors.CustomerNotFound),
)
async def reveal_customer(
    customer_id: Key,
    caller: Annotated[Caller, needs(Permission.CUSTOMERS_READ, Permission.RECORDS_REVEAL)],
    uow: UnitOfWork,
    now: Now,
) -> object:
    """A customer with its numbers in full; that they were seen is written down."""
    found = await keeping.reveal(uow, customer_id, by=caller, at=now)
    return shapes.CustomerOut.of(found, full=True)


@router.put(
    "/customers/{customer_id}/consents/{purpose}",
    operation_id="set_customer_consent",
    response_model=shapes.CustomerOut,
    responses=refusals(*_CHANGED, errors.CustomerReasonMissing),
)
async def set_customer_consent(
    customer_id: Key,
    purpose: Purpose,
    body: asked.ConsentIn,
    caller: Writer,
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Write down what the customer said to a purpose: yes or no, and by what it can be shown."""
    after = await keeping.consent(
        uow, customer_id, purpose, body.given, body.how, by=caller, at=now
    )
    return shapes.CustomerOut.of(after)


_QUIET = (*_CHANGED, errors.CustomerNumberNotFound)


@router.put(
    "/customers/{customer_id}/numbers/{number_id}/do-not-call",
    operation_id="set_do_not_call",
    response_model=shapes.CustomerOut,
    responses=refusals(*_QUIET, errors.CustomerReasonMissing),
)
async def set_do_not_call(
    customer_id: Key,
    number_id: Key,
    body: asked.DoNotCallIn,
    caller: Writer,
    uow: UnitOfWork,
    now: Now,
) -> object:
    """Say that a number is not to be called, whoever has it."""
    wanted = body.wanted()
    after = await keeping.do_not_call(uow, customer_id, number_id, wanted, by=caller, at=now)
    return shapes.CustomerOut.of(after)


@router.delete(
    "/customers/{customer_id}/numbers/{number_id}/do-not-call",
    operation_id="lift_do_not_call",
    response_model=shapes.CustomerOut,
    responses=refusals(*_QUIET),
)
async def lift_do_not_call(
    customer_id: Key, number_id: Key, caller: Writer, uow: UnitOfWork, now: Now
) -> object:
    """Say that a number may be called again."""
    after = await keeping.do_not_call(uow, customer_id, number_id, None, by=caller, at=now)
    return shapes.CustomerOut.of(after)


@router.post(
    "/customers/{customer_id}/check",
    operation_id="check_customer",
    response_model=shapes.CustomerCheckedOut,
    responses=refusals(*_CHANGED),
)
async def check_customer(
    customer_id: Key,
    body: asked.CustomerCheckIn,
    caller: Writer,
    uow: UnitOfWork,
    now: Now,
    hashes: Annotated[HashesCodes, provided(HashesCodes)],
) -> object:
    """Find out whether it is this customer: by the code, or by a question rightly answered. A code
    that is wrong, locked or not there is `passed: false`, and looks the same."""
    if body.method is CheckMethod.PASSWORD:
        found, passed = await verifying.by_code(
            uow, customer_id, body.code, hashes=hashes, by=caller, at=now
        )
    else:
        found, passed = await verifying.by_question(uow, customer_id, by=caller, at=now), True
    return {"passed": passed, "customer": shapes.CustomerOut.of(found)}


@router.get(
    "/customers/{customer_id}/merges",
    operation_id="list_customer_merges",
    response_model=list[shapes.CustomerMergeOut],
    responses=refusals(NotSignedIn, Forbidden, errors.CustomerNotFound),
)
async def list_customer_merges(customer_id: Key, caller: Reader, uow: UnitOfWork) -> object:
    """Every merge that a customer had a part in, newest first, those taken back as well."""
    found = await joining.merges(uow, customer_id, by=caller)
    return [shapes.CustomerMergeOut.of(one) for one in found]


@router.post(
    "/customers/{customer_id}/merge",
    operation_id="merge_customer",
    response_model=shapes.CustomerOut,
    responses=refusals(
        *_CHANGED, errors.CannotMergeCustomers, errors.CustomerReasonMissing,
        errors.CustomerChanged,
    ),
)  # fmt: skip
async def merge_customer(
    customer_id: Key, body: asked.CustomerMergeIn, caller: Joiner, uow: UnitOfWork, now: Now
) -> object:
    """Merge a customer into another that is the same one; the answer is the other."""
    after = await joining.merge(
        uow, customer_id, body.into, reason=body.reason, revision=body.revision, by=caller, at=now
    )
    return shapes.CustomerOut.of(after)


@router.post(
    "/customers/{customer_id}/unmerge",
    operation_id="unmerge_customer",
    response_model=shapes.CustomerOut,
    responses=refusals(
        NotSignedIn, Forbidden, CsrfRefused, errors.CustomerNotFound, errors.NotMerged,
        errors.MergedOnward, errors.CustomerReasonMissing, errors.CertificateTaken,
    ),
)  # fmt: skip
async def unmerge_customer(
    customer_id: Key, body: asked.CustomerUnmergeIn, caller: Joiner, uow: UnitOfWork, now: Now
) -> object:
    """Take a merge back: this customer is found again as it was."""
    free = await joining.unmerge(uow, customer_id, reason=body.reason, by=caller, at=now)
    return shapes.CustomerOut.of(free)
