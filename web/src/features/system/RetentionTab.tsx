/** 录音与保存: how long each queue's recordings are kept, what must be kept, what was deleted. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useZone } from '@/api/session'
import { system, type Retention } from '@/api/system'
import { nameIn } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { stamp } from './days'
import { Scroller } from './Scroller'

function Section({ title, count, columns, none, children }: { title: string; count: number; columns: string[]; none: string; children: ReactNode }): ReactElement {
  return (
    <section className="panel" aria-label={title}>
      <h2 className="panel-title">
        {title} <span className="quiet">{count}</span>
      </h2>
      {count === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <Scroller label={title} className="system-list">
          <table className="grid">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{children}</tbody>
          </table>
        </Scroller>
      )}
    </section>
  )
}

const record = (contact: string): ReactElement => <Link to={`/records/${encodeURIComponent(contact)}`}>{contact}</Link>

function Overview({ found }: { found: Retention }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const at = (instant: number): string => stamp(instant, zone)
  return (
    <div className="system-stack">
      <p className="quiet">{t('system.retention_about', { count: found.ready })}</p>
      <Section title={t('system.rules')} count={found.rules.length} none={t('system.rules_none')} columns={[t('system.column.queue'), t('system.column.policy'), t('system.column.keep')]}>
        {found.rules.map((rule) => (
          <tr key={rule.queue}>
            <th scope="row">
              <Link to={`/admin/routing/queues/${encodeURIComponent(rule.queue)}`}>{nameIn(i18n.language, rule)}</Link>
            </th>
            <td>{t(`system.policy.${rule.policy}`, { defaultValue: rule.policy })}</td>
            <td>{rule.keep_days === 0 ? t('system.for_ever') : t('system.days', { count: rule.keep_days })}</td>
          </tr>
        ))}
      </Section>
      <Section title={t('system.held')} count={found.held_count} none={t('system.held_none')} columns={[t('system.column.record'), t('system.column.since'), t('system.column.who'), t('system.column.reason')]}>
        {found.held.map((one) => (
          <tr key={one.contact}>
            <th scope="row">{record(one.contact)}</th>
            <td>{at(one.held_at)}</td>
            <td>{one.held_by}</td>
            <td>{one.held_why}</td>
          </tr>
        ))}
      </Section>
      <Section title={t('system.deleted')} count={found.deleted_count} none={t('system.deleted_none')} columns={[t('system.column.record'), t('system.column.at'), t('system.column.who')]}>
        {found.deleted.map((one) => (
          <tr key={one.contact}>
            <th scope="row">{record(one.contact)}</th>
            <td>{at(one.deleted_at)}</td>
            <td>{one.deleted_by || t('system.by_time')}</td>
          </tr>
        ))}
      </Section>
    </div>
  )
}

export function RetentionTab(): ReactElement {
  const retention = useQuery({ queryKey: ['system', 'retention'], queryFn: system.retention, refetchInterval: 10_000 })
  if (retention.isPending) return <Loading rows={8} />
  if (retention.isError) return <ErrorBox error={retention.error} onRetry={() => void retention.refetch()} />
  return <Overview found={retention.data} />
}
