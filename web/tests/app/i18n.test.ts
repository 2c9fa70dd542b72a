import { expect, it } from 'vitest'

import { problemText } from '@/ui/problems'
import { ApiProblem } from '@/api/client'
import en from '@/locales/en.json'
import zh from '@/locales/zh-CN.json'

const bare = (words: object): string[] =>
  [...new Set(Object.keys(words).map((key) => key.replace(/_(one|other)$/, '')))].sort()

it('both languages have words for the same things', () => {
  expect(bare(en)).toEqual(bare(zh))
})

it('a refusal is worded by its code, an unknown one by the server’s sentence', () => {
  expect(problemText(new ApiProblem(409, { code: 'offer_over' }))).toBe('来电已转走或取消。')
  expect(problemText(new ApiProblem(409, { code: 'strange', detail: 'A strange thing.' }))).toBe('A strange thing.')
  expect(problemText(new ApiProblem(409, { code: 'strange' }))).toContain('strange')
})
