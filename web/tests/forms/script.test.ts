import { describe, expect, it } from 'vitest'

import { filled, walk } from '@/forms/script'

const step = (id: string, more: Partial<{ kind: string; calls: string; then: string; answers: { to: string }[] }> = {}) => ({
  id, kind: 'say', calls: 'all', then: '', answers: [], ...more,
})
const ids = (steps: readonly { id: string }[]): string[] => steps.map((each) => each.id)

const STEPS = [
  step('opening', { calls: 'in' }),
  step('opening_out', { calls: 'out' }),
  step('can', { kind: 'branch', answers: [{ to: 'closing' }, { to: '' }] }),
  step('record'),
  step('waiting', { kind: 'timed' }),
  step('promise', { then: 'goodbye' }),
  step('closing'),
  step('goodbye', { then: 'end' }),
  step('never'),
]

describe('the way through a script', () => {
  it('ends for now at a branch without an answer, and knows calls in from calls out', () => {
    expect(ids(walk(STEPS, {}, false))).toEqual(['opening', 'can'])
    expect(ids(walk(STEPS, {}, true))).toEqual(['opening_out', 'can'])
  })

  it('follows the answer, leaves out what stands beside it, and ends at the end', () => {
    expect(ids(walk(STEPS, { can: 0 }, false))).toEqual(['opening', 'can', 'closing', 'goodbye'])
    expect(ids(walk(STEPS, { can: 1 }, false))).toEqual(['opening', 'can', 'record', 'promise', 'goodbye'])
  })

  it('never runs in a circle, whatever a draft says', () => {
    expect(ids(walk([step('a'), step('b', { then: 'a' }), step('c', { then: 'gone' })], {}, false))).toEqual(['a', 'b', 'c'])
    expect(walk([], {}, false)).toEqual([])
  })
})

describe('words of a step', () => {
  it('are filled in, and what is not known is a gap', () => {
    expect(filled('您好,工号 {agent_no},上次{last_contact_date}。', { agent_no: '8001' })).toEqual([
      { text: '您好,工号 ' },
      { text: '8001', placeholder: 'agent_no' },
      { text: ',上次' },
      { text: '____', placeholder: 'last_contact_date', isMissing: true },
      { text: '。' },
    ])
  })
})
