/** The name of a not-ready reason: one of the centre's, or one that the system gives by itself. */
import i18next from 'i18next'

import { nameIn, type BilingualName } from './format'

export function reasonName(
  language: string,
  reasons: readonly (BilingualName & { code: string })[],
  code: string | null,
): string | null {
  if (code === null || code === '') return null
  const known = reasons.find((each) => each.code === code)
  if (known !== undefined) return nameIn(language, known)
  return i18next.exists(`reason.${code}`) ? i18next.t(`reason.${code}`) : code
}
