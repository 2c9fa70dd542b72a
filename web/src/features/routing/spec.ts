/**
 * Fields of a rule as data: where the value lies, what kind it is, its unit and its limits. The form
 * (`Fields`), its words (`routing.field.*`, `routing.help.*`) and the comparison of two versions all
 * go by it. The server is the validator; limits here only keep slips away.
 */

export type Thing = Record<string, unknown>

export type Kind = 'text' | 'duration' | 'number' | 'share' | 'flag' | 'choice' | 'prompts' | 'texts' | 'calendar' | 'own'

export interface Field {
  /** `wrap_up.limit` */
  path: string
  kind: Kind
  /** Of durations, which the server keeps in milliseconds. */
  unit?: 's' | 'min' | 'h'
  least?: number
  most?: number
  choices?: readonly string[]
  /** Shown only while this holds. */
  onlyIf?: (thing: Thing) => boolean
}

export interface Section {
  key: string
  fields: readonly Field[]
}

export const MS = { s: 1_000, min: 60_000, h: 3_600_000 } as const

export function read(thing: Thing, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Thing | null | undefined)?.[name], thing)
}

/** The thing with one value set; nothing of the old one is touched. */
export function written<T extends object>(thing: T, path: string, value: unknown): T {
  const [first = '', ...rest] = path.split('.')
  const part = (thing as Thing)[first]
  const inner = rest.length === 0 ? value : written((part ?? {}) as Thing, rest.join('.'), value)
  return { ...thing, [first]: inner }
}

const DAY_S = 86_400
const duration = (path: string, least = 0, most = DAY_S, unit: Field['unit'] = 's'): Field => ({ path, kind: 'duration', unit, least, most })
const number = (path: string, least: number, most: number): Field => ({ path, kind: 'number', least, most })
const flag = (path: string): Field => ({ path, kind: 'flag' })
const choice = (path: string, ...choices: string[]): Field => ({ path, kind: 'choice', choices })

const isTimed = (thing: Thing): boolean => ['limited', 'fixed'].includes(String(read(thing, 'wrap_up.mode')))
const hasOwn = (name: string) => (thing: Thing) => thing[name] !== null && thing[name] !== undefined

export const QUEUE_SECTIONS: readonly Section[] = [
  { key: 'basics', fields: [{ path: 'name', kind: 'text' }, { path: 'name_en', kind: 'text' }, { path: 'caller_number', kind: 'text' }] },
  {
    key: 'service',
    fields: [
      duration('answer_within', 1, 3_600),
      duration('short_abandon', 0, 3_600),
      number('priority', -1_000, 1_000),
      number('reserved', 0, 10_000),
      number('share', 0, 1_000),
    ],
  },
  {
    key: 'ringing',
    fields: [
      choice('strategy', 'longest_idle', 'least_occupied', 'round_robin', 'top_down', 'most_skilled', 'ring_all'),
      { ...number('ring_most', 1, 100), onlyIf: (thing) => thing['strategy'] === 'ring_all' },
      duration('ring', 1, 3_600),
      flag('agent_may_refuse'),
      duration('last_agent', 0, 3_600),
      number('misses.limit', 1, 100),
      duration('misses.no_answer', 0, 3_600),
      duration('misses.refused', 0, 3_600),
      duration('misses.unreachable', 0, 3_600),
    ],
  },
  {
    key: 'wrap_up',
    fields: [
      choice('wrap_up.mode', 'none', 'free', 'limited', 'fixed'),
      { ...duration('wrap_up.limit', 0, 3_600), onlyIf: isTimed },
      { ...duration('wrap_up.extension', 1, 3_600), onlyIf: isTimed },
      { ...number('wrap_up.extensions', 0, 100), onlyIf: isTimed },
    ],
  },
  {
    key: 'waiting',
    fields: [
      duration('announcements.every'),
      flag('announcements.position'),
      flag('announcements.wait'),
      { path: 'recording_rule.notice', kind: 'prompts' },
    ],
  },
  {
    key: 'recording',
    fields: [
      choice('recording', 'all', 'share', 'on_demand', 'off'),
      { path: 'recording_rule.share', kind: 'share', least: 0, most: 100, onlyIf: (thing) => thing['recording'] === 'share' },
      number('recording_rule.keep_days', 0, 36_500),
      duration('recording_pause'),
    ],
  },
  { key: 'callbacks', fields: [number('callbacks.attempts', 1, 20), duration('callbacks.again_after', 1, 1_440, 'min')] },
  {
    key: 'alarms',
    fields: [
      { path: 'hold', kind: 'own' },
      { ...duration('hold.alarm'), onlyIf: hasOwn('hold') },
      { ...duration('hold.recall'), onlyIf: hasOwn('hold') },
      { path: 'monitoring', kind: 'own' },
      { ...flag('monitoring.shows_listen'), onlyIf: hasOwn('monitoring') },
      { ...flag('monitoring.shows_whisper'), onlyIf: hasOwn('monitoring') },
      { ...flag('monitoring.shows_barge'), onlyIf: hasOwn('monitoring') },
      { ...number('monitoring.most', 1, 100), onlyIf: hasOwn('monitoring') },
    ],
  },
]

