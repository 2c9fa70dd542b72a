/** 承办评价: what each work area was given, kept, missed and gave back in some days. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { appraisal, type AreaAppraisal } from '@/api/appraisal'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { DayRangeFields, useDayRange } from '@/ui/DayRange'
import { duration, figure, isEnglish } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { dayAt } from '@/ui/zone'

const DAYS = ['since', 'until'] as const
const BEFORE_TODAY = 29
const COLUMNS = ['given', 'returned', 'done', 'used', 'kept', 'missed', 'kept_share', 'unsatisfied', 'open', 'late'] as const

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((whole, each) => whole + each, 0)

function useShown(): (line: AreaAppraisal) => Record<(typeof COLUMNS)[number], string> {
  return (line) => ({
    given: String(line.given),
    returned: String(line.returned),
    done: String(line.done),
    used: line.used_ms === null ? '—' : duration(line.used_ms),
    kept: String(sum(line.kept)),
    missed: String(sum(line.missed)),
    kept_share: figure(line.kept_share, 'ratio'),
    unsatisfied: String(line.unsatisfied),
    open: String(line.open),
    late: line.late === 0 ? '0' : `■ ${line.late}`,
  })
}

function Lines({ lines }: { lines: readonly AreaAppraisal[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const shown = useShown()
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" role="region" aria-label={t('casework.as.areas')} tabIndex={0}>
      <table className="grid" data-testid="areas">
        <thead>
          <tr>
            <th scope="col">{t('casework.areas.area')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number" title={t(`casework.areas.${column}_about`)}>
                {t(`casework.areas.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const texts = shown(line)
            return (
              <tr key={line.area} data-testid={`area-${line.area}`}>
                <th scope="row">
                  <Link to={`/cases?list=all&area=${encodeURIComponent(line.area)}`}>{isEnglish(i18n.language) && line.en !== '' ? line.en : line.zh}</Link>
                </th>
                {COLUMNS.map((column) => (
                  <td key={column} className={column === 'late' && line.late > 0 ? 'number figure over' : 'number figure'}>
                    {texts[column]}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

export function Areas(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const range = useDayRange(DAYS, BEFORE_TODAY, zone, serverNow())
  const { since: from, until: to } = range
  const found = useQuery({
    queryKey: ['area-appraisal', from, to],
    queryFn: () => appraisal(from, to),
    enabled: from > 0 && to > from,
    placeholderData: (before) => before,
    refetchOnWindowFocus: true,
  })
  return (
    <div className="stack">
      <DayRangeFields names={DAYS} labels={[t('casework.areas.since'), t('casework.areas.until')]} range={range} today={dayAt(serverNow(), zone)} label={t('casework.areas.days')} about={t('casework.areas.about')} />
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isLoading ? <Loading rows={4} /> : null}
      {found.data === undefined ? null : found.data.length === 0 ? <EmptyState title={t('casework.areas.none')} why={t('casework.areas.none_why')} /> : <Lines lines={found.data} />}
    </div>
  )
}
