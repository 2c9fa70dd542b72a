/** A centre's figures for tests: metrics, answers and charts as the server gives them. */
import type { Answer, Chart, ControlEntry, FigureRow, Key, MetricEntry, Note, Question } from '@/api/figures'

/** 2026-11-21, 10:40 in Shanghai. */
export const NOW = Date.UTC(2026, 10, 21, 2, 40)
const KEYS: Key[] = ['queue', 'agent', 'team', 'number']
const DAY_MS = 86_400_000
/** Midnight of 2026-11-21 in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 10, 20, 16)

export function aMetric(change: Partial<MetricEntry> = {}): MetricEntry {
  return {
    id: 'service_level',
    no: 'K21',
    name: '服务水平',
    name_en: 'Service level',
    meaning: '在阈值内接通的占比',
    meaning_en: 'Share answered within the threshold',
    unit: 'ratio',
    population: '进队呼叫',
    population_en: 'offered calls',
    clock: '进队 → 接通,与 T 比',
    clock_en: 'queue entry to answer, against T',
    facts: '',
    left_out: '',
    left_out_en: '',
    cadence: '半小时',
    cadence_en: 'half-hour',
    owner: '主管',
    owner_en: 'Supervisor',
    target_from: 'unsourced',
    is_name_inferred: true,
    direction: 'up',
    chart: 'p_laney',
    target: 0.8,
    alarm_low: null,
    alarm_high: null,
    formulas: [
      { id: 'K21.SL4', text: 'A≤T ÷ (A + B>T)', in_english: 'A≤T ÷ (A + B>T)', keys: KEYS },
      { id: 'K21.SL3', text: 'A≤T ÷ (A + B)', in_english: 'A≤T ÷ (A + B)', keys: KEYS },
    ],
    source: 'here',
    is_of_calls: true,
    ...change,
  }
}

export const METRICS: MetricEntry[] = [
  aMetric({ id: 'blocked', no: 'K16', name: '忙音率', name_en: 'Blocked', direction: 'down', formulas: [{ id: 'K16.a', text: '', in_english: '', keys: ['number'] }] }),
  aMetric({ id: 'offered', no: '', name: '进线量', name_en: 'Offered', unit: 'count', target: null, direction: 'watch', formulas: [{ id: 'I1.offered', text: 'n', in_english: 'n', keys: KEYS }] }),
  aMetric({ id: 'turnover', no: 'K23', name: '员工流动率', name_en: 'Turnover', direction: 'down', source: 'none_yet', formulas: [{ id: 'K23.a', text: '', in_english: '', keys: KEYS }] }),
  aMetric(),
  aMetric({ id: 'asa', no: 'K09', name: '平均应答速度', name_en: 'ASA', unit: 's', direction: 'down', target: 20, chart: 'xmr', formulas: [{ id: 'K09.a', text: 'Σ wait ÷ A', in_english: 'Σ wait ÷ A', keys: KEYS }] }),
  aMetric({ id: 'aht', no: 'L02', name: '平均处理时长', name_en: 'AHT', unit: 's', direction: 'watch', target: null, formulas: [{ id: 'L02', text: '', in_english: '', keys: KEYS }] }),
  aMetric({ id: 'escalated_complaints', no: 'L134', name: '投诉升级率', name_en: 'Escalated', direction: 'down', target: null, is_of_calls: false, formulas: [{ id: 'L134', text: '', in_english: '', keys: [] }] }),
]

const VALUES: Record<string, number | null> = { service_level: 0.612, asa: null, aht: 312.25, offered: 84 }

function row(question: Question, begins: number, keys: FigureRow['keys'] = {}, share = 1): FigureRow {
  const value = (id: string): number | null => {
    const known = VALUES[id] ?? null
    return known === null ? null : known * share
  }
  return {
    begins_at: begins,
    ends_at: begins + DAY_MS,
    keys,
    values: Object.fromEntries(question.metrics.map((id) => [id, value(id)])),
    standings: { service_level: (value('service_level') ?? 0) < 0.8 ? 'missed' : 'met' },
  }
}

/** What the server answers: two queues, two agents, three days. */
export function anAnswer(question: Question, change: Partial<Answer> = {}): Answer {
  const by = question.by?.[0]
  const begins = question.begins_at ?? MIDNIGHT
  const rows =
    by === 'queue'
      ? [row(question, begins, { queue: 'sales' }, 1.5), row(question, begins, { queue: 'service' })]
      : by === 'agent'
        ? [row(question, begins, { agent: '8001' }, 1.2), row(question, begins, { agent: '8007' })]
        : question.width === 'whole'
          ? [row(question, begins)]
          : [-2, -1, 0].map((days) => row(question, begins + days * DAY_MS, {}, 1 + days / 10))
  return {
    as_of: NOW,
    zone: 'Asia/Shanghai',
    begins_at: begins,
    ends_at: begins + DAY_MS,
    rows,
    metrics: question.metrics.map((id) => {
      const metric = METRICS.find((each) => each.id === id) ?? aMetric({ id })
      const formula = metric.formulas.find((each) => each.id === question.formulas?.[id]) ?? metric.formulas[0]
      return { ...metric, formula: formula?.id ?? '', formula_text: formula?.text ?? '', formula_text_en: formula?.in_english ?? '' }
    }),
    names: {},
    identities: { I1: 0, I2: 0, I3: 0 },
    gaps: [],
    faults: [],
    versions: {},
    ...change,
  }
}

