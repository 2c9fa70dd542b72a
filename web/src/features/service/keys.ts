/** What is kept of the server's answers, and how long it is believed. */

export const CALENDARS = ['service', 'calendars']
export const REASONS = ['service', 'reasons']
export const QUEUES = ['service', 'queues']

/** A colleague's change arrives within this time. */
export const FRESH_MS = 10_000

/** Who gives no English name means the same in both. */
export const named = <T extends { name: string; name_en: string }>(thing: T): T => ({ ...thing, name_en: thing.name_en.trim() === '' ? thing.name : thing.name_en })
