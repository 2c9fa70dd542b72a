/** Publish: what changes for callers, what is in the way, and why it is done. */
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ApiProblem } from '@/api/client'
import { flows } from '@/api/flows'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

import { useEditor } from './context'
import { contentOf, diffFlows } from './diff'
import { DiffTable } from './DiffTable'
import { bodyOf } from './edit'
import { ProblemList } from './ProblemsPanel'
import { SideHead } from './SideHead'

export function PublishPanel({ isChecked }: { isChecked: boolean }): ReactElement {
  const { t } = useTranslation()
  const { id, editing, flow, problems, show } = useEditor()
  const [note, setNote] = useState('')
  const faults = problems.filter((problem) => !problem.is_warning)
  const before = editing.published === null ? null : contentOf(editing.published)
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
  const isOff = faults.length > 0 || !editing.isDirty || editing.isBehind || !isChecked
  return (
    <div className="stack" data-testid="publish-panel">
      <SideHead title={t('flows.panel.publish')} onClose={() => show(null)} />
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
      <p className="quiet">{t('flows.takes_effect')}</p>
      <div className="row">
        <Button type="primary" disabled={isOff} loading={publish.isBusy} data-testid="publish-now" onClick={() => void publish.run()}>
          {t('flows.publish_now')}
        </Button>
        {editing.published === null ? null : (
          <Button danger disabled={!editing.isDirty} data-testid="discard" onClick={editing.discard}>
            {t('flows.discard')}
          </Button>
        )}
      </div>
    </div>
  )
}
