/** To whom reports may go, and what they are called. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import { savedReports, type Recipient } from '@/api/figures'

export function usePossibleRecipients(): readonly Recipient[] {
  return useQuery({ queryKey: ['report-recipients'], queryFn: savedReports.recipients, staleTime: 300_000 }).data ?? []
}

/** The name of a person; of one who is no recipient any more, the id. */
export function useNameOf(): (person: string) => string {
  const people = usePossibleRecipients()
  return (person) => people.find((each) => each.id === person)?.name ?? person
}

export interface Choice {
  value: string
  label: string
  disabled?: boolean
}

/** Who can be chosen; those chosen before who cannot any more stay in the list, to be taken out. */
export function useChoices(chosen: readonly string[]): Choice[] {
  const { t } = useTranslation()
  const people = usePossibleRecipients()
  const known = new Set(people.map((person) => person.id))
  return [
    ...people.map((person) => ({
      value: person.id,
      label: person.has_address ? person.name : t('subscription.no_address', { name: person.name }),
      disabled: !person.has_address && !chosen.includes(person.id),
    })),
    ...(people.length === 0 ? [] : chosen.filter((id) => !known.has(id)).map((id) => ({ value: id, label: t('subscription.gone', { id }) }))),
  ]
}
