/** Two days in the address, the last days up to today where it has none, and the fields to change them. */
import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'

import { dayAt, endOfDay, startOfDay } from './zone'

const DAY_MS = 86_400_000

export interface DayRange {
  /** As fields have them. */
  days: readonly [first: string, last: string]
  /** Their beginning and end in the zone; 0 for a day that is none. */
  since: number
  until: number
}

/** `names` are those of the address; `before` is how many days before today it begins. */
export function useDayRange(names: readonly [string, string], before: number, zone: string, now: number): DayRange {
  const [search] = useSearchParams()
  const first = search.get(names[0]) ?? dayAt(now - before * DAY_MS, zone)
  const last = search.get(names[1]) ?? dayAt(now, zone)
  return { days: [first, last], since: startOfDay(first, zone) ?? 0, until: endOfDay(last, zone) ?? 0 }
}

export interface DayRangeFieldsProps {
  names: readonly [string, string]
  labels: readonly [string, string]
  range: DayRange
  /** The last day that may be chosen. */
  today: string
  label: string
  about: string
}

export function DayRangeFields({ names, labels, range, today, label, about }: DayRangeFieldsProps): ReactElement {
  const [, setSearch] = useSearchParams()
  const set = (name: string, value: string): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      next.set(name, value)
      return next
    })
  return (
    <div className="row" role="search" aria-label={label}>
      {([0, 1] as const).map((at) => (
        <Input key={names[at]} type="date" className="day-field" prefix={labels[at]} aria-label={labels[at]} max={today} value={range.days[at]} onChange={(event) => set(names[at], event.target.value)} data-testid={`day-${names[at]}`} />
      ))}
      <span className="quiet">{about}</span>
    </div>
  )
}
