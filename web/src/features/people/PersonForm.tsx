/** The fields of a person and the place at a desk; the server is the validator. */
import { Button, Form, Input, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { FormField, FormProblems, TextField } from '@/ui/FormField'
import type { ServerForm } from '@/ui/useServerForm'

import { WRAP_UP_TIMES, type Draft } from './draft'
import { useQueueOptions, useGivableRoles, useSkillOptions, useTeamOptions } from './known'
import { Leveled, type Pair } from './Leveled'

/** By what the server refuses: the field it stands at. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  username_taken: 'username',
  agent_taken: 'agent',
  agent_number_fixed: 'agent',
  team_missing: 'team',
  team_unknown: 'team',
  last_administrator: 'role',
  role_unknown: 'role',
  role_allows_too_much: 'role',
}

interface LevelsProps {
  of: 'queues' | 'skills'
  value?: Draft['queues'] | Draft['skills']
  onChange?: (value: unknown) => void
}

/** The form keeps `{queue, level}` as the server does; the lines are the same for both. */
function Levels({ of, value = [], onChange }: LevelsProps): ReactElement {
  const queues = useQueueOptions()
  const skills = useSkillOptions()
  const pairs: Pair[] = value.map((each) => ({ name: 'queue' in each ? each.queue : each.skill, level: each.level }))
  const give = (next: Pair[]): void =>
    onChange?.(next.map(({ name, level }) => (of === 'queues' ? { queue: name, level } : { skill: name, level })))
  return <Leveled of={of} value={pairs} onChange={give} options={of === 'queues' ? queues : skills} level={of === 'queues' ? 10 : 1} />
}

export interface PersonFormProps {
  sheet: ServerForm<Draft>
  initial: Draft
  isNew: boolean
  /** The number never changes once there is one. */
  hasNumber: boolean
  onFinish: (draft: Draft) => void
}

export function PersonForm({ sheet, initial, isNew, hasNumber, onFinish }: PersonFormProps): ReactElement {
  const { t } = useTranslation()
  const takesCalls = Form.useWatch('takesCalls', sheet.form) ?? initial.takesCalls
  return (
    <Form<Draft>
      form={sheet.form}
      layout="vertical"
      className="people-form"
      initialValues={initial}
      requiredMark={false}
      preserve
      onFinish={() => onFinish({ ...initial, ...sheet.form.getFieldsValue(true) })}
    >
      <FormProblems problems={sheet.problems} onGo={sheet.go} />
      <div className="people-pair">
        <TextField name="name" label={t('people.name')} longest={80} testId="person-name" isRequired />
        <FormField name="username" label={t('people.username')} does={isNew ? t('people.username_does') : t('people.username_fixed')}>
          <Input disabled={!isNew} maxLength={60} autoComplete="off" data-testid="person-username" />
        </FormField>
        <FormField name="role" label={t('people.role')} does={t('people.role_does')}>
          <Select options={useGivableRoles(initial.role)} showSearch={{ optionFilterProp: 'label' }} data-testid="person-role" />
        </FormField>
        <FormField name="team" label={t('people.team')} does={t('people.team_does')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={useTeamOptions(initial.team)} data-testid="person-team" />
        </FormField>
      </div>
      <TextField name="email" label={t('people.email')} does={t('people.email_does')} longest={254} testId="person-email" />
      <FormField name="takesCalls" label={t('people.takes_calls')} does={t('people.takes_calls_does')} valuePropName="checked">
        <Switch data-testid="person-takes-calls" />
      </FormField>
      {takesCalls ? (
        <>
          <TextField
            name="agent"
            label={t('people.number')}
            does={hasNumber ? t('people.number_fixed') : t('people.number_does')}
            isOff={hasNumber}
            longest={40}
            testId="person-agent"
          />
          <FormField name="queues" label={t('people.queues')} does={t('people.queues_does')}>
            <Levels of="queues" />
          </FormField>
          <FormField name="skills" label={t('people.skills')} does={t('people.skills_does')}>
            <Levels of="skills" />
          </FormField>
          <FormField name="wrapUpTime" label={t('people.wrap_up_time')} does={t('people.wrap_up_time_does')}>
            <Select
              options={WRAP_UP_TIMES.map((each) => ({ value: each, label: t(`people.wrap_up_time.${each}`) }))}
              data-testid="person-wrap-up-time"
            />
          </FormField>
        </>
      ) : null}
      <div className="people-save">
        <Button type="primary" htmlType="submit" loading={sheet.isBusy} data-testid="person-save">
          {isNew ? t('people.create') : t('people.save')}
        </Button>
      </div>
    </Form>
  )
}
