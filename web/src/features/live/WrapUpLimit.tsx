/** After-call work of a queue gets another limit for a while; by itself it goes back to the queue's own. */
import { Button, InputNumber, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { floor } from '@/api/floor'
import type { QueueRow } from '@/api/schema'
import { useMay } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { announce } from '@/ui/announce'
import { Timer } from '@/ui/clock'
import { ErrorBox } from '@/ui/states'

const LASTS = [15, 30, 60, 120]
const USUAL = 30
const SHORTEST_S = 5
const LONGEST_S = 3600

const seconds = (length_ms: number | null): number => Math.round((length_ms ?? 0) / 1000)

/** Beside the queue's name while another limit holds: what it is, and how long it still does. */
export function LimitTag({ queue }: { queue: QueueRow }): ReactElement | null {
  const { t } = useTranslation()
  const limited = queue.wrap_up_limited
  if (limited === null) return null
  return (
    <span className="limit-tag figure" data-testid={`wrap-up-limited-${queue.id}`} title={t('live.limit_tag_why')}>
      {t('live.limit_tag', { seconds: seconds(limited.limit_ms) })} <Timer since={limited.until} isCountdown />
    </span>
  )
}

type Asked = 'change' | 'back' | null

function Form({ queue, asked, onDone }: { queue: QueueRow; asked: 'change' | 'back'; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const [limit, setLimit] = useState(seconds(queue.wrap_up_limit_ms))
  const [minutes, setMinutes] = useState(USUAL)
  const [error, setError] = useState<unknown>(null)
  const isBack = asked === 'back'
  const submit = async (reason: string): Promise<void> => {
    setError(null)
    try {
      await floor.limitWrapUp(queue.id, isBack ? null : limit, minutes, reason)
      announce(isBack ? t('live.limit_own') : t('live.limit_set', { seconds: limit, minutes }))
      onDone()
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <div className="stack">
      {isBack ? null : (
        <div className="row">
          <InputNumber
            min={SHORTEST_S}
            max={LONGEST_S}
            value={limit}
            suffix={t('live.seconds')}
            aria-label={t('live.limit_new')}
            onChange={(value) => setLimit(value ?? SHORTEST_S)}
            data-testid="limit-seconds"
          />
          <Select value={minutes} aria-label={t('live.limit_lasts')} options={LASTS.map((value) => ({ value, label: t('live.for_minutes', { minutes: value }) }))} onChange={setMinutes} />
        </div>
      )}
      {error === null ? null : <ErrorBox error={error} />}
      <ReasonForm submitLabel={t(isBack ? 'live.limit_back' : 'live.limit_change')} onSubmit={submit} onCancel={onDone} />
    </div>
  )
}

export function WrapUpLimit({ queue }: { queue: QueueRow }): ReactElement | null {
  const { t } = useTranslation()
  const mayForce = useMay('live.force')
  const [asked, setAsked] = useState<Asked>(null)
  const limited = queue.wrap_up_limited
  if (queue.wrap_up_limit_ms === null) return null
  return (
    <section className="stack" aria-label={t('live.limit')} data-testid="wrap-up-limit">
      <h3>{t('live.limit')}</h3>
      <div className="row">
        <span className="grow">
          <span className="figure">{t('live.limit_is', { seconds: seconds(queue.wrap_up_limit_ms) })}</span>
          {limited === null ? null : (
            <span className="quiet">
              {' '}
              · {t('live.limit_left')} <Timer since={limited.until} isCountdown />
            </span>
          )}
        </span>
        {mayForce && asked === null ? (
          <>
            {limited === null ? null : (
              <Button size="small" onClick={() => setAsked('back')} data-testid="limit-back">
                {t('live.limit_back')}
              </Button>
            )}
            <Button size="small" onClick={() => setAsked('change')} data-testid="limit-change">
              {t('live.limit_change')}
            </Button>
          </>
        ) : null}
      </div>
      {asked === null ? null : <Form key={asked} queue={queue} asked={asked} onDone={() => setAsked(null)} />}
    </section>
  )
}
