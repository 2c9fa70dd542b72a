/** 汇总: how callbacks of some days went, in all, by person and by day. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { callbacks, type CallbackFigures } from '@/api/callbacks'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { DayRangeFields, useDayRange } from '@/ui/DayRange'
import { figure } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { dayAt } from '@/ui/zone'

import { summaryKey } from './known'

const DAYS = ['from', 'to'] as const
const A_WEEK = 6
const COUNTS = ['given', 'attempts', 'reached', 'satisfied', 'unsatisfied', 'unreachable', 'refused'] as const

interface Line {
  key: string
  name: ReactNode
  open: number | null
  figures: CallbackFigures
}

function Figures({ label, first, lines, whole, isOpen }: { label: string; first: string; lines: readonly Line[]; whole: CallbackFigures; isOpen: boolean }): ReactElement {
  const { t } = useTranslation()
  const row = ({ key, name, open, figures }: Line): ReactElement => (
    <tr key={key} data-testid={`summary-${key}`}>
      <th scope="row">{name}</th>
      {COUNTS.map((count) => (
        <td key={count} className="number figure">
          {figures[count]}
        </td>
      ))}
      <td className="number figure">{figure(figures.satisfied_share, 'ratio')}</td>
      {isOpen ? <td className="number figure">{open ?? '—'}</td> : null}
    </tr>
  )
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="grid callback-figures">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {COUNTS.map((count) => (
              <th key={count} scope="col" className="number">
                {t(`callbacks.figure.${count}`)}
              </th>
            ))}
            <th scope="col" className="number" title={t('callbacks.figure.share_about')}>
              {t('callbacks.figure.share')}
            </th>
            {isOpen ? (
              <th scope="col" className="number">
                {t('callbacks.figure.open')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>{lines.map(row)}</tbody>
        <tfoot>{row({ key: 'whole', name: t('callbacks.figure.whole'), open: isOpen ? lines.reduce((sum, line) => sum + (line.open ?? 0), 0) : null, figures: whole })}</tfoot>
      </table>
    </div>
  )
}

export function SummaryTab(): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const range = useDayRange(DAYS, A_WEEK, zone, serverNow())
  const { since, until } = range
  const found = useQuery({
    queryKey: summaryKey(since, until),
    queryFn: () => callbacks.summary(since, until),
    enabled: since > 0 && until > since,
    placeholderData: (before) => before,
    refetchOnWindowFocus: true,
  })
  return (
    <div className="stack">
      <DayRangeFields names={DAYS} labels={[t('callbacks.from'), t('callbacks.to')]} range={range} today={dayAt(serverNow(), zone)} label={t('callbacks.days')} about={t('callbacks.summary_about')} />
      {found.isError ? <ErrorBox error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isLoading ? <Loading rows={6} /> : null}
      {found.data === undefined ? null : found.data.people.length === 0 ? (
        <EmptyState title={t('callbacks.no_figures')} why={t('callbacks.no_figures_why')} />
      ) : (
        <>
          <Figures
            isOpen
            label={t('callbacks.by_person')}
            first={t('callbacks.column.person')}
            whole={found.data.whole}
            lines={found.data.people.map((one) => ({ key: one.person ?? 'survey', name: one.person === null ? t('callbacks.by_survey') : one.name, open: one.open, figures: one.figures }))}
          />
          <Figures
            isOpen={false}
            label={t('callbacks.by_day')}
            first={t('callbacks.day')}
            whole={found.data.whole}
            lines={found.data.days.map((one) => ({ key: one.day, name: <span className="figure">{one.day}</span>, open: null, figures: one.figures }))}
          />
        </>
      )}
    </div>
  )
}
