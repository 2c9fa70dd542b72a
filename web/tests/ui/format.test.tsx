import { act, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

import { endOfDay, startOfDay } from '@/ui/zone'
import { Timer } from '@/ui/clock'
import { dateTime, duration, figure, nameIn } from '@/ui/format'
import { guarded } from '@/ui/shortcuts'

afterEach(() => vi.useRealTimers())

it('writes durations as minutes and seconds, hours only when there are some', () => {
  expect(duration(0)).toBe('00:00')
  expect(duration(161_999)).toBe('02:41')
  expect(duration(3_723_000)).toBe('1:02:03')
  expect(duration(-5)).toBe('00:00')
})

it('writes a figure with its unit and a dash for none', () => {
  expect(figure(0.784, 'ratio')).toBe('78.4%')
  expect(figure(75, 's')).toBe('01:15')
  expect(figure(12, 'count')).toBe('12')
  expect(figure(null, 'ratio')).toBe('—')
})

it('writes times in the organisation’s zone', () => {
  expect(dateTime(Date.UTC(2026, 10, 21, 2, 42), 'zh-CN', 'Asia/Shanghai')).toBe('2026-11-21 周六 10:42')
})

it('a day begins and ends at midnight of the organisation', () => {
  expect(startOfDay('2026-11-21', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 20, 16))
  expect(endOfDay('2026-11-21', 'Asia/Shanghai')).toBe(Date.UTC(2026, 10, 21, 16))
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 28, 23))
  expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 22))
  expect(startOfDay('', 'Asia/Shanghai')).toBeNull()
})

it('names things in the language of the page', () => {
  expect(nameIn('en', { name: '售后', name_en: 'Service' })).toBe('Service')
  expect(nameIn('en', { name: '售后', name_en: '' })).toBe('售后')
  expect(nameIn('zh-CN', { name: '售后', name_en: 'Service' })).toBe('售后')
})

it('a timer counts without rendering its component again', () => {
  vi.useFakeTimers({ now: 100_000 })
  render(<Timer since={40_000} />)
  expect(screen.getByText('01:00')).toBeTruthy()
  act(() => vi.advanceTimersByTime(2_000))
  expect(screen.getByText('01:02')).toBeTruthy()
})

function from(target: EventTarget, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', init)
  Object.defineProperty(event, 'target', { value: target })
  return event
}

it('no shortcut fires while an input method composes or a person types', () => {
  const pressed = vi.fn()
  const keys = guarded({ p: pressed, F2: pressed })
  const field = document.createElement('input')
  keys['p']?.(from(field, { key: 'p' }))
  keys['F2']?.(from(field, { key: 'F2', isComposing: true }))
  expect(pressed).not.toHaveBeenCalled()
  keys['F2']?.(from(field, { key: 'F2' }))
  keys['p']?.(from(document.body, { key: 'p' }))
  expect(pressed).toHaveBeenCalledTimes(2)
})
