import { afterEach, expect, it } from 'vitest'

import { changeLanguage } from '@/app/i18n'
import { dispositionWord, factPairs } from '@/features/records/words'

afterEach(() => changeLanguage('zh-CN'))

const FACTS = { queue: '售前', queue_en: 'Sales', waited_ms: 4_100, flow_end: null }

it('the facts of a step are told in the language of the page', async () => {
  expect(factPairs(FACTS)).toEqual([['队列', '售前'], ['等待', '4.1 s']])
  await changeLanguage('en')
  expect(factPairs(FACTS)).toEqual([['queue', 'Sales'], ['waited', '4.1 s']])
})

it('a wrap-up that ran out of time has a word, and a code by its own name stays', () => {
  const timeout = { name: 'TIMEOUT', name_en: 'TIMEOUT' }
  expect(dispositionWord('zh-CN', timeout)).toBe('超时未填')
  expect(dispositionWord('en', { name: '下单', name_en: 'Order' })).toBe('Order')
  expect(dispositionWord('en', null)).toBe('—')
})
