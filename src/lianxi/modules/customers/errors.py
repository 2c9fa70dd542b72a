"""Refusals of the customers module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CustomerNotFound(Rejection):
    """There is no such customer, or you may not see it."""

    code = "customer_not_found"
    status = HTTPStatus.NOT_FOUND


class CodeInvalid(Rejection):
    """A service code has 4 to 20 digits and nothing else; choose another one."""

    code = "code_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CustomerNameMissing(Rejection):
    """A customer needs a name; write down at least how the person wants to be called."""

    code = "customer_name_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CustomerNumberInvalid(Rejection):
    """This is no telephone number: it has 3 to 20 digits, blanks and dashes apart."""

    code = "customer_number_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CertificateTaken(Rejection):
    """Another customer has this certificate number; open that one, or merge the two."""

    code = "certificate_taken"


class CustomerChanged(Rejection):
    """Somebody else changed this customer after you read it; look at what it is now."""

    code = "customer_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class CustomerMerged(Rejection):
    """This customer was merged into another one; change that one, or undo the merge."""

    code = "customer_merged"


class SeveralCustomers(Rejection):
    """Several customers have this number; choose one of them first."""

    code = "several_customers"


class CannotMergeCustomers(Rejection):
    """A customer is merged into another one that is itself not merged."""

    code = "cannot_merge_customers"


class CustomerReasonMissing(Rejection):
    """Say why: this step needs a reason."""

    code = "customer_reason_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotMerged(Rejection):
    """This customer is not merged into another one; there is nothing to undo."""

    code = "not_merged"


class MergedOnward(Rejection):
    """The customer it was merged into was itself merged later; undo that merge first."""

    code = "merged_onward"


class CustomerNumberNotFound(Rejection):
    """The customer does not have this number any more; read the customer again."""

    code = "customer_number_not_found"
    status = HTTPStatus.NOT_FOUND


class CustomerErased(Rejection):
    """Everything that was known of this customer was erased; there is nothing to change."""

    code = "customer_erased"


class CustomerHeld(Rejection):
    """This customer cannot be erased yet; the facts say what must be over first."""

    code = "customer_held"


class CustomerImportNotFound(Rejection):
    """There is no such list of yours."""

    code = "customer_import_not_found"
    status = HTTPStatus.NOT_FOUND


class CustomerImportNotReady(Rejection):
    """This list is not checked yet, or it was taken in or forgotten; look at its state."""

    code = "customer_import_not_ready"


class TooManyImports(Rejection):
    """Several lists of yours are still being worked on; wait until one is done, or stop one."""

    code = "too_many_imports"
    status = HTTPStatus.TOO_MANY_REQUESTS
