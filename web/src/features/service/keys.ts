/** What is kept of the server's answers, and how long it is believed. */

export const CALENDARS = ['service', 'calendars']
export const REASONS = ['service', 'reasons']
export const QUEUES = ['service', 'queues']

/** A colleague's change arrives within this time. */
export const FRESH_MS = 10_000
