import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { desk } from '@/api/calls'
import type { DeskContact, DeskView } from '@/api/schema'
import { PaymentField } from '@/features/desk/PaymentField'

import { aTalkingDesk } from '../world'

const asked: string[] = []

afterEach(cleanup)

beforeEach(() => {
  asked.length = 0
  vi.spyOn(desk, 'pauseRecording').mockImplementation((contact, cause) => {
    asked.push(`pause ${contact} ${cause}`)
    return Promise.resolve()
  })
  vi.spyOn(desk, 'resumeRecording').mockImplementation((contact, cause) => {
    asked.push(`resume ${contact} ${cause}`)
    return Promise.resolve()
  })
})

function talking(recording: DeskContact['recording']): DeskView {
  const view = aTalkingDesk()
  if (view.contact === null) throw new Error('a talking desk has a contact')
  return { ...view, contact: { ...view.contact, id: 'c1', recording } }
}

const field = (view: DeskView): React.ReactElement => (
  <PaymentField view={view} label="卡号" value="" onChange={() => undefined} />
)
const settled = (): Promise<void> => act(async () => Promise.resolve())
const input = (): HTMLElement => screen.getByTestId('payment-field')

it('pauses the recording while it has the focus', async () => {
  const { rerender } = render(field(talking('on')))
  expect(screen.getByTestId('payment-state').className).toBe('over')
  fireEvent.focus(input())
  await settled()
  expect(asked).toEqual(['pause c1 payment_field'])
  rerender(field(talking('paused')))
  expect(screen.getByTestId('payment-state').className).toBe('')
  fireEvent.blur(input())
  await settled()
  expect(asked.slice(1)).toEqual(['resume c1 payment_field'])
})

it('asks anew when somebody still types after the limit, and lets go when it is taken away', async () => {
  const { rerender, unmount } = render(field(talking('on')))
  fireEvent.focus(input())
  rerender(field(talking('paused')))
  fireEvent.input(input(), { target: { value: '6' } })
  await settled()
  expect(asked).toEqual(['pause c1 payment_field'])
  rerender(field(talking('on')))
  fireEvent.input(input(), { target: { value: '62' } })
  unmount()
  await settled()
  expect(asked.slice(1)).toEqual(['pause c1 payment_field', 'resume c1 payment_field'])
})

it('asks for nothing where nothing is recorded', async () => {
  render(field(talking('off')))
  fireEvent.focus(input())
  fireEvent.blur(input())
  await settled()
  expect(asked).toEqual([])
  expect(screen.getByTestId('payment-state').className).toBe('')
})
