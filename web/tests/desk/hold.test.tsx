import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import type { DeskContact } from '@/api/schema'
import { HoldClock, useHoldWords } from '@/features/desk/HoldClock'
import { onAnnouncement } from '@/ui/announce'

import { aTalkingDesk } from '../world'

const NOW = 1_000_000
const said: string[] = []
let stop = (): void => undefined

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
  said.length = 0
  stop = onAnnouncement((urgency, text) => said.push(`${urgency} ${text}`))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

function contact(change: Partial<DeskContact>): DeskContact {
  const talking = aTalkingDesk().contact
  if (talking === null) throw new Error('a talking desk has a contact')
  return { ...talking, ...change }
}

const held = (change: Partial<DeskContact> = {}): DeskContact =>
  contact({ phase: 'hold', hold_since: NOW - 5_000, recall_at: NOW + 120_000, ...change })

it('shows how long the customer has been on hold, and nothing in a conversation', () => {
  const { rerender } = render(<HoldClock contact={held()} />)
  expect(screen.getByTestId('hold-clock').textContent).toBe(' · 保持 00:05')
  expect(screen.getByTestId('hold-clock').className).toBe('')
  rerender(<HoldClock contact={contact({})} />)
  expect(screen.queryByTestId('hold-clock')).toBeNull()
})

it('a hold that lasts too long is marked, not by colour alone, and counts down to the way back', () => {
  render(<HoldClock contact={held({ hold_alarmed: true })} />)
  const clock = screen.getByTestId('hold-clock')
  expect(clock.className).toBe('over')
  expect(clock.textContent).toBe(' · ▲ 保持过久 00:05 · 自动接回 02:00')
  act(() => vi.advanceTimersByTime(30_000))
  expect(clock.textContent).toBe(' · ▲ 保持过久 00:35 · 自动接回 01:30')
})

function Words({ of }: { of: DeskContact | null }): null {
  useHoldWords(of, Date.now)
  return null
}

it('says the alarm once, and that the customer came back unasked', () => {
  const { rerender } = render(<Words of={null} />)
  for (const each of [held(), held(), held({ hold_alarmed: true }), held({ hold_alarmed: true })]) {
    rerender(<Words of={each} />)
  }
  expect(said).toEqual(['assertive 客户保持过久,请尽快恢复通话。'])
  act(() => vi.advanceTimersByTime(120_000))
  rerender(<Words of={contact({})} />)
  expect(said.slice(1)).toEqual(['assertive 保持超时,客户已自动接回。'])
})

it('says nothing to who resumes in time', () => {
  const { rerender } = render(<Words of={held()} />)
  rerender(<Words of={contact({})} />)
  rerender(<Words of={null} />)
  expect(said).toEqual([])
})
