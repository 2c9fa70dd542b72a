import { expect, it } from 'vitest'

import { applied } from '@/live/store'
import { merge, TopicBook } from '@/live/topics'

const snap = (s: number, rows: Record<string, Record<string, unknown>>) => ({ t: 'agents', s, k: 'snap' as const, d: { rows } })
const delta = (s: number, set: Record<string, Record<string, unknown>>, del: string[] = []) => ({
  t: 'agents',
  s,
  k: 'delta' as const,
  d: { set, del },
})

it('takes a snapshot, then deltas in sequence', () => {
  const book = new TopicBook()
  expect(book.want(['agents'])).toEqual(['agents'])
  book.receive(snap(7, { a: { n: 1 }, b: { n: 2 } }))
  book.receive(delta(8, { a: { n: 5 } }))
  book.receive(delta(9, {}, ['b']))
  expect(book.whole('agents')?.set).toEqual({ a: { n: 5 } })
  expect(book.positions()).toEqual({ agents: 9 })
})

it('asks anew after a gap and ignores what comes before the snapshot', () => {
  const book = new TopicBook()
  book.want(['agents'])
  book.receive(snap(7, { a: { n: 1 } }))
  expect(book.receive(delta(9, { a: { n: 9 } }))).toEqual({ gap: 'agents' })
  expect(book.receive(delta(10, { a: { n: 10 } }))).toBeNull()
  expect(book.positions()).toEqual({ agents: null })
  book.receive(snap(12, { a: { n: 12 } }))
  expect(book.whole('agents')?.set).toEqual({ a: { n: 12 } })
})

it('ignores a repeated delta and a topic nobody wants', () => {
  const book = new TopicBook()
  book.want(['agents'])
  book.receive(snap(7, { a: { n: 1 } }))
  expect(book.receive(delta(7, { a: { n: 0 } }))).toBeNull()
  expect(book.receive({ ...snap(1, {}), t: 'queues' })).toBeNull()
})

it('merges changes so that the later one wins', () => {
  const first = { topic: 't', whole: false, set: { a: { n: 1 }, b: { n: 1 } }, del: ['c'] }
  const second = { topic: 't', whole: false, set: { c: { n: 2 } }, del: ['a'] }
  expect(merge(first, second)).toEqual({ topic: 't', whole: false, set: { b: { n: 1 }, c: { n: 2 } }, del: ['a'] })
  expect(merge({ ...first, whole: true, del: [] }, second)).toEqual({
    topic: 't',
    whole: true,
    set: { b: { n: 1 }, c: { n: 2 } },
    del: [],
  })
})

it('keeps the identity of rows that did not change', () => {
  const before = { a: { n: 1 }, b: { n: 2 } }
  const after = applied(before, { topic: 't', whole: true, set: { a: { n: 1 }, b: { n: 3 } }, del: [] })
  expect(after['a']).toBe(before.a)
  expect(after['b']).toEqual({ n: 3 })
})

it('snapshot plus deltas equals the fresh snapshot', () => {
  const pushed = applied(
    applied({ a: { n: 1 } }, { topic: 't', whole: false, set: { b: { n: 2 } }, del: [] }),
    { topic: 't', whole: false, set: { b: { n: 3 } }, del: ['a'] },
  )
  expect(pushed).toEqual(applied(undefined, { topic: 't', whole: true, set: { b: { n: 3 } }, del: [] }))
})
