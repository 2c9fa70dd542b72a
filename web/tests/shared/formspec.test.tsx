/** A form of the office: which items are asked, what is sent, and what stands under an answer. */
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { afterEach, expect, it } from 'vitest'

import { sessionQuery } from '@/api/session'
import { FormAnswers } from '@/shared/formspec/FormAnswers'
import { FormSpec } from '@/shared/formspec/FormSpec'
import { faultsOf, isAsked, keptAnswers, missingFaults, type Faults, type FormItem } from '@/shared/formspec/spec'

import { aPerson } from '../world'

afterEach(cleanup)

const item = (name: string, kind: FormItem['kind'], change: Partial<FormItem> = {}): FormItem => ({
  name, kind, zh: name, en: '', help_zh: '', help_en: '', required: false, options: [], least: null, most: null, longest: null,
  shown_if: {}, group: '', points: 0, weight: 0, may_not_apply: false, ...change,
})

const DEMAND = item('demand', 'choice', {
  zh: '客户诉求', en: 'Demand', required: true,
  options: [
    { value: 'refund', zh: '退款', en: 'Refund', points: null },
    { value: 'other', zh: '其他', en: 'Other', points: null },
  ],
})
const WORDS = item('words', 'long_text', { zh: '诉求说明', required: true, shown_if: { demand: ['other'] } })
const MORE = item('more', 'yes_no', { zh: '还有别的', shown_if: { words: ['急'] } })
const ITEMS = [DEMAND, WORDS, MORE]

it('asks for what the answers before it lead to, also over several steps', () => {
  expect(isAsked(ITEMS, WORDS, { demand: 'refund' })).toBe(false)
  expect(isAsked(ITEMS, WORDS, { demand: 'other' })).toBe(true)
  // An answer to what is no longer asked leads nowhere
  expect(isAsked(ITEMS, MORE, { demand: 'refund', words: '急' })).toBe(false)
  expect(keptAnswers(ITEMS, { demand: 'refund', words: '急', more: true })).toEqual({ demand: 'refund' })
  expect(missingFaults(ITEMS, { demand: 'other' })).toEqual({ words: 'required' })
})

it('reads each fault from what the server says', () => {
  const refused = { code: 'answers_refused', facts: { demand: 'not_option' } }
  expect(faultsOf(refused)).toEqual({ demand: 'not_option' })
  expect(faultsOf({ code: 'case_text_missing', facts: { demand: 'x' } })).toEqual({})
})

function Filled({ faults = {} }: { faults?: Faults }): ReactElement {
  const [answers, setAnswers] = useState<Record<string, unknown>>({})
  return (
    <>
      <FormSpec items={ITEMS} answers={answers} onChange={setAnswers} faults={faults} />
      <output>{JSON.stringify(answers)}</output>
    </>
  )
}

function shown(page: ReactElement): void {
  const client = new QueryClient()
  client.setQueryData(sessionQuery.queryKey, aPerson('agent'))
  render(<QueryClientProvider client={client}>{page}</QueryClientProvider>)
}

it('is filled in, item after item', () => {
  shown(<Filled />)
  expect(screen.queryByTestId('item-words')).toBeNull()
  fireEvent.click(screen.getByLabelText('其他'))
  fireEvent.change(screen.getByLabelText(/诉求说明/), { target: { value: '换一台' } })
  expect(screen.getByRole('status').textContent).toBe('{"demand":"other","words":"换一台"}')
})

it('says under an answer what is wrong with it', () => {
  shown(<Filled faults={{ demand: 'required' }} />)
  expect(screen.getByRole('alert').textContent).toContain('必填')
})

it('is read by the names of its items, and shows answers the form no longer has', () => {
  shown(<dl><FormAnswers items={ITEMS} answers={{ demand: 'other', words: '换一台', gone: 3 }} /></dl>)
  expect(screen.getByTestId('answered-demand').textContent).toBe('客户诉求其他')
  expect(screen.getByText('gone')).toBeTruthy()
})
