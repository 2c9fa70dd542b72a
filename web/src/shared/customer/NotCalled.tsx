/** That a number is not to be called any more, with the reason: shape and words, never colour alone. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { CallbackRow } from '@/api/handing'
import { useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'

type Why = CallbackRow['do_not_call']

/** In words; `null` when it may be called. */
export function useNotCalled(why: Why): string | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  if (why === null) return null
  if (why.until === null) return t('whynot.do_not_call', { reason: why.reason })
  return t('whynot.do_not_call_until', { reason: why.reason, at: shortDateTime(why.until, i18n.language, zone) })
}

export function NotCalled({ why }: { why: Why }): ReactElement | null {
  const words = useNotCalled(why)
  if (words === null) return null
  return (
    <span className="over" data-testid="not-called">
      ■ {words}
    </span>
  )
}
