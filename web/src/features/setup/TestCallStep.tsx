/** Step 6: the first call through the real switch; then its record, its sound and its figure on this page. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { centre, records } from '@/api/calls'
import { routing } from '@/api/routing'
import { useMay } from '@/api/session'
import { figure } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { madeBy, type StepProps } from './steps'
import { TestCall, useProgress } from './TestCall'

const FIGURE = 'handled'

/** What proves the call: it is told, it can be heard, it is counted. */
function Proof({ call, onDone }: { call: string; onDone: (what?: string) => Promise<void> }): ReactElement {
  const { t, i18n } = useTranslation()
  const mayPlay = useMay('records.play')
  const detail = useProgress(call)
  const isOver = detail !== undefined && detail.record.outcome !== 'in_progress'
  const isRecorded = detail?.recording.state === 'ready'
  const today = useQuery({ queryKey: ['today', call, isOver], queryFn: () => centre.today(), enabled: isOver })
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
        <li data-testid="proof-figure" data-ok={tile !== undefined}>
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

export function TestCallStep({ organisation, onDone }: StepProps): ReactElement {
  const queue = madeBy(organisation, 'queue')
  const [call, setCall] = useState<string | null>(null)
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: routing.numbers })
  const direct = numbers.data?.find((each) => each.queue === queue)
  // A number that leads straight to the queue needs no key; the demonstration's hotline has a menu.
  const dialled = direct === undefined ? {} : { number: direct.number, press: '' }
  return (
    <>
      <TestCall dialled={dialled} onCall={setCall} />
      {call === null ? null : <Proof call={call} onDone={onDone} />}
    </>
  )
}
