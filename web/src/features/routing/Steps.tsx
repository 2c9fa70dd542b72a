/** 溢出 and 逐步放宽: lists of steps, each moved, added and taken away by keyboard. */
import { InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Destination, OverflowRule, OverflowWhen, Stage } from '@/api/routing'
import { OrderedList } from '@/ui/OrderedList'

import { useAgentOptions, useFlowOptions, usePrompts, useQueueOptions } from './known'

type Way = 'queue' | 'agent' | 'flow' | 'callback' | 'prompts'
const WAYS: readonly Way[] = ['queue', 'agent', 'flow', 'callback', 'prompts']

const wayOf = (to: Destination): Way =>
  to.queue ? 'queue' : to.agent ? 'agent' : to.flow ? 'flow' : to.callback === true ? 'callback' : 'prompts'

function DestinationInput({ id, to, onChange }: { id: string; to: Destination; onChange: (to: Destination) => void }): ReactElement {
  const { t } = useTranslation()
  const options = { queue: useQueueOptions(), agent: useAgentOptions(), flow: useFlowOptions(), prompts: usePrompts() }
  const way = wayOf(to)
  const named = (value: string): Destination => ({ [way]: value })
  return (
    <>
      <Select<Way> data-testid={`${id}-way`} className="routing-short" aria-label={t('routing.goes_to')} value={way}
        options={WAYS.map((each) => ({ value: each, label: t(`routing.way.${each}`) }))}
        onChange={(next) => onChange(next === 'callback' ? { callback: true } : next === 'prompts' ? { prompts: [] } : { [next]: options[next][0]?.value ?? '' })} />
      {way === 'callback' ? null : way === 'prompts' ? (
        <Select data-testid={`${id}-to`} mode="multiple" className="routing-middle" aria-label={t('routing.way.prompts')} value={to.prompts ?? []} options={options.prompts} onChange={(prompts) => onChange({ prompts })} />
      ) : (
        <Select data-testid={`${id}-to`} className="routing-middle" aria-label={t(`routing.way.${way}`)} showSearch={{ optionFilterProp: 'label' }} value={to[way] ?? ''} options={options[way]} onChange={(value) => onChange(named(value))} />
      )}
    </>
  )
}

const WHENS: readonly OverflowWhen[] = ['waited', 'estimated_wait', 'length', 'service_level', 'no_agents', 'closed']
const TIMED = new Set<OverflowWhen>(['waited', 'estimated_wait', 'no_agents'])

function Threshold({ rule, onChange }: { rule: OverflowRule; onChange: (rule: OverflowRule) => void }): ReactElement | null {
  const { t } = useTranslation()
  if (rule.when === 'closed') return null
  const factor = TIMED.has(rule.when) ? 1_000 : 1
  const unit = TIMED.has(rule.when) ? t('routing.unit.s') : rule.when === 'length' ? t('routing.unit.callers') : '%'
  return (
    <InputNumber className="routing-number" aria-label={t('routing.threshold')} min={0} max={rule.when === 'service_level' ? 100 : 86_400} suffix={unit}
      value={(rule.threshold ?? 0) / factor} onChange={(next) => next !== null && onChange({ ...rule, threshold: Math.round(next * factor) })} />
  )
}

interface OverflowProps {
  id: string
  /** The queue that callers leave: no way out of itself. */
  from: string
  rules: readonly OverflowRule[]
  onChange: (rules: OverflowRule[]) => void
}

export function OverflowSteps({ id, from, rules, onChange }: OverflowProps): ReactElement {
  const { t } = useTranslation()
  const other = useQueueOptions().find((each) => each.value !== from)
  return (
    <OrderedList<OverflowRule>
      id={id} label={t('routing.part.overflow')} about={t('routing.overflow_about')} none={t('routing.overflow_none')} items={rules}
      blank={{ when: 'waited', threshold: 60_000, to: other === undefined ? { callback: true } : { queue: other.value } }} onChange={onChange}
      renderRow={(rule, change, index) => (
        <>
          <Select<OverflowWhen> data-testid={`${id}-when-${index}`} className="routing-middle" aria-label={t('routing.when')} value={rule.when}
            options={WHENS.map((each) => ({ value: each, label: t(`routing.overflow.${each}`) }))}
            onChange={(when) => change({ ...rule, when, threshold: when === 'closed' ? 0 : TIMED.has(when) === TIMED.has(rule.when) ? (rule.threshold ?? 0) : TIMED.has(when) ? 60_000 : 10 })} />
          <Threshold rule={rule} onChange={change} />
          <span aria-hidden="true">→</span>
          <DestinationInput id={`${id}-${index}`} to={rule.to} onChange={(to) => change({ ...rule, to })} />
        </>
      )}
    />
  )
}

export function StageSteps({ id, stages, onChange }: { id: string; stages: readonly Stage[]; onChange: (stages: Stage[]) => void }): ReactElement {
  const { t } = useTranslation()
  const last = stages.at(-1)
  return (
    <OrderedList<Stage>
      id={id} label={t('routing.part.stages')} about={t('routing.stages_about')} none={t('routing.stages_none')} items={stages}
      blank={last === undefined ? { after: 0, level: 8 } : { after: last.after + 20_000, level: Math.max(1, last.level - 3) }} onChange={onChange}
      renderRow={(stage, change) => (
        <>
          <InputNumber className="routing-number" aria-label={t('routing.stage_after')} min={0} max={86_400} suffix={t('routing.unit.s')} value={stage.after / 1_000} onChange={(next) => next !== null && change({ ...stage, after: Math.round(next * 1_000) })} />
          <span>{t('routing.stage_level')}</span>
          <InputNumber className="routing-number" aria-label={t('routing.level')} min={1} max={10} value={stage.level} onChange={(level) => level !== null && change({ ...stage, level })} />
        </>
      )}
    />
  )
}
