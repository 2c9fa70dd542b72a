/** 控制图: the metric against its own history, what its signals mean, and what people wrote beside it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import type { Download } from '@/api/client'
import { metricNotes, type Chart, type MetricEntry, type Note } from '@/api/figures'
import { useZone } from '@/api/session'
import { dateTime, nameIn, shortDay, textIn } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { useShortcuts } from '@/ui/shortcuts'
import { EmptyState, ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'
import { dayAt } from '@/ui/zone'

import { useAboutWords, useNotes, useView } from './asked'
import { ChartValues } from './ChartValues'
import { ControlChart } from './ControlChart'
import { NoteForm, type NoteWords } from './NoteForm'
import { NoteList } from './NoteList'
import { placesOf } from './notes'
import { pictureOf, type Picture, type PictureWords } from './picture'
import { bucketName, bucketTick } from './printed'
import { SignalList } from './SignalList'
import { markOf } from './signals'
import { aboutOf, changed } from './view'

/** Draws the chart of the page as a file. */
export type Paint = (as: Picture) => Promise<Download>

export interface ChartPanelProps {
  metric: MetricEntry
  chart: Chart
  /** Told how the chart is drawn as a file, and that it is gone. */
  onPaint: (paint: Paint | null) => void
}

const NONE: Note[] = []

/** What stands around the drawing when it is a file. */
function usePictureWords(metric: MetricEntry, chart: Chart, notes: Note[]): PictureWords {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const view = useView()
  const about = useAboutWords()
  const day = (at: number): string => shortDay(at, i18n.language, zone)
  const formula = metric.formulas.find((each) => each.id === chart.formula)
  return {
    title: `${metric.no} ${nameIn(i18n.language, metric)}`.trim(),
    about: [about, `${view.from} – ${view.to}`, t(`reports.width.${chart.width}`), t(`chart.kind.${chart.kind}`)].join(' · '),
    below: [
      ...chart.signals.map((signal, index) => {
        const when = signal.from === signal.to ? day(signal.to) : `${day(signal.from)} – ${day(signal.to)}`
        return `■ ${markOf(index)} ${when} ${textIn(i18n.language, signal.text, signal.text_en)}`
      }),
      ...notes.map((note, place) => `${t('notes.mark', { which: place + 1 })} ${note.day} ${note.text} (${note.written_by})`),
    ],
    foot: [
      t('reports.as_of', { at: dateTime(chart.as_of, i18n.language, chart.zone) }),
      `${t('reports.formula')} ${chart.formula}${formula === undefined ? '' : ` = ${textIn(i18n.language, formula.text, formula.in_english)}`}`,
      t('chart.zone', { zone: chart.zone }),
      '联系 Lianxi',
    ].join(' · '),
  }
}

interface Noting {
  day: string
}

/** Opening, saving and putting away a note; the day is that of the point that is looked at. */
function useNoting(metric: MetricEntry, dayOf: () => string) {
  const client = useQueryClient()
  const view = useView()
  const [noting, setNoting] = useState<Noting | null>(null)
  const save = useCommand(async (words: NoteWords) => {
    await metricNotes.write(metric.id, { ...words, ...aboutOf(view) })
    await client.invalidateQueries({ queryKey: ['metric-notes', metric.id] })
    setNoting(null)
  })
  return { noting, save, open: () => setNoting({ day: dayOf() }), close: () => setNoting(null) }
}

export function ChartPanel({ metric, chart, onPaint }: ChartPanelProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const [search, setSearch] = useSearchParams()
  const view = useView()
  const about = useAboutWords()
  const notes = useNotes(metric, view)
  const items = notes.data?.items ?? NONE
  const chosen = useRef<number | null>(null)
  const panel = useRef<HTMLElement>(null)
  const words = usePictureWords(metric, chart, items)
  const { noting, save, open, close } = useNoting(metric, () => {
    const point = chart.points[chosen.current ?? chart.points.length - 1]
    return point === undefined ? view.to : dayAt(point.begins_at, zone)
  })
  const mayWrite = notes.data?.may_write === true
  useShortcuts({ a: () => (mayWrite && noting === null ? open() : undefined) })
  useEffect(() => {
    onPaint(async (as) => {
      const drawn = panel.current?.querySelector<SVGSVGElement>('[data-testid="control-chart"] svg') ?? null
      if (drawn === null) throw new Error('there is no chart on the page')
      return pictureOf(as, drawn, words, `${words.title} ${view.from} ${view.to}`)
    })
    return () => onPaint(null)
  })
  const name = nameIn(i18n.language, metric)
  const at = (index: number): [number, number] => [chart.points[index]?.begins_at ?? 0, chart.points[index]?.ends_at ?? 0]
  const nameAt = (index: number): string => bucketName(...at(index), i18n.language, zone)
  const tickAt = (index: number): string => bucketTick(...at(index), i18n.language, zone)
  const places = placesOf(items, chart, zone)
  const marks = new Map([...places].map(([index, of]) => [index, t('notes.mark', { which: of.map((place) => place + 1).join(',') })]))
  const noteText = (index: number): string => (places.get(index) ?? []).map((place) => `${t('notes.mark', { which: place + 1 })} ${items[place]?.text}`).join(' · ')
  return (
    <section className="panel stack" aria-label={t('chart.title')} data-testid="chart-panel" ref={panel}>
      <div className="row">
        <h2 className="panel-title grow">
          {t('chart.title')} <span className="quiet">{t(`chart.kind.${chart.kind}`)}</span> <span data-testid="chart-about">{about}</span>
        </h2>
        {mayWrite ? (
          <Button size="small" disabled={noting !== null} onClick={open} data-testid="note-add">
            {t('notes.add')}
            <Kbd keys="A" />
          </Button>
        ) : null}
      </div>
      {noting === null ? null : <NoteForm first={{ day: noting.day, text: '' }} isBusy={save.isBusy} onSave={(saved) => void save.run(saved)} onCancel={close} />}
      {chart.points.some((point) => point.value !== null) ? (
        <>
          <ControlChart
            name={name}
            chart={chart}
            unit={metric.unit}
            gaps={chart.gaps}
            nameOf={nameAt}
            when={tickAt}
            onOpen={(index) => setSearch(changed(search, { at: at(index).join('-'), agent: null, deeper: null }))}
            notes={marks}
            noteText={noteText}
            onChoose={(index) => {
              chosen.current = index
            }}
          />
          <SignalList chart={chart} />
        </>
      ) : (
        <EmptyState title={t('reports.nothing')} why={t('reports.nothing_why')} />
      )}
      {notes.isError ? <ErrorBox error={notes.error} onRetry={() => void notes.refetch()} /> : null}
      <NoteList metric={metric} notes={items} />
      {chart.points.length === 0 ? null : <ChartValues chart={chart} unit={metric.unit} nameOf={nameAt} />}
    </section>
  )
}
