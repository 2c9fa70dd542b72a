/**
 * The drawing of a control chart. Always the same: centre line solid, limits dashed and unfilled,
 * the target in a style of its own because it is no limit, signals as squares with a number.
 */
import { memo, type ReactElement } from 'react'

import type { Chart, Gap, Unit } from '@/api/figures'

import './drawing.css'
import { apart, labelled, limitsOf, lineThrough, stepsThrough, xAt, yAt, type Frame, type Scale } from './geometry'
import { printed, tickText } from './printed'
import { marksAt, signalsAt } from './signals'

const LABEL_WIDTH = 84
const NOTE_HEIGHT = 18

export interface DrawingProps {
  chart: Chart
  frame: Frame
  scale: Scale
  unit: Unit
  gaps: Gap[]
  /** The short words under the axis. */
  when: (index: number) => string
  words: { centre: string; upper: string; lower: string; target: string }
  /** The marks of notes, by the point that they stand at. */
  notes: ReadonlyMap<number, string>
}

function Axes({ chart, frame, scale, unit, when }: DrawingProps): ReactElement {
  const wide = frame.width - frame.left - frame.right
  const ground = frame.height - frame.bottom
  return (
    <g className="chart-axes">
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={frame.left} x2={frame.left + wide} y1={yAt(tick, scale, frame)} y2={yAt(tick, scale, frame)} className="chart-grid" />
          <text x={frame.left - 8} y={yAt(tick, scale, frame) + 4} textAnchor="end">
            {tickText(tick, unit)}
          </text>
        </g>
      ))}
      <line x1={frame.left} x2={frame.left + wide} y1={ground} y2={ground} className="chart-ground" />
      {labelled(chart.points.length, Math.floor(wide / LABEL_WIDTH)).map((index) => (
        <text key={index} x={xAt(index, chart.points.length, frame)} y={ground + 18} textAnchor="middle">
          {when(index)}
        </text>
      ))}
    </g>
  )
}

const last = (values: (number | null)[]): number | null => values.findLast((value) => value !== null) ?? null

/** The last figure of a line, with its name, at the right end; names too close are moved apart. */
function Names({ chart, frame, scale, unit, words }: DrawingProps): ReactElement {
  const count = chart.points.length
  const ends = [
    { key: 'upper', text: words.upper, value: last(limitsOf(chart.upper, count)) },
    { key: 'target', text: words.target, value: chart.target },
    { key: 'centre', text: words.centre, value: last(limitsOf(chart.centre, count)) },
    { key: 'lower', text: words.lower, value: last(limitsOf(chart.lower, count)) },
  ]
    .flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value, y: yAt(value, scale, frame) + 4 }]))
    .sort((one, other) => one.y - other.y)
  const places = apart(ends.map((end) => end.y))
  return (
    <g className="chart-names">
      {ends.map(({ key, text, value }, index) => (
        <text key={key} x={frame.width - frame.right + 8} y={places[index]} className={`chart-name-${key}`}>
          {text} {printed(value, unit)}
        </text>
      ))}
    </g>
  )
}

function Gaps({ chart, frame, gaps }: DrawingProps): ReactElement {
  const count = chart.points.length
  const half = (frame.width - frame.left - frame.right) / Math.max(count, 1) / 2
  const isWithin = (index: number): boolean => {
    const begins = chart.points[index]?.begins_at ?? 0
    const ends = chart.points[index + 1]?.begins_at ?? Infinity
    return gaps.some(([from, to]) => from < ends && to > begins)
  }
  return (
    <g>
      <pattern id="chart-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" x2="0" y1="0" y2="6" className="chart-hatch" />
      </pattern>
      {chart.points.map((point, index) =>
        isWithin(index) ? (
          <rect
            key={point.begins_at}
            x={xAt(index, count, frame) - half}
            y={frame.top}
            width={half * 2}
            height={frame.height - frame.top - frame.bottom}
            fill="url(#chart-gap)"
            data-gap={point.begins_at}
          />
        ) : null,
      )}
    </g>
  )
}

function Dots({ chart, frame, scale }: DrawingProps): ReactElement {
  const count = chart.points.length
  const ground = frame.height - frame.bottom
  const centre = limitsOf(chart.centre, count)
  /** The number stands outside the line's bend: above a high point, below a low one, else beside it. */
  const placed = (index: number, x: number, y: number): { x: number; y: number; textAnchor: 'middle' | 'start' } => {
    const value = chart.points[index]?.value ?? 0
    if (value >= (centre[index] ?? value)) return { x, y: Math.max(y - 9, 12), textAnchor: 'middle' }
    if (y + 19 <= ground - NOTE_HEIGHT) return { x, y: y + 19, textAnchor: 'middle' }
    return { x: x + 9, y: y + 5, textAnchor: 'start' }
  }
  return (
    <g>
      {chart.points.map((point, index) => {
        if (point.value === null) return null
        const x = xAt(index, count, frame)
        const y = yAt(point.value, scale, frame)
        if (signalsAt(chart, index).length === 0 && point.signal.length === 0) {
          return <circle key={point.begins_at} cx={x} cy={y} r="3.5" className="chart-dot" />
        }
        return (
          <g key={point.begins_at} data-signal={point.begins_at}>
            <rect x={x - 4.5} y={y - 4.5} width="9" height="9" className="chart-signal" />
            <text {...placed(index, x, y)} className="chart-mark">
              {marksAt(chart, index)}
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** Chinese signs are about as wide as two others. */
const wideOf = (text: string): number => 8 + [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 12 : 7), 0)

/** A flag on the ground for each day that somebody wrote about, explained in the list below. */
function Notes({ chart, frame, notes }: DrawingProps): ReactElement {
  const ground = frame.height - frame.bottom
  return (
    <g className="chart-notes">
      {[...notes].map(([index, mark]) => {
        const x = xAt(index, chart.points.length, frame)
        return (
          <g key={index} data-note={mark}>
            <line x1={x} x2={x} y1={frame.top} y2={ground - NOTE_HEIGHT} className="chart-note-line" />
            <rect x={x - wideOf(mark) / 2} y={ground - NOTE_HEIGHT} width={wideOf(mark)} height={NOTE_HEIGHT - 2} rx="3" className="chart-note" />
            <text x={x} y={ground - 6} textAnchor="middle" className="chart-note-mark">
              {mark}
            </text>
          </g>
        )
      })}
    </g>
  )
}

export const ChartDrawing = memo(function ChartDrawing(props: DrawingProps): ReactElement {
  const { chart, frame, scale } = props
  const count = chart.points.length
  const steps = (limit: Chart['centre']): string => stepsThrough(limitsOf(limit, count), scale, frame)
  return (
    <>
      <Gaps {...props} />
      <Axes {...props} />
      <path d={steps(chart.upper)} className="chart-limit" data-line="upper" />
      <path d={steps(chart.lower)} className="chart-limit" data-line="lower" />
      <path d={steps(chart.centre)} className="chart-centre" data-line="centre" />
      <path d={steps(chart.target)} className="chart-target" data-line="target" />
      <path d={lineThrough(chart.points.map((point) => point.value), scale, frame)} className="chart-line" data-line="value" />
      <Notes {...props} />
      <Dots {...props} />
      <Names {...props} />
    </>
  )
})
