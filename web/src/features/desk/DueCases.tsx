/** 将到期: work orders of mine and of my areas whose next deadline is near or over; nothing where there are none. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { cases } from '@/api/cases'
import { serverNow } from '@/live/clock'
import { Limit } from '@/shared/cases/Limit'
import { nearest } from '@/shared/cases/limits'

const NEWER_EVERY_MS = 30_000
const NEAR_MS = 4 * 3_600_000
const MOST = 5

export function DueCases(): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({
    queryKey: ['desk', 'due-cases'],
    queryFn: () => cases.find({ list: 'open', sort: 'due', due_before: serverNow() + NEAR_MS, limit: MOST }),
    refetchInterval: NEWER_EVERY_MS,
  })
  const lines = found.data?.items ?? []
  if (lines.length === 0) return null
  return (
    <section className="panel" aria-label={t('deskcase.todo_due')} data-testid="due-cases">
      <h2>{t('deskcase.todo_due')}</h2>
      <ul className="former">
        {lines.map((line) => {
          const clock = nearest(line.clocks)
          return (
            <li key={line.id} className="row">
              <Link to={`/cases/${encodeURIComponent(line.id)}`}>{line.number}</Link>
              <span className="grow desk-case-title" title={line.title}>
                {line.title}
              </span>
              {clock === null ? null : <Limit clock={clock} />}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
