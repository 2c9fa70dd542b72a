/** Everything that happened to it, newest first, as the audit has it. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { shortDateTime } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

import { useStory } from './useWarning'
import { usePostName } from './words'

export function Story({ id }: { id: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const story = useStory(id)
  const post = usePostName([])
  return (
    <section className="panel" aria-label={t('warnings.story')} data-testid="warning-story">
      <h2>{t('warnings.story')}</h2>
      {story.isError ? <ErrorBox error={story.error} onRetry={() => void story.refetch()} /> : null}
      <ol className="ew-story">
        {(story.data ?? []).map((step, place) => {
          const isEvent = step.event !== '' && i18n.exists(`warnings.event.${step.event}`)
          return (
            <li key={`${step.at} ${place}`}>
              <span className="figure quiet">{shortDateTime(step.at, i18n.language, zone)}</span>
              <span>
                <b>{isEvent ? t(`warnings.event.${step.event}`) : t(`warnings.act.${step.act === 'clock.breached' ? 'breached' : 'other'}`)}</b>{' '}
                {step.who_name} <span className="quiet">{step.post === '' ? '' : post(step.post)}</span>
                {step.reason === '' ? null : <p>{step.reason}</p>}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
