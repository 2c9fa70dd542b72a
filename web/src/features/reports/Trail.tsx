/** Where the report stands: everything, a queue, a stretch of time, an agent. Each step leads back. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'

import { useZone } from '@/api/session'

import { useNames, useView } from './asked'
import { bucketName } from './printed'
import { changed, type Change } from './view'

export function Trail(): ReactElement {
  const { t, i18n } = useTranslation()
  const [search] = useSearchParams()
  const view = useView()
  const zone = useZone()
  const nameOf = useNames()
  // A team and a number are no steps down: they hold on the whole way.
  const beside = (['team', 'number'] as const).flatMap((key) => (view[key] === null ? [] : [`${t(`reports.filter.${key}`)} ${nameOf(key, view[key])}`]))
  const steps: { key: string; name: string; back: Change }[] = [
    { key: 'all', name: beside.length === 0 ? t('reports.whole_centre') : beside.join(' · '), back: { queue: null, at: null, agent: null, deeper: null } },
  ]
  if (view.queue !== null) {
    steps.push({ key: 'queue', name: nameOf('queue', view.queue), back: { at: null, agent: null, deeper: null } })
  }
  if (view.at !== null) {
    const name = bucketName(view.at.begins, view.at.ends, i18n.language, zone)
    steps.push({ key: 'at', name, back: { agent: null, deeper: null } })
  }
  if (view.agent !== null) steps.push({ key: 'agent', name: nameOf('agent', view.agent), back: {} })
  return (
    <nav aria-label={t('reports.trail')} data-testid="trail">
      <ol className="trail">
        {steps.map((step, index) => (
          <li key={step.key}>
            {index === steps.length - 1 ? (
              <span aria-current="location">{step.name}</span>
            ) : (
              <Link to={`?${changed(search, step.back).toString()}`}>{step.name}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
