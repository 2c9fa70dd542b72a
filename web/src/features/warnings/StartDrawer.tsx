/** 判定为预警: which complaint, at which store, and why; what is written is kept until it is made. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, Select } from 'antd'
import { useDeferredValue, useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { warnedCases, warnings } from '@/api/warnings'
import { announce } from '@/ui/announce'
import { codeOf, useProblemText } from '@/ui/problems'

import { refresh } from './useWarning'

export interface StartDrawerProps {
  caseId: string | null
  /** A contact whose work orders are offered. */
  contact: string | null
  onClose: () => void
}

interface Written {
  store: string
  reason: string
}

const SHORTEST = 2
const keyOf = (one: string): string => `lianxi-draft-warning-new-${one}`

function kept(key: string): Written {
  try {
    return { store: '', reason: '', ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Written>) }
  } catch {
    return { store: '', reason: '' }
  }
}

/** Which work order it is about: those of the contact, or found by its number or title. */
function CaseField({ id, contact, chosen, onChoose }: { id: string; contact: string | null; chosen: string | null; onChoose: (one: string | null) => void }): ReactElement {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const text = useDeferredValue(typed.trim())
  const isAsked = contact !== null || text.length >= SHORTEST
  const found = useQuery({
    queryKey: ['warned-cases', contact, text],
    queryFn: () => (contact !== null && text === '' ? warnedCases.ofContact(contact) : warnedCases.find(text)),
    enabled: isAsked,
  })
  const one = useQuery({ queryKey: ['case', chosen], queryFn: () => warnedCases.read(chosen ?? ''), enabled: chosen !== null })
  const options = (found.data?.items ?? []).map((each) => ({ value: each.id, label: `${each.number} · ${each.title}` }))
  if (chosen !== null && !options.some((each) => each.value === chosen)) {
    options.unshift({ value: chosen, label: one.data === undefined ? chosen : `${one.data.number} · ${one.data.title}` })
  }
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t('warnings.find_case')}
      value={chosen}
      notFoundContent={<span className="quiet">{isAsked ? t('warnings.no_case') : t('warnings.find_case')}</span>}
      options={options}
      onChange={(value: string | null | undefined) => onChoose(value ?? null)}
      data-testid="warning-case"
    />
  )
}

export function StartDrawer({ caseId, contact, onClose }: StartDrawerProps): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const id = useId()
  const [chosen, setChosen] = useState(caseId)
  const key = keyOf(caseId ?? contact ?? '')
  const [written, setWritten] = useState(() => kept(key))
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const standing = useQuery({
    queryKey: ['warnings', 'of-case', chosen],
    queryFn: () => warnings.find({ case: chosen ?? '', open: true, limit: 1 }),
    enabled: chosen !== null,
  })
  const open = chosen === null ? undefined : standing.data?.items[0]
  const write = (change: Partial<Written>): void => {
    const next = { ...written, ...change }
    setWritten(next)
    localStorage.setItem(key, JSON.stringify(next))
  }
  const go = async (): Promise<void> => {
    if (chosen === null) return
    setBusy(true)
    setRefusal(null)
    try {
      const made = await warnings.start({ case: chosen, store: written.store.trim(), reason: written.reason.trim() })
      localStorage.removeItem(key)
      refresh(client)
      announce(t('warnings.started', { number: made.number }))
      void navigate(`/warnings/${encodeURIComponent(made.number)}`)
    } catch (error) {
      setRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer open onClose={onClose} title={t('warnings.start')} size={520} destroyOnHidden data-testid="warning-start">
      <div className="stack ew-start">
        <p className="quiet">{t('warnings.start_about')}</p>
        {refusal === null ? null : (
          <div className="error-box ew-refusal" role="alert" data-testid="start-refusal">
            <span aria-hidden="true">■ </span>
            {textOf(refusal)} <code>{codeOf(refusal)}</code>
          </div>
        )}
        <label htmlFor={`${id}-case`}>{t('warnings.column.case')}</label>
        <CaseField id={`${id}-case`} contact={contact} chosen={chosen} onChoose={setChosen} />
        {open === undefined ? null : (
          <p role="status">
            ▲ {t('warnings.warned_already')} <Link to={`/warnings/${encodeURIComponent(open.number)}`}>{open.number}</Link>
          </p>
        )}
        <label htmlFor={`${id}-store`}>{t('warnings.column.store')}</label>
        <Input id={`${id}-store`} maxLength={200} value={written.store} onChange={(event) => write({ store: event.target.value })} data-testid="warning-store" />
        <label htmlFor={`${id}-reason`}>{t('warnings.why')}</label>
        <Input.TextArea id={`${id}-reason`} rows={4} maxLength={5_000} value={written.reason} onChange={(event) => write({ reason: event.target.value })} data-testid="warning-reason" />
        <p className="quiet">{t('warnings.start_clock')}</p>
        <div className="row">
          <Button type="primary" loading={isBusy} disabled={chosen === null || open !== undefined || written.reason.trim() === ''} onClick={() => void go()} data-testid="warning-start-go">
            {t('warnings.start')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </div>
    </Drawer>
  )
}
