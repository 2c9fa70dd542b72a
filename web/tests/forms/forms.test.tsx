import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'

import { Keeper, readLocal, RETRY_AFTER_MS, SAVE_AFTER_MS } from '@/forms/keeper'
import { ReasonForm } from '@/forms/ReasonForm'

afterEach(() => vi.useRealTimers())

it('a draft is kept here at once and on the server a moment later', async () => {
  vi.useFakeTimers()
  const save = vi.fn().mockResolvedValue(undefined)
  const keeper = new Keeper('one', { note: '' }, save)
  keeper.change({ note: 'a' })
  keeper.change({ note: 'ab' })
  expect(readLocal('one')).toEqual({ note: 'ab' })
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  expect(save.mock.calls).toEqual([[{ note: 'ab' }]])
  expect(keeper.read().saved).toBe('saved')
  expect(readLocal('one')).toBeNull()
})

it('a draft the server cannot take stays here and is tried again', async () => {
  vi.useFakeTimers()
  const save = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(undefined)
  const keeper = new Keeper<string>('two', 'x', save)
  keeper.change('y')
  await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
  expect(keeper.read().saved).toBe('failed')
  expect(new Keeper<string>('two', 'x', save).read().value).toBe('y')
  await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS)
  expect(keeper.read().saved).toBe('saved')
})

it('a finished draft is forgotten and saved no more', async () => {
  vi.useFakeTimers()
  const save = vi.fn().mockResolvedValue(undefined)
  const keeper = new Keeper<string>('three', 'x', save)
  keeper.change('y')
  keeper.done()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(save).not.toHaveBeenCalled()
  expect(readLocal('three')).toBeNull()
})

it('a reason must be given', async () => {
  const submit = vi.fn().mockResolvedValue(undefined)
  render(<ReasonForm submitLabel="go" onSubmit={submit} onCancel={() => undefined} />)
  fireEvent.click(screen.getByTestId('reason-submit'))
  await screen.findByText('请写明原因')
  expect(submit).not.toHaveBeenCalled()
  fireEvent.change(screen.getByTestId('reason'), { target: { value: ' 午休超时 ' } })
  fireEvent.click(screen.getByTestId('reason-submit'))
  await waitFor(() => expect(submit).toHaveBeenCalledWith('午休超时'))
})
