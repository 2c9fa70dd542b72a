/** How figures and times look: 24 h, organisation time zone, `mm:ss`, ratios as percent. */

export interface BilingualName {
  name: string
  name_en?: string | null
}

export const isEnglish = (language: string): boolean => language.startsWith('en')

/** The name in the language of the page; the second-language field is optional. */
export function nameIn(language: string, named: BilingualName | null | undefined): string {
  if (named === null || named === undefined) return '—'
  return isEnglish(language) && named.name_en ? named.name_en : named.name
}

/** One of two texts of the same meaning; the Chinese one where there is no English. */
export const textIn = (language: string, text: string, english: string | null | undefined): string =>
  isEnglish(language) && english ? english : text

const two = (number: number): string => String(number).padStart(2, '0')

/** Milliseconds as `mm:ss`, or `h:mm:ss` from an hour on. Never negative. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

export const durationOrDash = (milliseconds: number | null | undefined): string =>
  milliseconds === null || milliseconds === undefined ? '—' : duration(milliseconds)

const formats = new Map<string, Intl.DateTimeFormat>()

function format(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(language, { ...options, timeZone: zone, hourCycle: 'h23' })
  formats.set(key, made)
  return made
}

function parts(at: number, language: string, zone: string): Record<string, string> {
  const made = format(language, zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  return Object.fromEntries(made.map((part) => [part.type, part.value]))
}

/** `2026-11-21 周六 10:42` */
export function dateTime(at: number, language: string, zone: string): string {
  const each = parts(at, language, zone)
  return `${each['year']}-${each['month']}-${each['day']} ${each['weekday']} ${each['hour']}:${each['minute']}`
}

/** `11-21 10:42:07` */
export function shortDateTime(at: number, language: string, zone: string): string {
  const each = parts(at, language, zone)
  return `${each['month']}-${each['day']} ${each['hour']}:${each['minute']}:${each['second']}`
}

/** `11-21 周六` */
export function shortDay(at: number, language: string, zone: string): string {
  const each = parts(at, language, zone)
  return `${each['month']}-${each['day']} ${each['weekday']}`
}

/** `10:42:07` */
export function clockTime(at: number, language: string, zone: string): string {
  const each = parts(at, language, zone)
  return `${each['hour']}:${each['minute']}:${each['second']}`
}

/** A figure with its unit; `null` is a dash, never zero. */
export function figure(value: number | null | undefined, unit: 'count' | 'ratio' | 's' | 'number' | 'money'): string {
  if (value === null || value === undefined) return '—'
  if (unit === 'ratio') return `${(value * 100).toFixed(1)}%`
  if (unit === 's') return duration(value * 1000)
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}

/** Where a number belongs, and who gave it out, in the language of the page. */
export function regionIn(language: string, region: { place: string; place_en: string; carrier?: string; carrier_en?: string }): string {
  const [place, carrier] = isEnglish(language) ? [region.place_en, region.carrier_en] : [region.place, region.carrier]
  return [place, carrier].filter((part) => part !== undefined && part !== '').join(' ')
}
