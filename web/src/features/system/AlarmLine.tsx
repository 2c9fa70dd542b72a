/** One alarm rule in the table: whether, from when on, and in words how and who. */
import { Button, InputNumber, Select, Switch } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { AlarmKind, AlarmKindRule, AlarmRule } from '@/api/alarms'

import { howOf, type Known } from './alarmWords'

/** Where thresholds stand that are not set here. */
const PLACES: Partial<Record<AlarmKind, string>> = {
  unstaffed: '/admin/routing?tab=queues',
  hold: '/admin/routing?tab=centre',
  heard_badly: '/admin/routing?tab=centre',
  overstayed: '/admin/service?tab=reasons',
}

interface Props {
  rule: AlarmRule
  kind: AlarmKindRule
  known: Known
  /** Queues that have a rule of this kind. */
  taken: readonly string[]
  onChange: (rule: AlarmRule) => void
  onOpen: () => void
  onAddFor: (queue: string) => void
  onRemove: () => void
}

function Limit({ rule, kind, onChange }: Pick<Props, 'rule' | 'kind' | 'onChange'>): ReactElement {
  const { t } = useTranslation()
  if (kind.unit === null) {
    const place = PLACES[rule.kind]
    return (
      <span className="quiet">
        {t(`system.alarm_where.${rule.kind}`)} {place === undefined ? null : <Link to={place}>{t(`system.alarm_to.${rule.kind}`)}</Link>}
      </span>
    )
  }
  const per = kind.unit === 'ms' ? 1_000 : 1
  return (
    <InputNumber
      className="system-limit"
      aria-label={t('system.alarm_limit', { what: t(`system.alarm.${rule.kind}`) })}
      data-testid={`alarm-limit-${rule.kind}-${rule.queue ?? 'centre'}`}
      min={Math.ceil(kind.least / per)}
      max={Math.floor(kind.most / per)}
      precision={0}
      placeholder={kind.may_be_unset ? t('system.alarm_unset') : ''}
      suffix={t(`system.unit.${kind.unit}`)}
      value={rule.limit == null ? null : rule.limit / per}
      onChange={(next) => {
        if (next !== null || kind.may_be_unset) onChange({ ...rule, limit: next === null ? null : next * per })
      }}
    />
  )
}

export function AlarmLine({ rule, kind, known, taken, onChange, onOpen, onAddFor, onRemove }: Props): ReactElement {
  const { t } = useTranslation()
  const [isChoosing, setChoosing] = useState(false)
  const name = t(`system.alarm.${rule.kind}`)
  const queue = rule.queue ?? null
  const free = [...known.queues].filter(([id]) => !taken.includes(id)).map(([value, label]) => ({ value, label }))
  const where = queue === null ? t('system.whole_centre') : (known.queues.get(queue) ?? (known.isQueuesKnown ? t('system.queue_gone') : queue))
  return (
    <tr data-testid={`alarm-${rule.kind}-${queue ?? 'centre'}`}>
      <th scope="row" className={queue === null ? 'system-wide' : 'system-wide system-inner'}>
        {name}
      </th>
      <td className={queue === null ? 'quiet' : undefined}>{where}</td>
      <td>
        <Switch size="small" checked={rule.is_on} aria-label={t('system.alarm_on', { what: name })} data-testid={`alarm-on-${rule.kind}-${queue ?? 'centre'}`} onChange={(is_on) => onChange({ ...rule, is_on })} />
      </td>
      <td className="system-wrap">
        <Limit rule={rule} kind={kind} onChange={onChange} />
      </td>
      <td className="system-wrap">{howOf(t, rule, known)}</td>
      <td>
        <Button type="link" data-testid={`alarm-edit-${rule.kind}-${queue ?? 'centre'}`} onClick={onOpen}>
          {t('system.alarm_edit')}
        </Button>
        {queue === null ? null : (
          <Button type="link" danger onClick={onRemove}>
            {t('system.alarm_take_away')}
          </Button>
        )}
        {queue !== null || !kind.of_queues || free.length === 0 ? null : isChoosing ? (
          <Select
            className="system-chosen"
            autoFocus
            defaultOpen
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('system.alarm_choose_queue')}
            placeholder={t('system.alarm_choose_queue')}
            options={free}
            onBlur={() => setChoosing(false)}
            onChange={(chosen: string) => {
              setChoosing(false)
              onAddFor(chosen)
            }}
          />
        ) : (
          <Button type="link" data-testid={`alarm-for-${rule.kind}`} onClick={() => setChoosing(true)}>
            {t('system.alarm_for_queue')}
          </Button>
        )}
      </td>
    </tr>
  )
}
