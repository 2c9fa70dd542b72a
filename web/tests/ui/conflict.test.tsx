import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Form } from 'antd'
import { afterEach, expect, it, vi } from 'vitest'

import { Conflict } from '@/ui/Conflict'
import { FormProblems, TextField } from '@/ui/FormField'
import { useServerForm } from '@/ui/useServerForm'

afterEach(cleanup)

interface Queue {
  name: string
  target_s: number
  music: string
}
const FIELDS = [
  { key: 'name' as const, label: 'Name' },
  { key: 'target_s' as const, label: 'Target' },
  { key: 'music' as const, label: 'Music' },
]
const MINE: Queue = { name: 'Sales A', target_s: 20, music: 'soft' }
const THEIRS: Queue = { name: 'Sales B', target_s: 30, music: 'soft' }

it('both versions stand side by side, and fields are chosen one by one', () => {
  const resolved = vi.fn()
  render(<Conflict mine={MINE} theirs={THEIRS} fields={FIELDS} onResolve={resolved} onTakeTheirs={vi.fn()} />)
  expect(screen.getByText('Sales A')).toBeTruthy()
  expect(screen.getByText('Sales B')).toBeTruthy()
  // What is the same needs no decision.
  expect(screen.queryByText('Music')).toBeNull()
  fireEvent.click(screen.getByText('30'))
  fireEvent.click(screen.getByTestId('conflict-merge'))
  expect(resolved).toHaveBeenCalledWith({ name: 'Sales A', target_s: 30, music: 'soft' })
})

it('one version can be taken whole', () => {
  const resolved = vi.fn()
  const theirs = vi.fn()
  render(<Conflict mine={MINE} theirs={THEIRS} fields={FIELDS} onResolve={resolved} onTakeTheirs={theirs} />)
  fireEvent.click(screen.getByTestId('conflict-mine'))
  expect(resolved).toHaveBeenCalledWith(MINE)
  fireEvent.click(screen.getByTestId('conflict-theirs'))
  expect(theirs).toHaveBeenCalledOnce()
})

function Sheet({ send }: { send: (wish: { name: string }) => Promise<unknown> }) {
  const sheet = useServerForm<{ name: string }>(send, { name_taken: 'name' })
  return (
    <Form form={sheet.form} layout="vertical" initialValues={{ name: 'x' }} onFinish={(wish) => void sheet.submit(wish)}>
      <FormProblems problems={sheet.problems} onGo={sheet.go} />
      <TextField name="name" label="Name" does="What colleagues read." testId="name" />
      <button type="submit">Save</button>
    </Form>
  )
}

it('what the server refuses stands at its field and in the summary', async () => {
  const send = vi.fn(async () => { throw Object.assign(new Error(), { code: 'invalid_request', facts: { field: 'body.name' } }) })
  render(<Sheet send={send} />)
  fireEvent.click(screen.getByText('Save'))
  await waitFor(() => expect(screen.getAllByText('填写的内容不合要求。').length).toBe(2))
  expect(screen.getByTestId('name').closest('.ant-form-item-has-error')).not.toBeNull()
})
