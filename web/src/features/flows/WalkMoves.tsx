/** What the caller on trial can do now, or what the world may answer. */
import { Button, Input } from 'antd'
import { useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Move, Rehearsal } from '@/api/flows'

import { valueFrom } from './OperandField'

type Kind = Move['kind']

const KEYS = [...'123456789*0#']
/** What may come of each thing asked: the first is the good one. */
const ANSWERS: Record<string, Kind[]> = {
  http: ['answer', 'failure', 'late'],
  customer: ['answer', 'not_found', 'failure', 'late'],
  announcement: ['answer', 'failure', 'late'],
  identity: ['answer', 'not_found', 'failure', 'late'],
  voicemail: ['answer', 'failure'],
  fax: ['answer', 'failure'],
  transfer: ['answer', 'failure', 'late'],
}

interface Props {
  found: Rehearsal
  onMove: (move: Move) => void
}

const move = (kind: Kind, more: Partial<Move> = {}): Move => ({ kind, key: '', values: {}, ...more })

function Keys({ onMove }: Pick<Props, 'onMove'>): ReactElement {
  const { t } = useTranslation()
  const type = (event: KeyboardEvent): void => {
    if (!KEYS.includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    onMove(move('key', { key: event.key }))
  }
  return (
    // The keypad itself takes the digits of the keyboard; its buttons do the same.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="stack" onKeyDown={type} data-testid="walk-keys">
      <div className="flow-keys" role="group" aria-label={t('flows.keypad')}>
        {KEYS.map((key) => (
          <Button key={key} data-testid={`walk-key-${key}`} onClick={() => onMove(move('key', { key }))}>
            {key}
          </Button>
        ))}
      </div>
      <div>
        <Button data-testid="walk-silence" onClick={() => onMove(move('silence'))}>
          {t('flows.silence')}
        </Button>
      </div>
    </div>
  )
}

function Answers({ found, onMove }: Props): ReactElement {
  const { t } = useTranslation()
  const [values, setValues] = useState<Record<string, string>>({})
  const answer = (kind: Kind): void => {
    const given = kind === 'answer' ? Object.fromEntries(found.fields.map((field) => [field, valueFrom(values[field] ?? '')])) : {}
    onMove(move(kind, { values: given }))
  }
  return (
    <div className="stack" data-testid="walk-answers">
      {found.fields.map((field) => (
        <Input key={field} size="small" prefix={field} aria-label={t('flows.answer_field', { field })} title={t('flows.constant_why')} value={values[field] ?? ''} onChange={(event) => setValues({ ...values, [field]: event.target.value })} />
      ))}
      <div className="row">
        {(ANSWERS[found.asked] ?? ['answer', 'failure']).map((kind) => (
          <Button key={kind} data-testid={`walk-${kind}`} onClick={() => answer(kind)}>
            {t(`flows.answer.${found.asked}.${kind}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}

export function WalkMoves({ found, onMove }: Props): ReactElement {
  const { t } = useTranslation()
  return (
    <div className="stack">
      <p role="status" data-testid="walk-status">
        {found.waits_for === '' ? t('flows.walk_over') : t(`flows.walk_waits.${found.waits_for}`)}
      </p>
      {found.waits_for === 'key' ? <Keys onMove={onMove} /> : null}
      {found.waits_for === 'answer' ? <Answers key={found.node} found={found} onMove={onMove} /> : null}
      {found.unused > 0 ? <p className="flow-warning">▲ {t('flows.walk_unused', { count: found.unused })}</p> : null}
      {Object.keys(found.values).length === 0 ? null : (
        <p className="quiet">
          {t('flows.variables')}: {Object.entries(found.values).map(([name, value]) => `${name} = ${String(value)}`).join(', ')}
        </p>
      )}
    </div>
  )
}
