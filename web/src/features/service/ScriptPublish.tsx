/** Publish the draft: what changes for agents, from when on, and why. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { contentOf, scripts, type Script } from '@/api/scripts'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { codeOf, useRefusalText } from '@/ui/problems'
import { instantOf } from '@/ui/zone'

import { ScriptDiff } from './ScriptDiff'
import { blankScript, SCRIPTS } from './scripts'

export function ScriptPublish({ stored, isDirty, onDone }: { stored: Script; isDirty: boolean; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const zone = useZone()
  const textOf = useRefusalText()
  const [note, setNote] = useState('')
  const [isLater, setLater] = useState(false)
  const [time, setTime] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const before = stored.coming ?? stored.current
  const at = isLater ? instantOf(time, zone) : null
  const isUnchanged = before !== null && JSON.stringify(before.content) === JSON.stringify(contentOf(stored))
  const publish = async (): Promise<void> => {
    setBusy(true)
    setRefusal(null)
    try {
      const made = await scripts.publish(stored.id, stored.revision, at, note)
      announce(t('service.script_published', { version: made.coming?.version ?? made.current?.version ?? '' }))
      onDone()
    } catch (error) {
      setRefusal(error)
    } finally {
      await client.invalidateQueries({ queryKey: SCRIPTS })
      setBusy(false)
    }
  }
  return (
    <section className="panel stack" aria-label={t('service.script_publish')} data-testid="script-publish-panel">
      <h2>{t('service.script_publish')}</h2>
      {isDirty ? <p className="missing">▲ {t('service.script_save_first')}</p> : null}
      {refusal === null ? null : (
        <p className="error-box edit-refusal" role="alert" data-testid="script-refusal">
          ■ {textOf(refusal)} <code>{codeOf(refusal)}</code>
        </p>
      )}
      <ScriptDiff before={before?.content ?? blankScript('')} after={stored} empty={t('service.script_same')} />
      <Radio.Group value={isLater} onChange={(event) => setLater(event.target.value as boolean)}>
        <Radio value={false}>{t('service.script_now')}</Radio>
        <Radio value={true} data-testid="script-later">{t('service.script_later')}</Radio>
      </Radio.Group>
      {isLater ? <Input type="datetime-local" className="service-name" aria-label={t('service.script_later')} value={time} data-testid="script-time" onChange={(event) => setTime(event.target.value)} /> : null}
      <label>
        <span className="quiet">{t('service.script_note')}</span>
        <Input.TextArea rows={2} maxLength={200} value={note} data-testid="script-note" onChange={(event) => setNote(event.target.value)} />
      </label>
      <p className="quiet">{t('service.script_published_why')}</p>
      <div className="row">
        <Button type="primary" loading={isBusy} disabled={isDirty || isUnchanged || (isLater && at === null)} data-testid="script-publish-now" onClick={() => void publish()}>
          {t('service.script_publish')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </section>
  )
}