/** What a rule of its own begins with when somebody switches it on. */
export const OWN: Record<string, Thing> = {
  hold: { alarm: 60_000, recall: 180_000 },
  monitoring: { shows_listen: false, shows_whisper: true, shows_barge: true, most: 5 },
}

const connects = (thing: Thing): boolean => thing['server'] !== ''

export const TRUNK_SECTIONS: readonly Section[] = [
  {
    key: 'trunk_who',
    fields: [
      { path: 'name', kind: 'text' },
      flag('enabled'),
      { path: 'server', kind: 'text' },
      choice('transport', 'udp', 'tcp', 'tls'),
      flag('encrypted'),
      { path: 'addresses', kind: 'texts' },
    ],
  },
  {
    key: 'trunk_account',
    fields: [
      { ...flag('registers'), onlyIf: connects },
      { path: 'username', kind: 'text', onlyIf: connects },
      { path: 'contact_user', kind: 'text', onlyIf: (thing) => thing['registers'] === true },
    ],
  },
  {
    key: 'trunk_calls',
    fields: [
      number('channels', 0, 100_000),
      { path: 'codecs', kind: 'texts', choices: ['alaw', 'ulaw', 'g722'] },
      flag('t38'),
      { path: 'caller_numbers', kind: 'texts' },
      { path: 'caller_number', kind: 'text' },
    ],
  },
  {
    key: 'trunk_watch',
    fields: [
      { ...duration('check_every', 0, 3_600), onlyIf: connects },
      duration('silence', 0, 3_600),
      duration('silence_on_hold', 0, 3_600),
      duration('session', 90, DAY_S),
    ],
  },
]

export const CENTRE_SECTIONS: readonly Section[] = [
  { key: 'order', fields: [choice('policy', 'oldest', 'fixed_ratio'), duration('age_worth', 1), number('most_hops', 1, 100)] },
  { key: 'desks', fields: [duration('lost_after', 1), duration('recover_for', 0, 600)] },
  {
    key: 'calling',
    fields: [
      duration('calling.ring', 5, 600),
      { path: 'calling.caller_number', kind: 'text' },
      { path: 'calling.calendar', kind: 'calendar' },
      flag('calling.recorded'),
      { path: 'calling.notice', kind: 'prompts' },
      { path: 'emergency', kind: 'texts' },
    ],
  },
  { key: 'strangers', fields: [{ path: 'unknown_number', kind: 'prompts' }] },
  {
    key: 'talking',
    fields: [
      duration('hold.alarm'),
      duration('hold.recall'),
      duration('recording_pause'),
      { ...number('quality.bad_below', 1, 5) },
      flag('monitoring.shows_listen'),
      flag('monitoring.shows_whisper'),
      flag('monitoring.shows_barge'),
      number('monitoring.most', 1, 100),
    ],
  },
  {
    key: 'fax',
    fields: [number('fax.attempts', 1, 20), duration('fax.again_after', 1, 1_440, 'min'), duration('fax.ring', 5, 600), duration('fax.longest', 1, 120, 'min')],
  },
]
