/** The rule by which callbacks are given out without a supervisor's hand. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { callbacks, type CallbackPerson, type CallbackRule } from '@/api/callbacks'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { ErrorBox, Loading } from '@/ui/states'
import { useVersions } from '@/ui/versions'

import { FOLLOW_EVERY_MS, PEOPLE, refresh, RULE } from './known'

interface Kept {
  is_on: boolean
  people: string[]
  revision: string
}

const kept = (rule: CallbackRule): Kept => ({ ...rule, revision: String(rule.revision) })

interface EditorProps {
  rule: CallbackRule
  people: readonly CallbackPerson[]
}

function RuleEditor({ rule, people }: EditorProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const editing = useVersions<Kept>({
    name: 'callback-rule',
    stored: kept(rule),
    send: async (_, whole, match) => {
      const after = await callbacks.setRule({ is_on: whole.is_on, people: whole.people, revision: Number(match) })
      await refresh(client)
      return kept(after)
    },
    reread: async () => kept(await client.fetchQuery({ queryKey: RULE, queryFn: callbacks.rule, staleTime: 0 })),
    saved: t('callbacks.rule_saved'),
  })
  const { draft } = editing
  const nameOf = (id: string): string => people.find((person) => person.id === id)?.name ?? id
  return (
    <section className="panel callback-rule" aria-label={t('callbacks.rule')} data-testid="callback-rule">
      <EditFrame
        editing={editing}
        fields={[
          { key: 'is_on', label: t('callbacks.rule'), show: (version) => t(`callbacks.rule_${version.is_on ? 'on' : 'off'}`) },
          { key: 'people', label: t('callbacks.to_whom'), show: (version) => version.people.map(nameOf).join('、') || '—' },
        ]}
      >
        <div className="row">
          <Switch checked={draft.is_on} aria-label={t('callbacks.rule')} data-testid="rule-on" onChange={(is_on) => editing.change({ ...draft, is_on })} />
          <b>{t('callbacks.rule')}</b>
          <Select
            mode="multiple"
            className="callback-people"
            aria-label={t('callbacks.rule_people')}
            placeholder={t('callbacks.rule_people')}
            data-testid="rule-people"
            value={draft.people}
            optionFilterProp="label"
            options={people.map((person) => ({ value: person.id, label: person.name }))}
            onChange={(chosen) => editing.change({ ...draft, people: chosen })}
          />
          <EditBar editing={editing} />
        </div>
        <p className="quiet">{t('callbacks.rule_about')}</p>
      </EditFrame>
    </section>
  )
}

export function RulePanel(): ReactElement {
  const rule = useQuery({ queryKey: RULE, queryFn: callbacks.rule, refetchInterval: FOLLOW_EVERY_MS })
  const people = useQuery({ queryKey: PEOPLE, queryFn: callbacks.people })
  if (rule.isError) return <ErrorBox error={rule.error} onRetry={() => void rule.refetch()} />
  if (people.isError) return <ErrorBox error={people.error} onRetry={() => void people.refetch()} />
  if (rule.isPending || people.isPending) return <Loading rows={2} />
  return <RuleEditor rule={rule.data} people={people.data} />
}
