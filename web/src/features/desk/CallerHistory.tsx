/** What went before with this customer: how often in a week, and the last contacts with their notes. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { handing, type FormerContact } from '@/api/handing'
import { useZone } from '@/api/session'
import { duration, nameIn, regionIn, shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

/** This many calls in a week, the present one included, are marked: something was not solved. */
const REPEATED = 2

function Former({ contact }: { contact: FormerContact }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const facts = [
    nameIn(i18n.language, contact.queue),
    contact.disposition === null ? null : contact.disposition.name === 'TIMEOUT' ? t('history.timeout') : nameIn(i18n.language, contact.disposition),
    contact.agent?.name ?? null,
    contact.talk_ms === null ? t('history.not_talked') : duration(contact.talk_ms),
  ].filter((fact) => fact !== null && fact !== '—')
  return (
    <li data-testid={`former-${contact.id}`}>
      <span className="figure">{shortDateTime(contact.arrived_at, i18n.language, zone).slice(0, 11)}</span>{' '}
      <span aria-hidden="true">{contact.direction === 'outbound' ? '↗' : '↙'}</span>
      <span className="screen-reader">{t(`history.${contact.direction === 'outbound' ? 'out' : 'in'}`)}</span> {facts.join(' · ')}
      {contact.note === '' ? null : (
        <p className="quiet former-note" title={contact.note}>
          {contact.note}
        </p>
      )}
    </li>
  )
}

function useHistory(contact: string) {
  return useQuery({ queryKey: ['desk', 'history', contact], queryFn: () => handing.history(contact), staleTime: Infinity })
}

/** How often this customer called within a week; nothing while that is not known. */
export function RepeatMark({ contact }: { contact: string }): ReactElement | null {
  const { t } = useTranslation()
  const found = useHistory(contact)
  if (found.data === undefined) return null
  const times = found.data.recent + 1
  const isRepeated = times >= REPEATED
  return (
    <p className={isRepeated ? 'repeated' : 'quiet'} data-testid="repeat-calls">
      {isRepeated ? <span aria-hidden="true">▲ </span> : null}
      {isRepeated ? t('history.repeated', { count: times }) : t('history.first')}
    </p>
  )
}

/** Where the number belongs, and who gave it out; nothing while or where that is not known. */
export function RegionWord({ contact }: { contact: string }): ReactElement | null {
  const { i18n } = useTranslation()
  const region = useHistory(contact).data?.region ?? null
  return region === null ? null : <span data-testid="region">{regionIn(i18n.language, region)}</span>
}

export function FormerPanel({ contact }: { contact: string }): ReactElement {
  const { t } = useTranslation()
  const found = useHistory(contact)
  return (
    <section className="panel" aria-label={t('history.last')}>
      <h2>{t('history.last')}</h2>
      {found.isPending ? <Loading /> : null}
      {found.isError ? (
        <>
          <p className="quiet">{t('history.away')}</p>
          <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
        </>
      ) : null}
      {found.data?.last.length === 0 ? <p className="quiet">{t('history.none')}</p> : null}
      <ul className="former">
        {(found.data?.last ?? []).map((former) => (
          <Former key={former.id} contact={former} />
        ))}
      </ul>
    </section>
  )
}
