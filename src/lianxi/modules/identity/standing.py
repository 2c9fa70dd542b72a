"""What signing in says about people: when they came last, who is locked out, and since when.

Failed attempts are counted by user name, so a person is locked without anybody having an account
row changed; unlocking forgets the attempts.
"""

from collections import defaultdict

from sqlalchemy.ext.asyncio import AsyncSession

from lianxi.http.caller import Caller
from lianxi.kernel.ids import UserId
from lianxi.kernel.time import Instant
from lianxi.modules.identity import rules
from lianxi.modules.identity.contracts import Failures, SignIn, Standing
from lianxi.modules.identity.errors import SignInNotFound
from lianxi.modules.identity.repository import PeopleRepository
from lianxi.modules.identity.sign_in_repository import SignInRepository
from lianxi.office.audit import facade as audit
from lianxi.office.audit.contracts import Act

SHOWN = 20
"""So many of one's own sign-ins are listed."""


async def standings(session: AsyncSession, *, at: Instant) -> dict[UserId, Standing]:
    """Of everybody who ever signed in or failed to, by person."""
    since = Instant(at - rules.ATTEMPT_WINDOW)
    repository = SignInRepository(session)
    last = await repository.last_of_all()
    failed: dict[UserId, dict[str, list[Instant]]] = defaultdict(lambda: defaultdict(list))
    for user, address, when in await repository.failures_of_all(since=since):
        failed[user][address].append(when)
    locked = {user: locked_until(by_address, at=at) for user, by_address in failed.items()}
    return {
        user: Standing(last_sign_in=last.get(user), locked_until=locked.get(user))
        for user in {*last, *failed}
    }


def locked_until(by_address: dict[str, list[Instant]], *, at: Instant) -> Instant | None:
    """Until when a person may not sign in from at least one place; None = from everywhere now.

    Args:
        by_address: failed attempts within the window, oldest first, by where they came from.
        at: now.
    """
    everywhere = sorted(each for instants in by_address.values() for each in instants)
    waits = [
        rules.wait_before_attempt(
            Failures(of_user_from_address=instants, of_user=everywhere, from_address=()), at=at
        )
        for instants in by_address.values()
    ]
    longest = max(waits, default=0)
    return Instant(at + longest) if longest else None


async def unlock(session: AsyncSession, identifier: UserId, *, at: Instant, by: Caller) -> None:
    """Forget a person's failed attempts: the next one is taken, from everywhere.

    Raises:
        UserNotFound.
    """
    user = await PeopleRepository(session).get(identifier)
    if not await SignInRepository(session).forget(user.username):
        return
    await audit.record(session, at=at, who=by, act=Act.USER_UNLOCKED, object=f"user:{identifier}")


async def own_sign_ins(session: AsyncSession, user: UserId, *, at: Instant) -> list[SignIn]:
    """The person's sign-ins, newest first."""
    return await SignInRepository(session).of(user, at=at, limit=SHOWN)


async def end_own_sign_in(
    session: AsyncSession, identifier: str, *, at: Instant, by: Caller
) -> None:
    """End one of one's own sign-ins, on a machine one has left.

    Raises:
        SignInNotFound.
    """
    if not await SignInRepository(session).end(identifier, user=by.user, at=at):
        raise SignInNotFound(sign_in=identifier)
    await audit.record(
        session,
        at=at,
        who=by,
        act=Act.SIGNED_OUT,
        object=f"user:{by.user}",
        facts={"elsewhere": True},
    )
