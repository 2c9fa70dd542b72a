/** Hours of a day as people write them: `09:00-12:00, 13:30-18:00`; nothing = closed. */

export type Span = [number, number]

const SPAN = /^(\d{1,2}):([0-5]\d)\s*[-–—~]\s*(\d{1,2}):([0-5]\d)$/

const minutes = (hours: string, rest: string): number => Number(hours) * 60 + Number(rest)
const two = (number: number): string => String(number).padStart(2, '0')
const clock = (at: number): string => `${two(Math.floor(at / 60))}:${two(at % 60)}`

export const hoursText = (spans: readonly (readonly number[])[]): string =>
  spans.map(([opens = 0, closes = 0]) => `${clock(opens)}-${clock(closes)}`).join(', ')

/** Null where the text is no hours; spans in order, none over another. */
export function hoursOf(text: string): Span[] | null {
  const parts = text.split(/[,,;、]/).map((part) => part.trim()).filter((part) => part !== '')
  const spans: Span[] = []
  for (const part of parts) {
    const [, from = '', fromRest = '', to = '', toRest = ''] = SPAN.exec(part) ?? []
    const span: Span = [minutes(from, fromRest), minutes(to, toRest)]
    if (to === '' || span[0] >= span[1] || span[1] > 1_440) return null
    spans.push(span)
  }
  spans.sort((one, other) => one[0] - other[0])
  return spans.every((span, at) => at === 0 || (spans[at - 1]?.[1] ?? 0) <= span[0]) ? spans : null
}
