/** Publish, now or at a set time: what changes for callers, what is in the way, and why it is done. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiProblem } from '@/api/client'
import { flows, plans } from '@/api/flows'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

import { useEditor } from './context'
import { contentOf, diffFlows } from './diff'
import { DiffTable } from './DiffTable'
import { bodyOf } from './edit'
import { Planned } from './Planned'
import { ProblemList } from './ProblemsPanel'
import { SideHead } from './SideHead'
import { instantOf, wallText } from './story'

type When = 'now' | 'later'
const HOUR_MS = 3_600_000

/** Six in the morning of tomorrow: before most centres open. */
function tomorrow(zone: string): string {
  return `${wallText(serverNow() + 24 * HOUR_MS, zone).slice(0, 10)}T06:00`
}

export function PublishPanel({ isChecked }: { isChecked: boolean }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { id, editing, flow, problems, plan, show } = useEditor()
  const zone = useZone()
  const [note, setNote] = useState('')
  const [when, setWhen] = useState<When>('now')
  const [moment, setMoment] = useState(() => tomorrow(zone))
  const faults = problems.filter((problem) => !problem.is_warning)
  const before = editing.published === null ? null : contentOf(editing.published)
  const dueAt = instantOf(moment, zone)
  const isTooEarly = dueAt === null || dueAt <= serverNow()
  const publish = useCommand(async () => {
    try {
      const made = await flows.publish(id, bodyOf(flow), editing.basedOn, note)
      editing.done(made)
      announce(t('flows.published', { version: made.version }))
      show(null)
    } catch (error) {
      // Both versions are shown as soon as the newer one is here.
      if (error instanceof ApiProblem && error.code === 'flow_changed') await editing.query.refetch()
      throw error
    }
  })
  const planIt = useCommand(async () => {
    if (dueAt === null) return
    await plans.make(id, bodyOf(flow), editing.basedOn, note, dueAt)
    editing.discard()
    await client.invalidateQueries({ queryKey: ['flow-plans'] })
    announce(t('flows.plan_made'))
  })
  const isOff = faults.length > 0 || !editing.isDirty || editing.isBehind || !isChecked
  const isWaiting = plan?.state === 'waiting'
  return (
    <div className="stack" data-testid="publish-panel">
      <SideHead title={t(editing.isOpen ? 'flows.panel.publish' : 'flows.planned')} onClose={() => show(null)} />
      {plan === null ? null : <Planned key={plan.plan} plan={plan} />}
      {!editing.isOpen ? null : (
        <>
          {faults.length > 0 ? <p className="flow-fault">■ {t('flows.cannot_publish', { count: faults.length })}</p> : null}
          <ProblemList problems={problems} />
          {before === null ? (
            <p>{t('flows.first_version', { count: Object.keys(flow.nodes).length })}</p>
          ) : (
            <DiffTable changes={diffFlows(before, flow)} before={before} after={flow} empty={t('flows.nothing_changed')} />
          )}
          <label className="flow-field">
            <span className="flow-label">{t('flows.note')}</span>
            <Input.TextArea rows={2} maxLength={200} value={note} data-testid="publish-note" onChange={(event) => setNote(event.target.value)} />
            <span className="quiet">{t('flows.note_why')}</span>
          </label>
          <div className="flow-line" style={{ flexWrap: 'wrap' }}>
            <Segmented<When>
              value={when}
              aria-label={t('flows.when')}
              onChange={setWhen}
              options={(['now', 'later'] as const).map((each) => ({ value: each, label: <span data-testid={`when-${each}`}>{t(`flows.when.${each}`)}</span> }))}
            />
            {when === 'later' ? (
              <Input type="datetime-local" style={{ width: 210 }} aria-label={t('flows.due_at')} data-testid="due-at" status={isTooEarly ? 'error' : undefined} value={moment} onChange={(event) => setMoment(event.target.value)} />
            ) : null}
          </div>
          <p className={when === 'later' && (isTooEarly || isWaiting) ? 'flow-fault' : 'quiet'}>
            {when === 'now' ? t('flows.takes_effect') : isWaiting ? t('flows.plan_first') : isTooEarly ? t('flows.due_too_early') : t('flows.takes_effect_later', { zone })}
          </p>
          <div className="row">
            {when === 'now' ? (
              <Button type="primary" disabled={isOff} loading={publish.isBusy} data-testid="publish-now" onClick={() => void publish.run()}>
                {t('flows.publish_now')}
              </Button>
            ) : (
              <Button type="primary" disabled={isOff || isTooEarly || isWaiting} loading={planIt.isBusy} data-testid="publish-later" onClick={() => void planIt.run()}>
                {t('flows.publish_later')}
              </Button>
            )}
            {editing.published === null ? null : (
              <Button danger disabled={!editing.isDirty} data-testid="discard" onClick={editing.discard}>
                {t('flows.discard')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}
