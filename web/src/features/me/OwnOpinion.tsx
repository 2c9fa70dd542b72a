/** 流程意见: whoever works by a process may say what is wrong with it; it is handled as a work order. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { typesQuery } from '@/shared/cases/known'

const KIND = 'process_opinion'

/** Nothing where the centre has no such type, or uses it no longer. */
export function OwnOpinion(): ReactElement | null {
  const { t } = useTranslation()
  const types = useQuery(typesQuery)
  if (types.data?.some((type) => type.kind === KIND && type.is_active) !== true) return null
  return (
    <section className="panel me-wide" aria-labelledby="me-opinion">
      <h2 id="me-opinion">{t('me.opinion')}</h2>
      <p className="quiet">{t('me.opinion_does')}</p>
      <Link to={`/cases?new=${KIND}&list=all&kind=${KIND}`} data-testid="me-opinion">
        {t('me.opinion_write')}
      </Link>
      {' · '}
      <Link to={`/cases?list=all&kind=${KIND}`}>{t('me.opinion_seen')}</Link>
    </section>
  )
}
