/** What speaks against a click on a number, wherever it stands. */
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { useRow } from '@/live/hooks'

/** Why a call cannot be placed from this desk now; `null` when it can. */
export function useWhyNotCall(): string | null {
  const { t, i18n } = useTranslation()
  const view = useRow<DeskView>('me', 'me')
  const word = view?.signed_in === true ? view.allowed['call'] : 'not_signed_in'
  if (typeof word !== 'string') return null
  return i18n.exists(`whynot.${word}`) ? t(`whynot.${word}`) : t('whynot.other', { code: word })
}
