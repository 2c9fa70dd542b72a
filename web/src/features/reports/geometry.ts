/** Where the lines and dots of a chart stand. Pure: figures in, coordinates out. */
import type { Limit } from '@/api/figures'

export interface Frame {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

export interface Scale {
  low: number
  high: number
  ticks: number[]
}

const TICKS = 4

/** 1, 2 or 5 times a power of ten, so that about `TICKS` steps cover `span`. */
function stepOf(span: number): number {
  const rough = span / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough) ?? 10
  return factor * power
}

/** A scale around all values with room above and below; figures that are never negative begin at 0. */
export function scaleOf(values: number[], most = Infinity): Scale {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return { low: 0, high: 1, ticks: [0, 1] }
  const least = Math.min(...known)
  const greatest = Math.max(...known)
  const span = greatest - least || Math.abs(greatest) || 1
  const step = stepOf(span * 1.2)
  const floor = least >= 0 ? 0 : -Infinity
  const low = Math.max(floor, Math.floor((least - span * 0.1) / step) * step)
  const high = Math.min(Math.max(most, greatest), Math.ceil((greatest + span * 0.1) / step) * step)
  const count = Math.round((high - low) / step)
  const ticks = Array.from({ length: count + 1 }, (_, index) => low + index * step).filter((tick) => tick <= high + step / 100)
  return { low, high, ticks }
}

/** The limit at a point: one figure for all, or one for each. */
export const limitAt = (limit: Limit, index: number): number | null =>
  Array.isArray(limit) ? (limit[index] ?? null) : limit

export const limitsOf = (limit: Limit, count: number): (number | null)[] =>
  Array.from({ length: count }, (_, index) => limitAt(limit, index))

/** The middle of the column of point `index` of `count`. */
export function xAt(index: number, count: number, frame: Frame): number {
  const wide = frame.width - frame.left - frame.right
  return frame.left + ((index + 0.5) / Math.max(count, 1)) * wide
}

export function yAt(value: number, scale: Scale, frame: Frame): number {
  const tall = frame.height - frame.top - frame.bottom
  const share = (value - scale.low) / (scale.high - scale.low || 1)
  return frame.top + (1 - share) * tall
}

/** The point whose column holds the horizontal place `x`. */
export function indexAt(x: number, count: number, frame: Frame): number {
  const wide = frame.width - frame.left - frame.right
  const index = Math.floor(((x - frame.left) / wide) * count)
  return Math.min(Math.max(index, 0), count - 1)
}

const short = (number: number): string => String(Math.round(number * 10) / 10)

/** A line through the points; it is broken where there is no value. */
export function lineThrough(values: (number | null)[], scale: Scale, frame: Frame): string {
  let isOpen = false
  return values
    .map((value, index) => {
      if (value === null) {
        isOpen = false
        return ''
      }
      const move = isOpen ? 'L' : 'M'
      isOpen = true
      return `${move}${short(xAt(index, values.length, frame))} ${short(yAt(value, scale, frame))}`
    })
    .join('')
}

/** A limit as steps: each point's figure over the whole width of its column. */
export function stepsThrough(values: (number | null)[], scale: Scale, frame: Frame): string {
  const half = (frame.width - frame.left - frame.right) / Math.max(values.length, 1) / 2
  let before: number | null = null
  return values
    .map((value, index) => {
      const x = xAt(index, values.length, frame)
      const starts = before === null ? 'M' : 'L'
      before = value
      if (value === null) return ''
      const y = short(yAt(value, scale, frame))
      return `${starts}${short(x - half)} ${y}L${short(x + half)} ${y}`
    })
    .join('')
}

/** At most `most` of the points' places, evenly spread, for the words under the axis. */
export function labelled(count: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0)
}

const LINE_HEIGHT = 16

/** Heights of lines of text, from the top down, moved so that none stands on another. */
export function apart(heights: number[]): number[] {
  const placed: number[] = []
  for (const height of heights) placed.push(Math.max(height, (placed.at(-1) ?? -Infinity) + LINE_HEIGHT))
  return placed
}
