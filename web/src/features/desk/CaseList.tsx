/** The open work orders of whoever is on the line: their clocks, attached to this contact, urged. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { deskCases, type DeskCase } from '@/api/deskCases'
import { handing } from '@/api/handing'
import { useZone } from '@/api/session'
import { CaseMarks, CaseStateTag } from '@/shared/cases/CaseTags'
import { useCaseNames } from '@/shared/cases/known'
import { Limits } from '@/shared/cases/Limit'
import { announce } from '@/ui/announce'
import { nameIn, shortDay } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

/** When the customer was last heard and about what: how a call back begins. */
export function LastContact({ contact }: { contact: string }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const history = useQuery({ queryKey: ['desk', 'history', contact], queryFn: () => handing.history(contact), staleTime: Infinity })
  const last = history.data?.last[0]
  if (last === undefined) return null
  const code = last.disposition === null || last.disposition.name === 'TIMEOUT' ? '' : nameIn(i18n.language, last.disposition)
  const topic = [code, last.note].filter((part) => part !== '').join(' · ')
  return (
    <p className="quiet desk-case-last" title={topic} data-testid="desk-case-last">
      {t('deskcase.last', { at: shortDay(last.arrived_at, i18n.language, zone), topic: topic === '' ? nameIn(i18n.language, last.queue) : topic })}
    </p>
  )
}

interface LineProps {
  contact: string
  line: DeskCase
  onChanged: () => Promise<void>
}

function Urging({ contact, line, onChanged, onDone }: LineProps & { onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const urge = useCommand(async () => {
    try {
      await deskCases.urge(contact, line.id, reason.trim(), line.revision)
      announce(t('deskcase.urged', { number: line.number }))
      onDone()
    } finally {
      await onChanged()
    }
  })
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        void urge.run()
      }}
    >
      <Input size="small" className="desk-case-words" autoFocus maxLength={500} placeholder={t('deskcase.urge_why')} aria-label={t('deskcase.urge_why')} value={reason} data-testid="urge-reason" onChange={(event) => setReason(event.target.value)} />
      <Button size="small" type="primary" htmlType="submit" loading={urge.isBusy} data-testid="urge-send">
        {t('deskcase.urge')}
      </Button>
      <Button size="small" onClick={onDone}>
        {t('common.cancel')}
      </Button>
    </form>
  )
}

function Line({ contact, line, onChanged }: LineProps): ReactElement {
  const { t } = useTranslation()
  const names = useCaseNames()
  const [isUrging, setUrging] = useState(false)
  const attach = useCommand(async () => {
    await deskCases.attach(contact, line.id)
    announce(t('deskcase.attached_said', { number: line.number }))
    await onChanged()
  })
  return (
    <li className="desk-case-line" data-testid={`desk-case-${line.id}`}>
      <div className="row">
        <Link to={`/cases/${encodeURIComponent(line.id)}`}>{line.number}</Link>
        <CaseStateTag state={line.state} isSuspended={line.suspended} />
        <CaseMarks {...line} />
        <span className="grow" />
        {line.attached ? (
          <span className="quiet">✓ {t('deskcase.attached')}</span>
        ) : (
          <Button size="small" loading={attach.isBusy} data-testid={`attach-${line.id}`} onClick={() => void attach.run()}>
            {t('deskcase.attach')}
          </Button>
        )}
        <Button size="small" disabled={isUrging} data-testid={`urge-${line.id}`} onClick={() => setUrging(true)}>
          {t('deskcase.urge')}
        </Button>
      </div>
      <div className="desk-case-title" title={line.title}>
        {names.kind(line.kind)} · {line.title} {line.area === null ? '' : `→ ${names.area(line.area)}`}
      </div>
      <Limits clocks={line.clocks} />
      {isUrging ? <Urging contact={contact} line={line} onChanged={onChanged} onDone={() => setUrging(false)} /> : null}
    </li>
  )
}

export function OpenCases({ contact, lines, onChanged }: { contact: string; lines: readonly DeskCase[]; onChanged: () => Promise<void> }): ReactElement {
  const { t } = useTranslation()
  if (lines.length === 0) return <p className="quiet">{t('deskcase.none')}</p>
  return (
    <ul className="former" aria-label={t('deskcase.open', { count: lines.length })}>
      {lines.map((line) => (
        <Line key={line.id} contact={contact} line={line} onChanged={onChanged} />
      ))}
    </ul>
  )
}
