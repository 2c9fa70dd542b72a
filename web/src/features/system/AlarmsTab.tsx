/** 告警规则: of which trouble somebody is told, from when on, how and who; for the centre or one queue. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ALARM_RULES, alarms, type AlarmKindRule, type AlarmRule, type AlarmRules } from '@/api/alarms'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { ErrorBox, Loading } from '@/ui/states'
import { useVersions } from '@/ui/versions'

import { AlarmForm } from './AlarmForm'
import { AlarmLine } from './AlarmLine'
import { AlarmVersions } from './AlarmVersions'
import { keyOf, told, useKnownTold } from './alarmWords'
import { Listed } from './Listed'

const COLUMNS = ['kind', 'scope', 'on', 'limit', 'told', 'do'] as const
const NEWER_EVERY_MS = 10_000
const LONGEST_NOTE = 200

function Editor({ stored }: { stored: AlarmRules }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const known = useKnownTold()
  const [open, setOpen] = useState<string | null>(null)
  const [isHistory, setHistory] = useState(false)
  const [note, setNote] = useState('')
  const editing = useVersions<AlarmRules>({
    name: 'alarm-rules',
    stored,
    send: async (_changes, whole, match) => {
      const after = await alarms.save(whole.rules, note, match)
      setNote('')
      return after
    },
    reread: async () => {
      await client.invalidateQueries({ queryKey: ALARM_RULES })
      return client.getQueryData<AlarmRules>(ALARM_RULES)
    },
    saved: t('system.alarm_saved'),
  })
  const { draft } = editing
  const kinds = new Map<string, AlarmKindRule>(stored.kinds.map((kind) => [kind.kind, kind]))
  const put = (rules: AlarmRule[]): void => editing.change({ ...draft, rules })
  const change = (next: AlarmRule): void => put(draft.rules.map((rule) => (keyOf(rule) === keyOf(next) ? next : rule)))
  const addFor = (rule: AlarmRule, queue: string): void => {
    const last = draft.rules.findLastIndex((each) => each.kind === rule.kind)
    put(draft.rules.toSpliced(last + 1, 0, { ...rule, queue }))
  }
  const opened = draft.rules.find((rule) => keyOf(rule) === open)
  const show = (version: AlarmRules): ReactElement => (
    <ul className="system-versions">
      {version.rules.map((rule) => (
        <li key={keyOf(rule)}>{told(t, rule, known)}</li>
      ))}
    </ul>
  )
  return (
    <div className="stack">
      <p className="quiet">{t('system.alarms_about')}</p>
      <EditBar editing={editing}>
        <Input className="system-typed" aria-label={t('system.alarm_note')} placeholder={t('system.alarm_note')} maxLength={LONGEST_NOTE} value={note} onChange={(event) => setNote(event.target.value)} />
        <Button data-testid="alarm-versions" onClick={() => setHistory(true)}>
          {t('system.alarm_versions')}
        </Button>
      </EditBar>
      <EditFrame<AlarmRules> editing={editing} fields={[{ key: 'rules', label: t('system.alarm_rules'), show }]}>
        <Listed label={t('system.tab.alarms')} columns={COLUMNS}>
          {draft.rules.map((rule) => {
            const kind = kinds.get(rule.kind)
            if (kind === undefined) return null
            return (
              <AlarmLine
                key={keyOf(rule)}
                rule={rule}
                kind={kind}
                known={known}
                taken={draft.rules.filter((each) => each.kind === rule.kind).map((each) => each.queue ?? '')}
                onChange={change}
                onOpen={() => setOpen(keyOf(rule))}
                onAddFor={(queue) => addFor(rule, queue)}
                onRemove={() => put(draft.rules.filter((each) => keyOf(each) !== keyOf(rule)))}
              />
            )
          })}
        </Listed>
      </EditFrame>
      <Drawer open={opened !== undefined} onClose={() => setOpen(null)} size={480} title={opened === undefined ? '' : t(`system.alarm.${opened.kind}`)} destroyOnHidden>
        {opened === undefined ? null : <AlarmForm rule={opened} hasWebhook={kinds.get(opened.kind)?.has_webhook === true} known={known} onChange={change} onDone={() => setOpen(null)} />}
      </Drawer>
      <Drawer open={isHistory} onClose={() => setHistory(false)} size={560} title={t('system.alarm_versions')} destroyOnHidden>
        <AlarmVersions
          known={known}
          onLoad={(rules) => {
            // What ships since then stays as it is.
            const had = new Set(rules.map(keyOf))
            const mine = new Map(stored.rules.map((rule) => [keyOf(rule), rule.mine]))
            put([...rules.map((rule) => ({ ...rule, mine: mine.get(keyOf(rule)) ?? false })), ...draft.rules.filter((rule) => (rule.queue ?? null) === null && !had.has(keyOf(rule)))])
            setHistory(false)
          }}
        />
      </Drawer>
    </div>
  )
}

export function AlarmsTab(): ReactElement {
  const rules = useQuery({ queryKey: ALARM_RULES, queryFn: alarms.read, refetchInterval: NEWER_EVERY_MS })
  if (rules.isPending) return <Loading rows={10} />
  if (rules.data === undefined) return <ErrorBox error={rules.error} onRetry={() => void rules.refetch()} />
  return <Editor stored={rules.data} />
}
