/**
 * A metric against its own history. One stop for the keyboard: the arrows go from point to point,
 * Enter opens the point's stretch of time; what it says is also in the table of values.
 */
import { Button } from 'antd'
import { useMemo, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Chart, Gap, Unit } from '@/api/figures'
import { isEnglish, textIn } from '@/ui/format'

import { ChartDrawing } from './ChartDrawing'
import { indexAt, limitsOf, scaleOf, xAt, yAt, type Frame } from './geometry'
import { printed } from './printed'
import { markOf, signalsAt } from './signals'
import { useWidth } from './useWidth'

const HEIGHT = 300
/** Chinese names of lines are short. */
const RIGHT = { zh: 108, en: 132 }

export interface ControlChartProps {
  name: string
  chart: Chart
  unit: Unit
  gaps: Gap[]
  /** The words of a point's stretch of time. */
  nameOf: (index: number) => string
  /** The same, short, for the axis. */
  when: (index: number) => string
  onOpen: ((index: number) => void) | null
  /** What people wrote: the mark of each point, and the words behind it. */
  notes?: ReadonlyMap<number, string>
  noteText?: (index: number) => string
  /** The point that is looked at, for whoever writes a note. */
  onChoose?: (index: number) => void
}

const MOVES: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index) => index + 1,
  ArrowLeft: (index) => index - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
}

function frameFor(width: number, isInEnglish: boolean): Frame {
  return { width, height: HEIGHT, left: 64, right: isInEnglish ? RIGHT.en : RIGHT.zh, top: 20, bottom: 28 }
}

const NO_NOTES: ReadonlyMap<number, string> = new Map()

export function ControlChart(props: ControlChartProps): ReactElement {
  const { name, chart, unit, gaps, nameOf, when, onOpen, notes = NO_NOTES, noteText, onChoose } = props
  const { t, i18n } = useTranslation()
  const isInEnglish = isEnglish(i18n.language)
  const [element, width] = useWidth<HTMLDivElement>()
  const count = chart.points.length
  const [chosen, setChosen] = useState<number | null>(null)
  const index = Math.min(chosen ?? count - 1, count - 1)
  const frame = useMemo(() => frameFor(width, isInEnglish), [width, isInEnglish])
  const scale = useMemo(() => {
    const lines = [chart.centre, chart.lower, chart.upper, chart.target].flatMap((limit) => limitsOf(limit, count))
    const values = [...chart.points.map((point) => point.value), ...lines].filter((value) => value !== null)
    return scaleOf(values, unit === 'ratio' ? 1 : Infinity)
  }, [chart, count, unit])
  const words = {
    centre: t('chart.centre'),
    upper: t('chart.upper'),
    lower: t('chart.lower'),
    target: t('chart.target'),
  }
  const said = (at: number): string => {
    const marks = signalsAt(chart, at).map((place) => {
      const signal = chart.signals[place]
      return `${markOf(place)} ${textIn(i18n.language, signal?.text ?? '', signal?.text_en)}`
    })
    const written = notes.has(at) ? [noteText?.(at) ?? ''] : []
    return [nameOf(at), printed(chart.points[at]?.value, unit), ...marks, ...written].join(' · ')
  }
  const choose = (at: number): void => {
    setChosen(at)
    onChoose?.(at)
  }
  const move = (event: KeyboardEvent): void => {
    const step = MOVES[event.key]
    if (step === undefined && event.key !== 'Enter') return
    // The page's own arrows change the period.
    event.preventDefault()
    event.stopPropagation()
    if (step === undefined) onOpen?.(index)
    else choose(Math.min(Math.max(step(index, count), 0), count - 1))
  }
  const point = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect()
    choose(indexAt(event.clientX - box.left, count, frame))
  }
  const value = chart.points[index]?.value ?? null
  const x = xAt(index, count, frame)
  return (
    <div className="stack">
      <div
        ref={element}
        className="chart"
        role="slider"
        tabIndex={0}
        aria-label={t('chart.label', { name })}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={index + 1}
        aria-valuetext={said(index)}
        data-testid="control-chart"
        data-kind={chart.kind}
        onKeyDown={move}
        onPointerDown={point}
      >
        <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
          <line x1={x} x2={x} y1={frame.top} y2={HEIGHT - frame.bottom} className="chart-cursor" />
          <ChartDrawing chart={chart} frame={frame} scale={scale} unit={unit} gaps={gaps} when={when} words={words} notes={notes} />
          {value === null ? null : <circle cx={x} cy={yAt(value, scale, frame)} r="8" className="chart-ring" />}
        </svg>
      </div>
      <p className="row chart-readout">
        <span className="figure" data-testid="chart-readout">
          {said(index)}
        </span>
        {onOpen === null ? null : (
          <Button size="small" data-testid="chart-open" onClick={() => onOpen(index)}>
            {t('chart.open')}
          </Button>
        )}
      </p>
    </div>
  )
}
