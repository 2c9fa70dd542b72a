import { describe, expect, it } from 'vitest'

import { hoursOf, hoursText } from '@/features/service/hours'

describe('hours of a day', () => {
  it('are read as people write them', () => {
    expect(hoursOf('09:00-12:00, 13:30-18:00')).toEqual([[540, 720], [810, 1080]])
    expect(hoursOf('13:30~18:00,9:00–12:00')).toEqual([[540, 720], [810, 1080]])
    expect(hoursOf('00:00-24:00')).toEqual([[0, 1440]])
    expect(hoursOf('  ')).toEqual([])
  })

  it.each(['9-12', '12:00-09:00', '09:00-09:00', '09:00-25:00', '09:00-24:01', '09:60-10:00', '09:00-12:00, 11:00-13:00', '上午'])(
    'are refused where they are none: %s',
    (text) => expect(hoursOf(text)).toBeNull(),
  )

  it('are written the same way again', () => {
    for (const text of ['09:00-12:00, 13:30-18:00', '00:00-24:00', '']) expect(hoursText(hoursOf(text) ?? [])).toBe(text)
  })
})
