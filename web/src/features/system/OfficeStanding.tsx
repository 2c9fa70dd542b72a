/** How deadlines and messages of the office stand, and what nobody took. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { office, OFFICE_STANDING, type OfficeStanding as Standing } from '@/api/notices'
import { may, useMe, useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { duration, shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

const LOOK_EVERY_MS = 10_000
/** A worker looks every second: what is due for longer waits for a worker that is not there. */
const LATE_MS = 60_000

function Facts({ standing }: { standing: Standing }): ReactElement {
  const { t } = useTranslation()
  const { clocks, waiting, given_up, oldest_at } = standing
  const now = serverNow()
  const behind = clocks.next_mark_at === null ? 0 : now - clocks.next_mark_at
  const oldest = oldest_at === null ? 0 : now - oldest_at
  const facts: [string, string, boolean][] = [
    ['clocks_running', clocks.running.toLocaleString(), false],
    ['clocks_late', clocks.late.toLocaleString(), false],
    ['clocks_paused', clocks.paused.toLocaleString(), false],
    ['clocks_behind', behind > LATE_MS ? duration(behind) : t('notices.in_time'), behind > LATE_MS],
    ['waiting', waiting.toLocaleString(), false],
    ['oldest', oldest_at === null ? '—' : duration(Math.max(0, oldest)), oldest > LATE_MS],
    ['given_up', given_up.toLocaleString(), given_up > 0],
  ]
  return (
    <dl className="system-facts" data-testid="office-standing">
      {facts.map(([key, value, isWrong]) => (
        <div key={key} data-testid={`standing-${key}`}>
          <dt>{t(`notices.standing.${key}`)}</dt>
          <dd className={isWrong ? 'note-amber' : undefined}>
            {isWrong ? <span aria-hidden="true">▲ </span> : null}
            {value}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Undelivered({ standing }: { standing: Standing }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const me = useMe()
  const mayRetry = me !== null && may(me, 'cases.edit')
  const again = useCommand(async (id: number) => {
    await office.again(id)
    announce(t('notices.tried_again'))
    await client.invalidateQueries({ queryKey: OFFICE_STANDING })
  })
  const why = (error: string): string => {
    const [code = ''] = error.split(/[ :]/, 1)
    return i18n.exists(`notices.error.${code}`) ? t(`notices.error.${code}`) : error
  }
  return (
    <details>
      <summary>{t('notices.undelivered', { count: standing.given_up })}</summary>
      <div className="scroll">
        <table className="grid" data-testid="undelivered">
          <thead>
            <tr>
              {(['made', 'topic', 'to', 'subject', 'why', 'do'] as const).map((column) => (
                <th key={column} scope="col">{t(`notices.column.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {standing.undelivered.map((each) => (
              <tr key={each.id}>
                <td>{shortDateTime(each.made_at, i18n.language, zone)}</td>
                <td>{i18n.exists(`notices.topic.${each.topic}`) ? t(`notices.topic.${each.topic}`) : each.topic}</td>
                <td>{each.to}</td>
                <td>{each.subject}</td>
                <td className="system-wrap" title={each.error}>{why(each.error)}</td>
                <td>
                  {mayRetry ? (
                    <Button type="link" loading={again.isBusy} onClick={() => void again.run(each.id)}>
                      {t('notices.again')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export function OfficeStanding(): ReactElement {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ queryKey: OFFICE_STANDING, queryFn: office.standing, refetchInterval: LOOK_EVERY_MS })
  return (
    <section className="panel" aria-label={t('notices.standing_title')}>
      <h2 className="panel-title">{t('notices.standing_title')}</h2>
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Loading rows={3} /> : (
        <>
          <Facts standing={data} />
          {data.given_up === 0 ? null : <Undelivered standing={data} />}
        </>
      )}
    </section>
  )
}
