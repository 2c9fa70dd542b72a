/** A small line of how a figure went; its words are in the table of the report. */
import type { ReactElement } from 'react'

import './drawing.css'
import { lineThrough, scaleOf, xAt, yAt, type Frame } from './geometry'

const FRAME: Frame = { width: 132, height: 32, left: 2, right: 4, top: 4, bottom: 4 }

export function Sparkline({ values }: { values: (number | null)[] }): ReactElement | null {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return null
  const scale = scaleOf(known)
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg className="sparkline" viewBox={`0 0 ${FRAME.width} ${FRAME.height}`} aria-hidden="true" data-points={known.length}>
      <path d={lineThrough(values, scale, FRAME)} className="chart-line" />
      <circle cx={xAt(last, values.length, FRAME)} cy={yAt(values[last] ?? 0, scale, FRAME)} r="2.5" className="chart-dot" />
    </svg>
  )
}
