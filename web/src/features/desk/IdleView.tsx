/** Between contacts: today's figures and what waits. Never an empty page. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { Timer } from '@/ui/clock'
import { duration, nameIn } from '@/ui/format'
import { EmptyState } from '@/ui/states'

export function Today({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const { today } = view
  const tiles: [string, string][] = [
    [t('desk.answered_today'), String(today.answered)],
    [t('desk.aht_today'), today.aht_s === null ? '—' : duration(today.aht_s * 1000)],
    [t('desk.talk_today'), duration(today.talk_s * 1000)],
    [t('desk.hold_today'), duration(today.hold_s * 1000)],
    [t('desk.acw_today'), duration(today.wrap_up_s * 1000)],
  ]
  return (
    <section className="panel" aria-label={t('desk.today')}>
      <h2>{t('desk.today')}</h2>
      <div className="tiles">
        {view.overstays_at == null ? null : (
          <div className="tile" data-testid="break-left">
            <b className="figure">
              <Timer since={view.overstays_at} isCountdown />
            </b>
            <span className="quiet">{t('desk.break_left')}</span>
          </div>
        )}
        {tiles.map(([label, value]) => (
          <div className="tile" key={label}>
            <b className="figure">{value}</b>
            <span className="quiet">{label}</span>
          </div>
        ))}
      </div>
    </section>
  )
}

export function QueueBrief({ view }: { view: DeskView }): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <section className="panel" aria-label={t('desk.my_queues')}>
      <h2>{t('desk.my_queues')}</h2>
      {view.queues.length === 0 ? (
        <p className="quiet">{t('desk.no_queues')}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('desk.queue')}</th>
              <th scope="col" className="number">
                {t('live.waiting')}
              </th>
              <th scope="col" className="number">
                {t('live.longest')}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.queues.map((queue) => (
              <tr key={queue.id} data-testid={`desk-queue-${queue.id}`}>
                <td>{nameIn(i18n.language, queue)}</td>
                <td className="number">{queue.waiting}</td>
                <td className="number">
                  {queue.longest_since === null ? '—' : <Timer since={queue.longest_since} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

const HINTS = new Set(['ready', 'not_ready', 'not_responding', 'lost', 'unregistered'])

export function IdleHint({ view }: { view: DeskView }): ReactElement {
  const { t } = useTranslation()
  const hint = HINTS.has(view.state) ? view.state : 'ready'
  // A browser registers again by itself; a phone on the desk waits for somebody to set it up.
  const key = hint === 'unregistered' && view.device === 'phone' ? 'phone_unregistered' : hint
  return <EmptyState title={t(`idle.${key}.title`)} why={t(`idle.${key}.why`)} />
}
