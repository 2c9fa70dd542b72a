/** Beside a deadline that is being set: when it would fall, and the versions before. */
import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useDeferredValue, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { caseRules, type TimeUnit } from '@/api/caseRules'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { dateTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { fieldTime, instantOf } from '@/ui/zone'

import { Field } from './Field'
import { useWho } from './known'
import { COUNTS_OPEN, useMarkWords, useTargetWords, type Deadline } from './limits'

/** "If it begins then, it is due then", by the server's calendar. */
export function DeadlinePreview({ target, unit, calendar }: { target: number; unit: TimeUnit; calendar: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [typed, setTyped] = useState(() => fieldTime(serverNow(), zone))
  const asked = useDeferredValue(JSON.stringify({ target, unit, calendar, start: instantOf(typed, zone) }))
  const wish = JSON.parse(asked) as { target: number; unit: TimeUnit; calendar: string; start: number | null }
  const isWhole = wish.target > 0 && wish.start !== null && (!COUNTS_OPEN.has(wish.unit) || wish.calendar !== '')
  const found = useQuery({ queryKey: ['case-deadline-try', asked], queryFn: () => caseRules.tryDeadline({ ...wish, start: wish.start ?? 0 }), enabled: isWhole, staleTime: Infinity })
  const at = (instant: number): string => dateTime(instant, i18n.language, zone)
  return (
    <div className="stack" role="group" aria-label={t('casesetup.try')}>
      <Field label={t('casesetup.try')}>{(id) => <Input id={id} type="datetime-local" value={typed} data-testid="try-start" onChange={(event) => setTyped(event.target.value)} />}</Field>
      {found.isError && isWhole ? <ErrorBox error={found.error} /> : null}
      {found.data === undefined || !isWhole ? null : (
        <dl className="facts" role="status" data-testid="try-said">
          <dt>{t('casesetup.try_half')}</dt>
          <dd>{at(found.data.half_at)}</dd>
          <dt>{t('casesetup.try_most')}</dt>
          <dd>{at(found.data.most_at)}</dd>
          <dt>{t('casesetup.try_due')}</dt>
          <dd>
            <b>{at(found.data.due_at)}</b>
            {found.data.is_provisional ? <div className="missing">▲ {t('casesetup.try_provisional')}</div> : null}
          </dd>
        </dl>
      )}
    </div>
  )
}

export function DeadlineVersions({ deadline }: { deadline: Deadline }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const who = useWho()
  const target = useTargetWords()
  const mark = useMarkWords()
  return (
    <div className="stack">
      <h3 className="casesetup-head">{t('casesetup.versions')}</h3>
      <ul className="casesetup-diff" data-testid="deadline-versions">
        {[...deadline.versions].sort((one, other) => other.version - one.version).map((each) => (
          <li key={each.version}>
            <b>{t('casesetup.form_version', { version: each.version })}</b> {target(each)} · {each.marks.map(mark).join(' · ') || '—'}{' '}
            {each.version === deadline.inForce?.version ? `● ${t('casesetup.in_force')}` : deadline.coming.includes(each) ? `◔ ${t('casesetup.to_come')}` : ''}
            <div className="quiet">
              {dateTime(each.effective_at, i18n.language, zone)} · {who(each.set_by)}
            </div>
            {each.note === '' ? null : <div>{each.note}</div>}
          </li>
        ))}
      </ul>
    </div>
  )
}
