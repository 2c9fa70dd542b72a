/** 试呼: a real call to the version in force, by the system itself. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { records, setup } from '@/api/calls'
import { useMay, useZone } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { clockTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { useEditor } from './context'
import { SideHead } from './SideHead'

const UNTIL_WRITTEN_MS = 1_000
const KEYS = /[^0-9*#]/g

function Progress({ call }: { call: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  useTopics('contacts')
  const row = useRow<object>('contacts', call)
  const found = useQuery({
    queryKey: ['record', call],
    queryFn: () => records.read(call),
    retry: false,
    // The record is written a moment after the call begins; no event says when.
    refetchInterval: (query) => (query.state.data !== undefined && query.state.data.record.outcome !== 'in_progress' ? false : UNTIL_WRITTEN_MS),
  })
  useEffect(() => void client.invalidateQueries({ queryKey: ['record', call] }), [client, call, row])
  return (
    <div className="stack" data-testid="call-progress" data-call={call}>
      {found.data === undefined ? (
        <p className="quiet">{t('flows.calling')}</p>
      ) : (
        <ol className="flow-log">
          {found.data.ladder.map((step, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              <span className="figure quiet">{clockTime(step.at, i18n.language, zone)}</span>
              <span>{i18n.exists(`ladder.${step.kind}`) ? t(`ladder.${step.kind}`) : step.kind}</span>
            </li>
          ))}
        </ol>
      )}
      <Link to={`/records/${encodeURIComponent(call)}`}>{t('flows.to_record')}</Link>
    </div>
  )
}

export function CallPanel(): ReactElement {
  const { t } = useTranslation()
  const { id, around, editing, show } = useEditor()
  const mayCall = useMay('test_call')
  const own = around.numbers.filter((each) => each.flow === id).map((each) => each.number)
  const [number, setNumber] = useState<string | null>(null)
  const [press, setPress] = useState('')
  const [call, setCall] = useState<string | null>(null)
  const chosen = number ?? own[0]
  const start = useCommand(async () => {
    if (chosen !== undefined) setCall((await setup.testCall({ number: chosen, press })).call)
  })
  return (
    <div className="stack" data-testid="call-panel">
      <SideHead title={t('flows.panel.call')} onClose={() => show(null)} />
      <p className="quiet">{t('flows.call_why', { version: editing.published?.version ?? 0 })}</p>
      {editing.isDirty ? <p className="flow-warning">▲ {t('flows.call_not_draft')}</p> : null}
      {own.length === 0 ? <p>{t('flows.call_no_number')}</p> : null}
      {mayCall ? null : <p>{t('flows.call_not_yours')}</p>}
      {own.length === 0 || !mayCall ? null : (
        <>
          <div className="flow-field">
            <span className="flow-label">{t('flows.call_number')}</span>
            <Select size="small" aria-label={t('flows.call_number')} value={chosen} options={own.map((each) => ({ value: each, label: each }))} onChange={(each: string) => setNumber(each)} />
          </div>
          <label className="flow-field">
            <span className="flow-label">{t('flows.call_keys')}</span>
            <Input size="small" maxLength={8} value={press} data-testid="call-keys" onChange={(event) => setPress(event.target.value.replace(KEYS, ''))} />
            <span className="quiet">{t('flows.call_keys_why')}</span>
          </label>
          <div>
            <Button type="primary" loading={start.isBusy} data-testid="call-start" onClick={() => void start.run()}>
              {t('flows.call_now')}
            </Button>
          </div>
        </>
      )}
      {call === null ? null : <Progress call={call} />}
    </div>
  )
}
