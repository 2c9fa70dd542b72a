/** 这通电话经历了什么: every step with its time and how long after the first; those within the sound lead there. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { LadderStep } from '@/api/schema'
import { useZone } from '@/api/session'
import { clockTime, duration } from '@/ui/format'

import { factPairs, ladderWord } from './words'

export interface LadderProps {
  steps: readonly LadderStep[]
  /** A step's place in the recording, in milliseconds; `null` outside it. */
  placeOf?: (step: LadderStep) => number | null
  /** Moves the player; `null` while there is none. */
  onJump?: ((to_ms: number) => void) | null
}

function When({ step, placeOf, onJump }: { step: LadderStep } & Omit<LadderProps, 'steps'>): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const place = placeOf?.(step) ?? null
  const time = clockTime(step.at, i18n.language, zone)
  if (place === null || onJump === null || onJump === undefined) return <span className="figure">{time}</span>
  return (
    <button
      type="button"
      className="plain-button figure ladder-jump"
      title={t('records.jump', { at: duration(place) })}
      onClick={() => onJump(place)}
    >
      {time}
    </button>
  )
}

export function Ladder({ steps, placeOf, onJump }: LadderProps): ReactElement {
  const { t } = useTranslation()
  const first = steps[0]?.at ?? 0
  const jumping = { ...(placeOf === undefined ? {} : { placeOf }), ...(onJump === undefined ? {} : { onJump }) }
  return (
    <section className="panel" aria-label={t('records.ladder')}>
      <h2>{t('records.ladder')}</h2>
      <ol className="ladder">
        {steps.map((step, index) => (
          <li key={`${step.at}-${step.kind}-${index}`} data-testid={`ladder-${step.kind}`}>
            <When step={step} {...jumping} />
            <span className="figure quiet">+{duration(step.at - first)}</span>
            <span>
              <b>{ladderWord(step.kind)}</b>{' '}
              <span className="quiet">
                {factPairs(step.facts)
                  .map(([name, value]) => `${name} ${value}`)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
