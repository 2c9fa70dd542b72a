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
import { askedFor, into, isOpened, levelsOf, nextLevel, ordered, type Level } from './drill'
import { numberOf } from './groups'
import { bucketName, NOTHING, nothingIn, printed } from './printed'
import { SHAPES, standingIn } from './standing'
import { changed, questionOf, type View } from './view'

/** Counts that say how much stands behind a figure of calls. */
const BESIDE: readonly string[] = ['offered', 'answered', 'abandoned']

/** The level that is shown: the one asked for, else the next below. */
function levelOf(view: View, search: URLSearchParams, levels: readonly Level[]): Level | null {
  return levels.find((level) => level === search.get('deeper')) ?? nextLevel(view, levels)
}

const keysOf = (metric: MetricEntry): readonly string[] => metric.formulas[0]?.keys ?? []

/** A figure's own count where it has one, else of a figure of calls theirs; as far as they are told apart so. */
function besideOf(metric: MetricEntry, level: Level, all: readonly MetricEntry[]): MetricEntry[] {
  const own = all.filter((each) => each.unit === 'count' && numberOf(each) === numberOf(metric))
  const ofCalls = metric.is_of_calls ? BESIDE.flatMap((id) => all.find((each) => each.id === id) ?? []) : []
  const found = own.length > 0 ? own : ofCalls
  return found.filter((each) => each.id !== metric.id && (level === 'interval' || keysOf(each).includes(level)))
}

interface RowProps {
  level: Level
  row: FigureRow
  /** What the row is about, in words. */
  name: string
  metric: MetricEntry
  beside: MetricEntry[]
}

const idOf = (level: Level, row: FigureRow): string => (level === 'interval' ? String(row.begins_at) : (row.keys[level] ?? ''))

function Row({ level, row, name, metric, beside }: RowProps): ReactElement {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const id = idOf(level, row)
  const value = row.values[metric.id] ?? null
  const standing = standingIn(row, metric.id)
  return (
    <tr data-testid={`drill-${level}-${id}`}>
      <th scope="row">
        {id === '' || !isOpened(level) ? name : <Link to={`?${changed(search, into(level, row)).toString()}`}>{name}</Link>}
      </th>
      <td className="number">
        {standing === 'none' ? null : (
          <span className={`standing-${standing}`} title={t(`reports.standing.${standing}`)}>
            <span aria-hidden="true">{SHAPES[standing]} </span>
          </span>
        )}
        {value === null ? nothingIn(metric, t) : printed(value, metric.unit)}
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
  const zone = useZone()
  const metrics = useMetrics()
  const nameOf = useNames()
  const beside = besideOf(metric, level, metrics.data ?? [])
  const formulas = view.formula === null ? {} : { [metric.id]: view.formula }
  const ids = [metric.id, ...beside.map((each) => each.id)]
  const answer = useAnswer(view, questionOf(view, ids, { ...askedFor(level, view), formulas }))
  if (answer.isError) return <ErrorBox error={answer.error} onRetry={() => void answer.refetch()} />
  if (answer.data === undefined) return <Loading rows={5} />
  const { as_of: asOf, names } = answer.data
  const wordFor = (row: FigureRow): string => {
    if (level === 'interval') return bucketName(row.begins_at, row.ends_at, i18n.language, zone)
    const id = idOf(level, row)
    const [name, name_en] = names[level]?.[id] ?? []
    return name === undefined ? nameOf(level, id) : nameIn(i18n.language, { name, name_en })
  }
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
              key={idOf(level, row)}
              level={level}
              row={row}
              name={wordFor(row)}
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
  const levels = levelsOf(view, metric)
  const level = levelOf(view, search, levels)
  return (
    <section className="panel stack" aria-label={t('reports.drill')}>
      <div className="row">
        <h2 className="panel-title">{t('reports.drill')}</h2>
        <Segmented<Level>
          size="small"
          aria-label={t('reports.drill_by')}
          value={level ?? levels.at(-1)}
          onChange={(chosen) => setSearch(changed(search, { deeper: chosen }))}
          options={levels.map((each) => ({ value: each, label: t(`reports.level.${each}`) }))}
        />
      </div>
      {level === null ? <p className="quiet">{t('reports.drill_end')}</p> : <Table key={level} level={level} metric={metric} />}
    </section>
  )
}
