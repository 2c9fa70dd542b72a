/** The contacts one had, newest first; the rest is in the list of records. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { recordList } from '@/api/records'
import { useZone } from '@/api/session'
import { durationOrDash, nameIn, shortDateTime } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

const SHOWN = 10
const EVERY_MS = 30_000

export function OwnContacts({ agent }: { agent: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const found = useQuery({
    queryKey: ['me', 'contacts', agent],
    queryFn: () => recordList.find({ agent, limit: SHOWN }),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
  })
  const rows = found.data?.items ?? []
  return (
    <section className="panel" aria-labelledby="me-contacts">
      <h2 id="me-contacts">{t('me.contacts')}</h2>
      {found.isPending ? <Loading rows={6} /> : null}
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.data !== undefined && rows.length === 0 ? <EmptyState title={t('me.no_contacts')} /> : null}
      <ul className="me-list" data-testid="own-contacts">
        {rows.map((record) => (
          <li key={record.id}>
            <Link to={`/records/${encodeURIComponent(record.id)}`}>{shortDateTime(record.arrived_at, i18n.language, zone)}</Link>
            <span className="me-cut">{nameIn(i18n.language, record.queue)}</span>
            <span className="figure">{durationOrDash(record.talk_ms)}</span>
          </li>
        ))}
      </ul>
      {rows.length === 0 ? null : <Link to={`/records?agent=${encodeURIComponent(agent)}`}>{t('me.all_contacts')}</Link>}
    </section>
  )
}
