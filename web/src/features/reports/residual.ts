/**
 * Where an identity does not hold. Its residual adds up over time, so a window with a residual has one
 * in its first half or in its second: halving finds the second, and with it the contacts, in some
 * twenty questions.
 */

export interface Stretch {
  begins: number
  ends: number
}

/** Sums of times are fractions of seconds: less than this is no residual. */
const NOISE = 1e-6
const FINEST_MS = 1_000

export const isBroken = (residual: number | undefined): boolean => residual !== undefined && Math.abs(residual) > NOISE

/** The first stretch of at most a second's length that has a residual; the window has one. */
export async function whereBroken(window: Stretch, residualIn: (stretch: Stretch) => Promise<number | undefined>): Promise<Stretch> {
  let { begins, ends } = window
  while (ends - begins > FINEST_MS) {
    const middle = Math.floor((begins + ends) / 2)
    // Each question depends on the answer before.
    // oxlint-disable-next-line no-await-in-loop
    if (isBroken(await residualIn({ begins, ends: middle }))) ends = middle
    else begins = middle
  }
  return { begins, ends }
}
