/** 批量派单: the chosen work orders one after the other, each to its area; what was refused stays chosen. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { cases, type CaseLine } from '@/api/cases'
import { useCaseNames } from '@/shared/cases/known'
import { announce } from '@/ui/announce'
import { useProblemText } from '@/ui/problems'

import { refresh } from './useCase'

const BY_CATALOGUE = ''

interface BatchDispatchProps {
  lines: readonly CaseLine[]
  /** Those that went. */
  onWent: (ids: readonly string[]) => void
  onClear: () => void
}

interface Failure {
  number: string
  why: string
}

export function BatchDispatch({ lines, onWent, onClear }: BatchDispatchProps): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const client = useQueryClient()
  const { areas, area: nameOf } = useCaseNames()
  const [area, setArea] = useState(BY_CATALOGUE)
  const [done, setDone] = useState<number | null>(null)
  const [failures, setFailures] = useState<readonly Failure[]>([])
  const dispatch = async (line: CaseLine): Promise<string | null> => {
    const to = area === BY_CATALOGUE ? (await cases.suggestedArea(line.kind, line.place)).area : area
    if (to === null) return t('casework.no_suggestion')
    await cases.fire(line.id, { event: 'dispatch', reason: '', facts: { area: to }, revision: line.revision })
    return null
  }
  const run = async (): Promise<void> => {
    const went: string[] = []
    const failed: Failure[] = []
    for (const [count, line] of lines.entries()) {
      setDone(count)
      // One after the other: each has its own clocks and notices, and the list shows how far it is.
      // oxlint-disable-next-line no-await-in-loop
      const why = await dispatch(line).catch((error: unknown) => textOf(error))
      if (why === null) went.push(line.id)
      else failed.push({ number: line.number, why })
    }
    setDone(null)
    setFailures(failed)
    announce(t('casework.batch_done', { count: went.length }))
    onWent(went)
    refresh(client)
  }
  return (
    <div className="case-batch" role="group" aria-label={t('casework.batch')} data-testid="batch">
      <b>{t('casework.picked', { count: lines.length })}</b>
      <Select
        className="composer-choice"
        aria-label={t('casework.asks.area')}
        value={area}
        onChange={setArea}
        data-testid="batch-area"
        options={[{ value: BY_CATALOGUE, label: t('casework.by_catalogue') }, ...areas.filter((each) => each.is_active).map((each) => ({ value: each.id, label: nameOf(each.id) }))]}
      />
      <Button type="primary" loading={done !== null} disabled={lines.length === 0} onClick={() => void run()} data-testid="batch-go">
        {t('casework.batch')}
      </Button>
      <Button onClick={onClear}>{t('casework.batch_clear')}</Button>
      {done === null ? null : (
        <span className="quiet" role="status">
          {done} / {lines.length}
        </span>
      )}
      {failures.length === 0 ? null : (
        <ul role="alert" data-testid="batch-failures">
          {failures.map(({ number, why }) => (
            <li key={number}>
              <span aria-hidden="true">■ </span>
              {number}: {why}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
