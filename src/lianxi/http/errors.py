"""Rejections become JSON in one place; so does everything else that ends a request early."""

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from lianxi.kernel.errors import DatabaseAway, Rejection

log = structlog.get_logger(__name__)

Fact = str | int | bool | None


class Problem(BaseModel):
    """Why a request was refused: a stable code, a sentence, and facts for the sentence."""

    code: str
    detail: str
    facts: dict[str, Fact] = {}


class InvalidRequest(Rejection):
    """The request does not have the form this address expects; the facts name the field."""

    code = "invalid_request"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class MalformedRequest(Rejection):
    """The body could not be read as JSON in UTF-8."""

    code = "malformed_request"
    status = HTTPStatus.BAD_REQUEST


class InternalError(Rejection):
    """Something went wrong on our side; the fact `request` finds it in the log."""

    code = "internal_error"
    status = HTTPStatus.INTERNAL_SERVER_ERROR


_BY_STATUS = {
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that kind of request."),
}

EVERY_OPERATION: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The body could not be read."},
    422: {"model": Problem, "description": "The request does not have the expected form."},
    503: {"model": Problem, "description": "The database or the switchboard is away."},
}
"""Refusals that any operation may answer with."""


def refusals(*errors: type[Rejection]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route, so that the generated client knows every refusal."""
    found: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        status = int(error.status)
        sentence = f"`{error.code}`: {' '.join((error.__doc__ or '').split())}"
        earlier = found.get(status)
        text = f"{earlier['description']}\n\n{sentence}" if earlier else sentence
        found[status] = {"model": Problem, "description": text}
    return found


def answer(rejection: Rejection) -> JSONResponse:
    """The response for a rejection; `retry_after_s` among its facts becomes a header."""
    problem = Problem(code=rejection.code, detail=rejection.sentence, facts=rejection.facts)
    wait = rejection.facts.get("retry_after_s")
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return JSONResponse(problem.model_dump(), status_code=rejection.status, headers=headers)


async def _rejected(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Rejection)
    log.info("request.rejected", code=error.code, path=request.url.path)
    return answer(error)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return answer(MalformedRequest())
    return answer(
        InvalidRequest(field=".".join(str(part) for part in first["loc"]), why=str(first["msg"]))
    )


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return answer(MalformedRequest())
    code, detail = _BY_STATUS.get(error.status_code, ("refused", str(error.detail)))
    return JSONResponse(
        Problem(code=code, detail=detail).model_dump(),
        status_code=error.status_code,
        headers=dict(error.headers or {}),
    )


def _is_away(error: Exception) -> bool:
    # A lost or refused connection has no SQLSTATE, or one of class 08 or 57P.
    if isinstance(error, PoolTimeout):
        return True
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    lost = isinstance(error, OperationalError | InterfaceError)
    return lost and (state is None or state.startswith(("08", "57P")))


async def _database(request: Request, error: Exception) -> JSONResponse:
    if _is_away(error):
        log.warning("request.database_away", path=request.url.path)
        return answer(DatabaseAway())
    if isinstance(error, DataError):
        # A number too large for its column, a date before Christ: the request's fault.
        return answer(InvalidRequest(why="a value is out of range"))
    return await _bug(request, error)


async def _bug(request: Request, error: Exception) -> JSONResponse:
    log.error("request.failed", path=request.url.path, exc_info=error)
    return answer(InternalError(request=str(request.scope.get("request_id", ""))))


def install(app: FastAPI) -> None:
    """Teach the application how each kind of error is answered."""
    app.add_exception_handler(Rejection, _rejected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(Exception, _bug)
