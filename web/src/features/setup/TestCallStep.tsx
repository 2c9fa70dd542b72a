/** Step 6: the first call through the real switch; then its record, its sound and its figure on this page. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { centre, desk, records } from '@/api/calls'
import { routing } from '@/api/routing'
import type { AgentRow } from '@/api/schema'
import { hasDesk, useMay, useMe } from '@/api/session'
import { useRow, useTopics } from '@/live/hooks'
import { figure } from '@/ui/format'
import { Strip } from '@/ui/Strip'
import { useCommand } from '@/ui/useCommand'

import { madeBy, type StepProps } from './steps'
import { TestCall, useCall, useProgress } from './TestCall'

const FIGURE = 'handled'
const UNTIL_COUNTED_MS = 1_000

/** What proves the call: it is told, it can be heard, it is counted. */
function Proof({ call, onDone }: { call: string; onDone: (what?: string) => Promise<void> }): ReactElement {
  const { t, i18n } = useTranslation()
  const mayPlay = useMay('records.play')
  const detail = useProgress(call)
  const isOver = detail !== undefined && detail.record.outcome !== 'in_progress'
  const isRecorded = detail?.recording.state === 'ready'
  const today = useQuery({
    queryKey: ['today', call, isOver],
    queryFn: () => centre.today(),
    enabled: isOver,
    // Figures follow the end of a call within moments; no event says when.
    refetchInterval: (query) => ((query.state.data?.metrics.find((metric) => metric.id === FIGURE)?.value ?? 0) > 0 ? false : UNTIL_COUNTED_MS),
  })
  const tile = today.data?.metrics.find((metric) => metric.id === FIGURE) ?? today.data?.metrics[0]
  const next = useCommand(() => onDone(call))
  return (
    <section className="panel stack" aria-label={t('setup.proof')} data-testid="proof">
      <h2>{t('setup.proof')}</h2>
      <ul className="setup-list">
        <li data-testid="proof-record" data-ok={isOver}>
          {isOver ? '●' : '◔'} {isOver ? t('setup.proof_record') : t('setup.proof_waiting')}
        </li>
        <li data-testid="proof-recording" data-ok={isRecorded}>
          {isRecorded ? '●' : '◔'} {isRecorded ? t('setup.proof_recording') : t('setup.proof_no_recording')}
          {isRecorded && mayPlay ? (
            // What was said stands in no text; the page of the record tells what happened.
            // oxlint-disable-next-line jsx-a11y/media-has-caption
            <audio controls preload="none" src={records.audioPath(call)} aria-label={t('records.recording')} className="setup-sound" />
          ) : null}
        </li>
        <li data-testid="proof-figure" data-ok={(tile?.value ?? 0) > 0}>
          {tile === undefined ? `◔ ${t('setup.proof_no_figure')}` : (
            <span className="tile setup-tile">
              <b className="figure">{figure(tile.value, tile.unit as Parameters<typeof figure>[1])}</b>
              <span className="quiet">{i18n.language.startsWith('en') ? (tile.name_en ?? tile.name) : tile.name}</span>
            </span>
          )}
        </li>
      </ul>
      <div>
        <Button type="primary" disabled={!isOver} loading={next.isBusy} data-testid="setup-next" onClick={() => void next.run()}>
          {t('setup.next')}
        </Button>
      </div>
    </section>
  )
}

const digits = (typed: string): string => typed.replaceAll(/[^0-9*#]/g, '')

/** What the test dials and presses, filled in for the queue of the step before. */
function Dialling({ number, press, onChange }: { number: string; press: string; onChange: (number: string, press: string) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <section className="panel row" aria-label={t('setup.dialling')}>
      <span className="grow quiet">{t('setup.dialling_why')}</span>
      <Input className="setup-dial" maxLength={20} prefix={t('setup.dial')} aria-label={t('setup.dial')} value={number} data-testid="dial-number" onChange={(event) => onChange(digits(event.target.value), press)} />
      <Input className="setup-dial" maxLength={8} prefix={t('setup.press')} aria-label={t('setup.press')} value={press} data-testid="dial-press" onChange={(event) => onChange(number, digits(event.target.value))} />
    </section>
  )
}

/** Whom nothing rings would wait in vain: whoever answers here says so with one press. */
function Readiness(): ReactElement | null {
  const { t } = useTranslation()
  const me = useMe()
  useTopics('agents')
  const row = useRow<AgentRow>('agents', me?.agent?.id ?? '')
  const ready = useCommand(() => desk.state({ to: 'ready' }))
  if (!hasDesk(me) || row === undefined) return null
  if (row.state === 'signed_out') return <Strip code="test-signed-out" tone="amber" action={<Link to="/setup?step=agent">{t('setup.step.agent')}</Link>}>{t('setup.test_signed_out')}</Strip>
  if (row.state !== 'not_ready') return null
  return (
    <Strip code="test-not-ready" tone="amber" action={<Button size="small" loading={ready.isBusy} data-testid="test-ready" onClick={() => void ready.run()}>{t('setup.ready_now')}</Button>}>
      {t('setup.test_not_ready')}
    </Strip>
  )
}

const HOTLINE = { number: '4001', press: '2' }

export function TestCallStep({ organisation, onDone }: StepProps): ReactElement {
  const queue = madeBy(organisation, 'queue')
  const [call, setCall] = useCall()
  const [typed, setTyped] = useState<{ number: string; press: string } | null>(null)
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: routing.numbers })
  const direct = numbers.data?.find((each) => queue !== '' && each.queue === queue)
  const first = numbers.data?.[0]
  const isThere = first === undefined || numbers.data?.some((each) => each.number === HOTLINE.number) === true
  // A number that leads straight to the queue needs no key; the demonstration's hotline has a menu.
  const dialled = typed ?? (direct !== undefined ? { number: direct.number, press: '' } : isThere ? HOTLINE : { number: first.number, press: '' })
  return (
    <>
      <Readiness />
      <Dialling {...dialled} onChange={(number, press) => setTyped({ number, press })} />
      <TestCall dialled={dialled} call={call} onCall={setCall} />
      {call === null ? null : <Proof key={call} call={call} onDone={onDone} />}
    </>
  )
}
