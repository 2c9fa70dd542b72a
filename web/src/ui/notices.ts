/** Refusals that a person should see until put away; shown as strips by the shell. */
import { create } from 'zustand'

import { codeOf } from './problems'

export interface Notice {
  id: number
  error: unknown
}

export const useNotices = create<{ notices: Notice[] }>(() => ({ notices: [] }))

const MOST = 3
let count = 0

export function notify(error: unknown): void {
  count += 1
  const notice = { id: count, error }
  useNotices.setState((state) => ({ notices: [...state.notices.slice(1 - MOST), notice] }))
}

/** Put away every notice of a refusal that is no longer so. */
export function dismissCode(code: string): void {
  useNotices.setState((state) => ({ notices: state.notices.filter((notice) => codeOf(notice.error) !== code) }))
}

/** Put away everything, e.g. when another session begins. */
export function dismissAll(): void {
  useNotices.setState({ notices: [] })
}

export function dismiss(id: number): void {
  useNotices.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
}
