/** A saved report as it is sent back to be kept, and how it is told. */
import type { Cadence, ChangedReport, SavedReport } from '@/api/figures'

export const CADENCES = ['daily', 'weekly', 'monthly', 'none'] as const
/** The last day that may be chosen; 1 where there is none to choose. */
export const LAST_DAY: Record<Cadence, number> = { none: 1, daily: 1, weekly: 7, monthly: 28 }

/** `07:30` as minutes after midnight. */
export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** Minutes after midnight as `07:30`. */
export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** The whole report with some of it changed: that is how it is stored. */
export function changedReport(report: SavedReport, change: Partial<ChangedReport>): ChangedReport {
  return {
    title: report.title,
    form: report.form,
    question: report.question,
    queues: report.queues,
    recipients: report.recipients,
    cadence: report.cadence,
    on_day: report.on_day,
    at_minute: report.at_minute,
    format: report.format,
    language: report.language,
    paused: report.paused,
    version: report.version,
    ...change,
  }
}
