/** How it went: what the customer said, by what way, and in what words. What was typed is never lost. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Radio, Select } from 'antd'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { callbacks, type CallbackKind, type CallbackLine, type CallbackResult } from '@/api/callbacks'
import { cases } from '@/api/cases'
import { useZone } from '@/api/session'
import { announce } from '@/ui/announce'
import { clockTime, shortDay, textIn } from '@/ui/format'
import { codeOf, useProblemText } from '@/ui/problems'

import { KINDS, refresh, RESULTS } from './known'

const LONGEST_NOTE = 1_000

/** The state and the call in the bar stay within reach. */
const belowTheBar = (): number => document.querySelector('.shell-top')?.getBoundingClientRect().bottom ?? 0

interface ResultDrawerProps {
  line: CallbackLine
  /** Of the call that was placed from the row. */
  contact: string | null
  onClose: () => void
}

/** "您上次(11月23日)咨询的…": with what the call begins. */
function Opening({ line }: { line: CallbackLine }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const topic = textIn(i18n.language, line.last_contact?.topic ?? '', line.last_contact?.topic_en)
  const day = shortDay(line.last_contact?.at ?? line.case.opened_at, i18n.language, zone)
  return (
    <p className="callback-opening" data-testid="callback-opening">
      {t('callbacks.opening', { day, topic: topic === '' ? line.case.title : topic })}
    </p>
  )
}

export function ResultDrawer({ line, contact, onClose }: ResultDrawerProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const textOf = useProblemText()
  const [result, setResult] = useState<CallbackResult | null>(null)
  const [kind, setKind] = useState<CallbackKind>('call')
  const [note, setNote] = useState('')
  const [revision, setRevision] = useState(line.case.revision)
  const [refusal, setRefusal] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const needsWords = result === 'unsatisfied' && note.trim() === ''
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (result === null || needsWords || isBusy) return
    setBusy(true)
    setRefusal(null)
    try {
      const after = await callbacks.say(line.case.id, { result, kind, note: note.trim(), contact, revision })
      announce(after.round > line.case.round ? t('callbacks.said_round', { number: line.case.number, round: after.round }) : t('callbacks.said', { number: line.case.number }))
      onClose()
      void refresh(client)
    } catch (error) {
      // A colleague was quicker: what stands now is what the next try is about.
      if (codeOf(error) === 'case_changed') await cases.read(line.case.id).then((now) => setRevision(now.revision), () => undefined)
      setRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer open onClose={onClose} title={`${t('callbacks.say')} · ${line.case.number}`} size={440} mask={false} rootStyle={{ top: belowTheBar() }} data-testid="callback-drawer">
      <form className="stack" onSubmit={(event) => void save(event)}>
        <Opening line={line} />
        <p className="quiet">
          <Link to={`/cases/${encodeURIComponent(line.case.id)}`}>{line.case.title}</Link> · {line.case.phone || '—'}
        </p>
        <div role="radiogroup" aria-label={t('callbacks.result')}>
          <Radio.Group className="callback-results" value={result} onChange={(event) => setResult(event.target.value as CallbackResult)}>
            {RESULTS.map((each) => (
              <Radio key={each} value={each} data-testid={`result-${each}`}>
                {t(`callbacks.result.${each}`)}
              </Radio>
            ))}
          </Radio.Group>
        </div>
        {result === null ? null : <p className="quiet">{result === 'unreachable' && line.is_last ? t('callbacks.last_try') : t(`callbacks.follows.${result}`)}</p>}
        {result === 'unreachable' && line.not_before !== null ? (
          <p className="quiet">{t('callbacks.two_hours', { at: clockTime(line.not_before, i18n.language, zone) })}</p>
        ) : null}
        <label>
          {t('callbacks.kind')}
          <Select className="wide" value={kind} onChange={setKind} data-testid="callback-kind" options={KINDS.map((each) => ({ value: each, label: t(`callbacks.kind.${each}`) }))} />
        </label>
        <label>
          {t('callbacks.note')}
          <Input.TextArea rows={4} maxLength={LONGEST_NOTE} value={note} data-testid="callback-note" onChange={(event) => setNote(event.target.value)} />
        </label>
        {needsWords ? <p className="quiet">{t('callbacks.needs_words')}</p> : null}
        {refusal === null ? null : (
          <p className="over" role="alert" data-testid="callback-refusal">
            <span aria-hidden="true">■ </span>
            {textOf(refusal)}
          </p>
        )}
        <div>
          <Button type="primary" htmlType="submit" loading={isBusy} disabled={result === null || needsWords} data-testid="callback-save">
            {t('callbacks.save')}
          </Button>
        </div>
      </form>
    </Drawer>
  )
}
