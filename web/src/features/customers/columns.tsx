/** The columns of the list of customers. */
import { Checkbox, Tag } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { PURPOSES, type CustomerLine, type CustomerStanding } from '@/api/customers'
import { useZone } from '@/api/session'
import { answerOf } from '@/shared/customer/Consents'
import { pathOf } from '@/shared/customer/Customer360'
import type { Column } from '@/ui/DataTable'
import { dateTime } from '@/ui/format'

/** `2026-11-21` */
const DAY = 10
const SHAPES = { yes: '●', no: '✕', open: '○' } as const

function Said({ line }: { line: CustomerLine }): ReactElement {
  const { t } = useTranslation()
  return (
    <span className="customers-said">
      {PURPOSES.map((purpose) => {
        const answer = answerOf(line.consents, purpose)
        const words = `${t(`customers.purpose.${purpose}`)}: ${t(`customers.consent.${answer}`)}`
        return (
          <span key={purpose} className={`consent-${answer}`} title={words} role="img" aria-label={words}>
            {SHAPES[answer]}
          </span>
        )
      })}
    </span>
  )
}

function Tags({ tags }: { tags: readonly string[] }): ReactElement {
  if (tags.length === 0) return <>—</>
  return (
    <span title={tags.join(' · ')}>
      {tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  )
}

function Open({ standing }: { standing: CustomerStanding | undefined }): ReactElement {
  const { t } = useTranslation()
  if (standing === undefined) return <>—</>
  if (standing.late_cases === 0) return <>{standing.open_cases}</>
  return (
    <span className="over" title={t('customers.late_cases', { count: standing.late_cases })}>
      ■ {standing.open_cases}
      <span className="screen-reader"> {t('customers.late_cases', { count: standing.late_cases })}</span>
    </span>
  )
}

interface Picking {
  picked: readonly string[]
  pick: (line: CustomerLine, isPicked: boolean) => void
}

/** @param picking for who may merge: which rows are chosen */
export function useColumns(standing: ReadonlyMap<string, CustomerStanding>, picking: Picking | null): Column<CustomerLine>[] {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const title = (key: string): string => t(`customers.column.${key}`)
  const when = (at: number | null | undefined): string => (at === null || at === undefined ? '—' : dateTime(at, i18n.language, zone).slice(0, DAY))
  const picked: Column<CustomerLine>[] =
    picking === null
      ? []
      : [
          {
            key: 'picked',
            title: title('picked'),
            render: (line) => (
              <Checkbox checked={picking.picked.includes(line.id)} aria-label={t('customers.pick', { name: line.name })} data-testid={`choose-${line.id}`} onChange={(event) => picking.pick(line, event.target.checked)} />
            ),
          },
        ]
  return [
    ...picked,
    {
      key: 'name',
      title: title('name'),
      stays: true,
      widest: '16em',
      render: (line) => (
        <Link className="customers-name" to={pathOf(line.id)} title={line.name} data-testid={`customer-link-${line.id}`}>
          {line.confidential ? `■ ${line.name}` : line.name}
        </Link>
      ),
    },
    { key: 'numbers', title: title('numbers'), widest: '20em', render: (line) => <span className="figure">{line.numbers.join(t('customers.between')) || '—'}</span> },
    { key: 'level', title: title('level'), widest: '8em', render: (line) => line.level || '—' },
    { key: 'tags', title: title('tags'), widest: '16em', render: (line) => <Tags tags={line.tags} /> },
    { key: 'certificate', title: title('certificate'), widest: '12em', render: (line) => line.certificate || '—' },
    { key: 'company', title: title('company'), widest: '14em', isExtra: true, render: (line) => line.company || '—' },
    { key: 'place', title: title('place'), widest: '12em', isExtra: true, render: (line) => line.place || '—' },
    { key: 'last', title: title('last'), render: (line) => <span className="figure">{when(standing.get(line.id)?.last_contact_at)}</span> },
    { key: 'open', title: title('open'), align: 'end', render: (line) => <Open standing={standing.get(line.id)} /> },
    { key: 'consent', title: title('consent'), render: (line) => <Said line={line} /> },
    { key: 'created', title: title('created'), isExtra: true, render: (line) => <span className="figure">{when(line.created_at)}</span> },
  ]
}
