/** 这通电话经历了什么: every step with its time and how long after the first. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { LadderStep } from '@/api/schema'
import { useZone } from '@/api/session'
import { clockTime, duration } from '@/ui/format'

import { factPairs, ladderWord } from './words'

export function Ladder({ steps }: { steps: LadderStep[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const first = steps[0]?.at ?? 0
  return (
    <section className="panel" aria-label={t('records.ladder')}>
      <h2>{t('records.ladder')}</h2>
      <ol className="ladder">
        {steps.map((step, index) => (
          <li key={`${step.at}-${step.kind}-${index}`} data-testid={`ladder-${step.kind}`}>
            <span className="figure">{clockTime(step.at, i18n.language, zone)}</span>
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
