/** The name of a type in the language of the page; of every type, where none is named. */
import { useTranslation } from 'react-i18next'

import type { CaseType } from '@/api/cases'
import { textIn } from '@/ui/format'

export function useKindName(types: readonly CaseType[]): (kind: string) => string {
  const { t, i18n } = useTranslation()
  return (kind) => {
    const found = types.find((each) => each.kind === kind)
    return found === undefined ? (kind === '' ? t('casesetup.any_kind') : kind) : textIn(i18n.language, found.zh, found.en)
  }
}