/** An entry of the sheet that nobody has taken on. */
export function anEntry(change: Partial<ControlEntry> = {}): ControlEntry {
  return {
    id: 7,
    metric: 'asa',
    no: 'K09',
    name: '平均应答速度',
    name_en: 'ASA',
    unit: 's',
    queue: 'service',
    formula: 'K09.a',
    rule: 'WE1',
    rule_text: '一点超出 3σ',
    rule_text_en: 'One point beyond 3σ',
    side: 'high',
    begins_on: '2026-11-20',
    ends_on: '2026-11-20',
    value: 74.5,
    limit: 41.2,
    causes: [
      { id: 'acw', text: '话后超目标', text_en: 'ACW over its target', found: 'yes', metric: 'aht', against: 'target', value: 59, reference: 45, difference: 14 },
      { id: 'hold', text: '保持偏高', text_en: 'Hold high', found: 'no', metric: 'aht', against: 'weekday', value: 40, reference: 41, difference: -1 },
      { id: 'plan', text: '排班不足', text_en: 'Plan short', found: 'no_source', metric: null, against: null, value: null, reference: null, difference: null },
    ],
    actions: [{ text: '溢出到合大组', text_en: 'Overflow' }],
    days: 2,
    corrections: [],
    state: 'open',
    owner: null,
    owner_name: '',
    action: '',
    due: null,
    is_overdue: false,
    check_from: null,
    effect: null,
    opened_at: NOW,
    changed_at: NOW,
    closed_at: null,
    closed_by_name: '',
    revision: 3,
    ...change,
  }
}

/** A Laney chart of so many days: steady but for the last day, which lies below its limit. */
export function aChart(change: Partial<Chart> = {}, days = 20): Chart {
  const begins = (index: number): number => MIDNIGHT - (days - 1 - index) * DAY_MS
  const points = Array.from({ length: days }, (_, index) => ({
    begins_at: begins(index),
    ends_at: begins(index) + DAY_MS,
    value: index === days - 1 ? 0.61 : 0.8 + (index % 2 === 0 ? 0.02 : -0.02),
    figure: null,
    n: 84,
    signal: index === days - 1 ? ['WE1'] : [],
  }))
  return {
    kind: 'p_laney',
    metric: 'service_level',
    unit: 'ratio',
    formula: 'K21.SL4',
    width: 'day',
    points,
    centre: 0.809,
    lower: points.map(() => 0.737),
    upper: points.map(() => 0.881),
    baseline: null,
    target: 0.8,
    alarm_low: null,
    alarm_high: null,
    rules: ['WE1', 'WE4'],
    as_of: NOW,
    zone: 'Asia/Shanghai',
    gaps: [],
    faults: [],
    signals: [{ rule: 'WE1', from: begins(days - 1), to: begins(days - 1), text: '一点超出 3σ', text_en: 'One point beyond 3σ' }],
    ...change,
  }
}

/** A note on the centre's chart that its reader wrote. */
export function aNote(change: Partial<Note> = {}): Note {
  return {
    id: 3,
    queue: null,
    team: null,
    agent: null,
    number: null,
    day: '2026-11-12',
    text: '大促首日',
    written_by: '王强',
    written_at: NOW,
    changed_by: '',
    changed_at: null,
    may_change: true,
    revision: 1,
    ...change,
  }
}
