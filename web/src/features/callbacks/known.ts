/** What the page knows by heart: its tabs, the results, the ways, and where its answers are kept. */
import type { QueryClient } from '@tanstack/react-query'

import type { CallbackKind, CallbackResult } from '@/api/callbacks'

export const TABS = ['mine', 'all', 'give', 'summary'] as const
export type Tab = (typeof TABS)[number]

export const tabOf = (search: URLSearchParams): Tab => TABS.find((each) => each === search.get('tab')) ?? 'mine'

export const RESULTS: readonly CallbackResult[] = ['satisfied', 'unsatisfied', 'unreachable', 'refused']
export const KINDS: readonly CallbackKind[] = ['call', 'door_visit', 'card_return', 'phone_message', 'web_message', 'agreement']

export const FOLLOW_EVERY_MS = 10_000
const ROOT = 'case-callbacks'
export const COUNTS = [ROOT, 'counts']
export const PEOPLE = [ROOT, 'people']
export const RULE = [ROOT, 'rule']
export const listKey = (list: string): string[] => [ROOT, 'list', list]
export const summaryKey = (from: number, to: number): (string | number)[] => [ROOT, 'summary', from, to]

/** Everything on the page may be another now. */
export const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: [ROOT] })
