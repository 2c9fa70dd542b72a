/** When a queue is open, and what is otherwise at other hours. */
import { InputNumber, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Override, OverflowRule, QueueRule, Stage } from '@/api/routing'
import { OrderedList } from '@/ui/OrderedList'

import { useCalendars } from './known'
import { OverflowSteps, StageSteps } from './Steps'

interface HoursProps {
  queue: QueueRule
  onChange: (queue: QueueRule) => void
}

/** Another rule at another hour: only what is switched on replaces the queue's own. */
function OverrideRow({ id, rule, queue, onChange }: { id: string; rule: Override; queue: QueueRule; onChange: (rule: Override) => void }): ReactElement {
  const { t } = useTranslation()
  const calendars = useCalendars()
  const part = (name: 'priority' | 'stages' | 'overflow', begin: Override[typeof name]): ReactElement => (
    <label className="row">
      <Switch size="small" checked={rule[name] !== null && rule[name] !== undefined} onChange={(isOwn) => onChange({ ...rule, [name]: isOwn ? begin : null })} />
      {t(`routing.own.${name}`)}
    </label>
  )
  return (
    <div className="stack grow">
      <div className="row">
        <Select className="routing-middle" aria-label={t('routing.hours')} value={rule.calendar} options={calendars} onChange={(calendar) => onChange({ ...rule, calendar })} />
        {part('priority', queue.priority)}
        {typeof rule.priority === 'number' ? (
          <InputNumber className="routing-number" aria-label={t('routing.own.priority')} min={-1_000} max={1_000} value={rule.priority} onChange={(priority) => priority !== null && onChange({ ...rule, priority })} />
        ) : null}
        {part('stages', queue.stages)}
        {part('overflow', queue.overflow)}
      </div>
      {rule.stages ? <StageSteps id={`${id}-stages`} stages={rule.stages as Stage[]} onChange={(stages) => onChange({ ...rule, stages })} /> : null}
      {rule.overflow ? <OverflowSteps id={`${id}-overflow`} from={queue.id} rules={rule.overflow as OverflowRule[]} onChange={(overflow) => onChange({ ...rule, overflow })} /> : null}
    </div>
  )
}

export function Hours({ queue, onChange }: HoursProps): ReactElement {
  const { t } = useTranslation()
  const calendars = useCalendars()
  return (
    <div className="stack">
      <div className="routing-field routing-half">
        <label htmlFor="queue-calendar">{t('routing.hours')}</label>
        <Select<string> id="queue-calendar" data-testid="queue-calendar" className="routing-wide" aria-describedby="queue-calendar-about" value={queue.calendar ?? ''}
          options={[{ value: '', label: t('routing.always_open') }, ...calendars]} onChange={(next) => onChange({ ...queue, calendar: next === '' ? null : next })} />
        <p className="quiet" id="queue-calendar-about">{t('routing.hours_about')}</p>
      </div>
      <StageSteps id="queue-stages" stages={queue.stages as Stage[]} onChange={(stages) => onChange({ ...queue, stages })} />
      <OverflowSteps id="queue-overflow" from={queue.id} rules={queue.overflow} onChange={(overflow) => onChange({ ...queue, overflow })} />
      <OrderedList<Override>
        id="queue-overrides" label={t('routing.part.overrides')} about={t('routing.overrides_about')} none={t('routing.overrides_none')} items={queue.overrides}
        blank={{ calendar: calendars[0]?.value ?? '', priority: queue.priority, stages: null, overflow: null }} onChange={(overrides) => onChange({ ...queue, overrides })}
        renderRow={(rule, change, index) => <OverrideRow id={`queue-override-${index}`} rule={rule} queue={queue} onChange={change} />}
      />
    </div>
  )
}
