/** 下钻: what a figure is made of, one level at a time; every row is a link, so "back" goes up. */
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import type { FigureRow, MetricEntry } from '@/api/figures'
import { useZone } from '@/api/session'
import { nameIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { useAnswer, useMetrics, useNames, useView } from './asked'
import { askedFor, into, LEVELS, nextLevel, ordered, type Level } from './drill'
import { bucketName, NOTHING, nothingIn, printed } from './printed'
import { SHAPES, standingIn } from './standing'
import { changed, questionOf, type View } from './view'

/** Counts that say how much stands behind a figure. */
const BESIDE = ['offered', 'answered', 'abandoned'] as const

/** The level that is shown: the one asked for, else the next below. */
export function levelOf(view: View, search: URLSearchParams): Level | null {
  return LEVELS.find((level) => level === search.get('deeper')) ?? nextLevel(view)
}

interface RowProps {
  level: Level
  row: FigureRow
  metric: MetricEntry
  beside: MetricEntry[]
}

function Row({ level, row, metric, beside }: RowProps): ReactElement {
  const { t, i18n } = useTranslation()
  const [search] = useSearchParams()
  const zone = useZone()
  const nameOf = useNames()
  const id = level === 'interval' ? String(row.begins_at) : (row.keys[level] ?? '')
  const name = level === 'interval' ? bucketName(row.begins_at, row.ends_at, i18n.language, zone) : nameOf(level, id)
  const value = row.values[metric.id] ?? null
  const standing = standingIn(row, metric.id)
  return (
    <tr data-testid={`drill-${level}-${id}`}>
      <th scope="row">
        {id === '' ? name : <Link to={`?${changed(search, into(level, row)).toString()}`}>{name}</Link>}
      </th>
      <td className="number">
        {standing === 'none' ? null : (
          <span className={`standing-${standing}`} title={t(`reports.standing.${standing}`)}>
            <span aria-hidden="true">{SHAPES[standing]} </span>
          </span>
        )}
        {value === null ? nothingIn(metric.unit, t) : printed(value, metric.unit)}
      </td>
      {beside.map((each) => (
        <td key={each.id} className="number">
          {row.values[each.id] === undefined ? NOTHING : printed(row.values[each.id], each.unit)}
        </td>
      ))}
    </tr>
  )
}

function Table({ level, metric }: { level: Level; metric: MetricEntry }): ReactElement {
  const { t, i18n } = useTranslation()
  const view = useView()
  const metrics = useMetrics()
  const beside = BESIDE.flatMap((id) => metrics.data?.find((each) => each.id === id && id !== metric.id) ?? [])
  const formulas = view.formula === null ? {} : { [metric.id]: view.formula }
  const ids = [metric.id, ...beside.map((each) => each.id)]
  const answer = useAnswer(view, questionOf(view, ids, { ...askedFor(level, view), formulas }))
  if (answer.isError) return <ErrorBox error={answer.error} onRetry={() => void answer.refetch()} />
  if (answer.data === undefined) return <Loading rows={5} />
  const asOf = answer.data.as_of
  // What has not begun is no row, also where the sum would be 0.
  const rows = ordered(answer.data.rows.filter((row) => row.begins_at < asOf), level, metric)
  if (rows.length === 0) return <EmptyState title={t('reports.nothing')} />
  return (
    <div className="scroll">
      <table className="grid" aria-label={t('reports.drill')} data-testid="drill" data-level={level}>
        <thead>
          <tr>
            <th scope="col">{t(`reports.level.${level}`)}</th>
            <th scope="col" className="number">
              {nameIn(i18n.language, metric)}
            </th>
            {beside.map((each) => (
              <th key={each.id} scope="col" className="number">
                {nameIn(i18n.language, each)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={level === 'interval' ? row.begins_at : (row.keys[level] ?? '')}
              level={level}
              row={row}
              metric={metric}
              beside={beside}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function DrillDown({ metric }: { metric: MetricEntry }): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const view = useView()
  const level = levelOf(view, search)
  return (
    <section className="panel stack" aria-label={t('reports.drill')}>
      <div className="row">
        <h2 className="panel-title">{t('reports.drill')}</h2>
        <Segmented<Level>
          size="small"
          aria-label={t('reports.drill_by')}
          value={level ?? 'agent'}
          onChange={(chosen) => setSearch(changed(search, { deeper: chosen }))}
          options={LEVELS.map((each) => ({ value: each, label: t(`reports.level.${each}`) }))}
        />
      </div>
      {level === null ? <p className="quiet">{t('reports.drill_end')}</p> : <Table key={level} level={level} metric={metric} />}
    </section>
  )
}
