/** How and who of one alarm rule; part of the draft until the rules are saved. */
import { Button, Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { AlarmRule, AlarmWay, QuietHours } from '@/api/alarms'
import { OrderedList } from '@/ui/OrderedList'

import type { Known } from './alarmWords'

const WAYS: readonly AlarmWay[] = ['bell', 'banner', 'webhook']
const MOST_QUIET = 6
const MOST_MAILS = 20
const NIGHT: QuietHours = { since: '22:00', until: '07:00' }

interface Props {
  rule: AlarmRule
  hasWebhook: boolean
  known: Known
  onChange: (rule: AlarmRule) => void
  onDone: () => void
}

const optionsOf = (known: ReadonlyMap<string, string>, chosen: readonly string[]): { value: string; label: string }[] => [
  ...[...known].map(([value, label]) => ({ value, label })),
  ...chosen.filter((each) => !known.has(each)).map((value) => ({ value, label: value })),
]

export function AlarmForm({ rule, hasWebhook, known, onChange, onDone }: Props): ReactElement {
  const { t } = useTranslation()
  const ways = rule.ways ?? []
  const roles = rule.roles ?? []
  const teams = rule.teams ?? []
  return (
    <div className="stack">
      <fieldset className="ordered-list">
        <legend>{t('system.column.ways')}</legend>
        <p className="quiet">{t('system.alarm_ways_about')}</p>
        <Checkbox.Group
          value={ways}
          options={WAYS.filter((way) => way !== 'webhook' || hasWebhook).map((way) => ({ value: way, label: t(`system.way.${way}`) }))}
          onChange={(next) => onChange({ ...rule, ways: WAYS.filter((way) => next.includes(way)) })}
        />
      </fieldset>
      <fieldset className="ordered-list">
        <legend>{t('system.column.told')}</legend>
        <p className="quiet">{t('system.alarm_told_about')}</p>
        <div className="stack">
          <Select mode="multiple" className="wide" aria-label={t('system.roles')} placeholder={t('system.roles')} data-testid="alarm-roles" value={roles} options={optionsOf(known.roles, roles)} onChange={(next) => onChange({ ...rule, roles: next })} />
          <Select mode="multiple" className="wide" aria-label={t('system.teams')} placeholder={t('system.teams')} data-testid="alarm-teams" value={teams} options={optionsOf(known.teams, teams)} onChange={(next) => onChange({ ...rule, teams: next })} />
          {hasWebhook ? (
            <Select mode="tags" className="wide" open={false} suffixIcon={null} tokenSeparators={[',', ';', ' ']} maxCount={MOST_MAILS} aria-label={t('system.alarm_mails')} placeholder={t('system.alarm_mails')} data-testid="alarm-mails" value={rule.mails ?? []} onChange={(next: string[]) => onChange({ ...rule, mails: [...new Set(next.map((each) => each.trim()).filter((each) => each !== ''))] })} />
          ) : null}
        </div>
      </fieldset>
      <OrderedList<QuietHours>
        id="quiet"
        label={t('system.alarm_quiet')}
        about={t('system.alarm_quiet_about')}
        none={t('system.alarm_quiet_none')}
        items={rule.quiet ?? []}
        blank={NIGHT}
        most={MOST_QUIET}
        onChange={(quiet) => onChange({ ...rule, quiet })}
        renderRow={(hours, change) => (
          <>
            <Input type="time" className="system-clock" aria-label={t('system.alarm_from')} value={hours.since} onChange={(event) => change({ ...hours, since: event.target.value })} />
            {t('system.alarm_until')}
            <Input type="time" className="system-clock" aria-label={t('system.alarm_until')} value={hours.until} onChange={(event) => change({ ...hours, until: event.target.value })} />
          </>
        )}
      />
      <Button type="primary" data-testid="alarm-done" onClick={onDone}>
        {t('system.alarm_done')}
      </Button>
    </div>
  )
}
