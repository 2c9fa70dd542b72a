/** The questions behind a survey's link, as plain elements. */
import { expect, it } from 'vitest'

import { isAsked, missing, question, type Item } from '@/app/survey/fields'

const BARE = { en: '', help_zh: '', help_en: '', required: false, options: [], shown_if: {}, group: '', points: 0, weight: 0, may_not_apply: false }
const RATING: Item = {
  ...BARE, name: 'rating', kind: 'choice', zh: '满意吗', en: 'Satisfied?', required: true, weight: 1,
  options: [{ value: '1', zh: '不满意', en: 'No', points: 1 }, { value: '5', zh: '满意', en: 'Yes', points: 5 }],
}
const WHY: Item = { ...BARE, name: 'why', kind: 'long_text', zh: '为什么', required: true, shown_if: { rating: ['1'] } }

it('asks what the answers before it want', () => {
  const items = [RATING, WHY]
  expect(isAsked(items, WHY, { rating: '5' })).toBe(false)
  expect(missing(items, {})).toEqual(['rating'])
  expect(missing(items, { rating: '1' })).toEqual(['why'])
  expect(missing(items, { rating: '5' })).toEqual([])
})

it('gives what was chosen and what was written', () => {
  const said: unknown[] = []
  const rating = question(RATING, 'en', {}, 'required', (answer) => said.push(answer))
  expect(rating.textContent).toContain('Satisfied?')
  expect(rating.querySelector('[role="alert"]')?.textContent).toContain('Please answer')
  document.body.append(rating)
  rating.querySelectorAll('input')[1]?.click()
  rating.remove()
  const why = question(WHY, 'zh', {}, null, (answer) => said.push(answer)).querySelector('textarea')
  if (why === null) throw new Error('No field.')
  why.value = ' 很慢 '
  why.dispatchEvent(new Event('input'))
  why.value = ' '
  why.dispatchEvent(new Event('input'))
  expect(said).toEqual(['5', '很慢', undefined])
})
