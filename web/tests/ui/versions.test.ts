import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'

import { useVersions } from '@/ui/versions'

afterEach(() => {
  cleanup()
  localStorage.clear()
})

const STORED = { name: 'Sales', revision: 'r1' }

const edited = (code: string, latest: typeof STORED) =>
  renderHook(({ stored }) => useVersions({ name: 'queue-sales', stored, send: () => Promise.reject(Object.assign(new Error(code), { code })), reread: () => Promise.resolve(latest), saved: '' }), {
    initialProps: { stored: STORED },
  })

it.each(['changed_meanwhile', 'script_changed_meanwhile', 'form_changed'])('%s: somebody was quicker, and both versions are shown', async (code) => {
  const latest = { name: 'Sales of a colleague', revision: 'r2' }
  const { result, rerender } = edited(code, latest)
  act(() => result.current.change({ ...STORED, name: 'My sales' }))
  await act(() => result.current.save())
  rerender({ stored: latest })
  expect(result.current.refusal).toBeNull()
  expect(result.current.theirs).toEqual(latest)
  expect(result.current.draft.name).toBe('My sales')
})

it.each(['changed_meanwhile', 'unchanged', 'name_taken'])('%s without a newer version is told', async (code) => {
  const { result } = edited(code, STORED)
  act(() => result.current.change({ ...STORED, name: 'My sales' }))
  await act(() => result.current.save())
  expect(result.current.refusal).toMatchObject({ code })
  expect(result.current.theirs).toBeNull()
})
