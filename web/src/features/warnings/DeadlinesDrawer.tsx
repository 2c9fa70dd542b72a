/** 时限: how long each hop may take, from when on; clocks that run keep what they have. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { useZone } from '@/api/session'
import { warnings } from '@/api/warnings'
import { announce } from '@/ui/announce'
import { dateTime } from '@/ui/format'
import { codeOf, useProblemText } from '@/ui/problems'
import { ErrorBox, Loading } from '@/ui/states'
import { fieldTime, instantOf } from '@/ui/zone'

import { draftOf, isDaily, limitsOf, wishOf, type Limit, type LimitDraft } from './limits'
import { useSpan } from './words'

const KEY = ['warning-deadlines']
const FRESH_MS = 10_000
const SHARES = [25, 50, 75, 80, 90].map((percent) => ({ value: percent, label: `${percent}%` }))

function Editor({ limit, onDone }: { limit: Limit; onDone: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const span = useSpan()
  const textOf = useProblemText()
  const client = useQueryClient()
  const id = useId()
  const [draft, setDraft] = useState<LimitDraft>(() => draftOf(limit))
  const [read] = useState(limit.latest)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<unknown>(null)
  const isOutrun = limit.latest !== read
  const set = (change: Partial<LimitDraft>): void => setDraft({ ...draft, ...change })
  const save = async (after: number): Promise<void> => {
    setBusy(true)
    setRefusal(null)
    try {
      await warnings.putDeadline(wishOf(limit, draft, after))
      await client.invalidateQueries({ queryKey: KEY })
      announce(t('warnings.limit_saved'))
      onDone()
    } catch (error) {
      if (codeOf(error) === 'deadline_changed') await client.invalidateQueries({ queryKey: KEY })
      else setRefusal(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="panel stack" data-testid={`limit-editor-${limit.code}`}>
      {isOutrun ? (
        <div className="conflict" role="alert" data-testid="limit-outrun">
          <p>
            {t('warnings.limit_outrun', {
              theirs: span((limit.next ?? limit.now)?.target ?? 0),
              at: dateTime((limit.next ?? limit.now)?.effective_at ?? 0, i18n.language, zone),
              mine: span((draft.minutes ?? 0) * 60_000),
            })}
          </p>
          <div className="row">
            <Button type="primary" loading={isBusy} onClick={() => void save(limit.latest)}>
              {t('warnings.limit_mine')}
            </Button>
            <Button onClick={onDone}>{t('warnings.limit_theirs')}</Button>
          </div>
        </div>
      ) : null}
      {refusal === null ? null : (
        <div className="error-box ew-refusal" role="alert">
          <span aria-hidden="true">■ </span>
          {textOf(refusal)} <code>{codeOf(refusal)}</code>
        </div>
      )}
      <div className="ew-limit-fields">
        <label htmlFor={`${id}-minutes`}>{t('warnings.limit_minutes')}</label>
        <InputNumber id={`${id}-minutes`} min={0} max={525_600} precision={0} suffix={t('warnings.minutes')} className="number-field" value={draft.minutes} onChange={(minutes) => set({ minutes })} data-testid="limit-minutes" />
        <label htmlFor={`${id}-marks`}>{t('warnings.limit_marks')}</label>
        <Select id={`${id}-marks`} mode="multiple" value={draft.marks} options={SHARES} onChange={(marks: number[]) => set({ marks: [...marks].sort((one, other) => one - other) })} />
        <label htmlFor={`${id}-from`}>{t('warnings.limit_from')}</label>
        <Input id={`${id}-from`} type="datetime-local" value={draft.from === null ? '' : fieldTime(draft.from, zone)} onChange={(event) => set({ from: instantOf(event.target.value, zone) })} />
        <label htmlFor={`${id}-note`}>{t('warnings.limit_note')}</label>
        <Input id={`${id}-note`} maxLength={500} value={draft.note} onChange={(event) => set({ note: event.target.value })} />
      </div>
      <p className="quiet">{t('warnings.limit_about')}</p>
      <div className="row">
        <Button
          type="primary"
          loading={isBusy}
          disabled={draft.minutes === null || isOutrun}
          onClick={() => void save(read)}
          data-testid="limit-save"
        >
          {t('warnings.limit_save')}
        </Button>
        <Button onClick={onDone}>{t('common.cancel')}</Button>
      </div>
    </div>
  )
}

function Line({ limit, isOpen, onOpen, onDone }: { limit: Limit; isOpen: boolean; onOpen: () => void; onDone: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const span = useSpan()
  const { code, now, next } = limit
  const time = (target: number): string => (target === 0 ? t('warnings.no_limit') : isDaily(code) ? t('warnings.day_end') : span(target))
  return (
    <li data-testid={`limit-${code}`}>
      <div className="row">
        <b className="grow">{t(`warnings.clock.${code}`)}</b>
        <span className="figure">{now === null ? '—' : time(now.target)}</span>
        {isDaily(code) ? null : (
          <Button size="small" aria-expanded={isOpen} onClick={onOpen} data-testid={`limit-edit-${code}`}>
            {t('warnings.limit_change')}
          </Button>
        )}
      </div>
      <p className="quiet">
        {t(`warnings.clock_about.${code}`)}
        {next === null ? '' : ` · ${t('warnings.limit_next', { at: dateTime(next.effective_at, i18n.language, zone), time: time(next.target) })}`}
      </p>
      {isOpen ? <Editor limit={limit} onDone={onDone} /> : null}
    </li>
  )
}

export function DeadlinesDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const rules = useQuery({ queryKey: KEY, queryFn: warnings.deadlines, refetchInterval: FRESH_MS, refetchOnWindowFocus: true })
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Drawer open onClose={onClose} title={t('warnings.deadlines')} size={560} destroyOnHidden data-testid="warning-deadlines-drawer">
      <p className="quiet">
        {t('warnings.deadlines_about')} <Link to="/admin/service?tab=warning_sheet">{t('warnings.sheet_edit')}</Link>
      </p>
      {rules.isError ? <ErrorBox error={rules.error} onRetry={() => void rules.refetch()} /> : null}
      {rules.isPending ? <Loading rows={8} /> : null}
      <ul className="ew-limits">
        {rules.data === undefined
          ? null
          : limitsOf(rules.data, rules.dataUpdatedAt).map((limit) => (
              <Line key={limit.code} limit={limit} isOpen={open === limit.code} onOpen={() => setOpen(open === limit.code ? null : limit.code)} onDone={() => setOpen(null)} />
            ))}
      </ul>
    </Drawer>
  )
}
