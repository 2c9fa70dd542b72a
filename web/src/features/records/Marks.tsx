/** Moments that somebody marked for others to hear. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { marks, type Mark } from '@/api/records'
import { useMe } from '@/api/session'
import { duration } from '@/ui/format'
import { ErrorBox } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

function Row({ mark, record, onGo }: { mark: Mark; record: string; onGo: (at_ms: number) => void }): ReactElement {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const remove = useCommand(async () => {
    await marks.remove(record, mark.id)
    await client.invalidateQueries({ queryKey: ['marks', record] })
  })
  const mayRemove = me !== null && (me.user.id === mark.by_id || me.scope === 'all')
  return (
    <li className="row" data-testid={`mark-${mark.id}`}>
      <button type="button" className="plain-button figure" onClick={() => onGo(mark.offset_ms)}>
        {duration(mark.offset_ms)}
      </button>
      <span className="grow">{mark.text === '' ? '—' : mark.text}</span>
      <span className="quiet">{mark.by}</span>
      {mayRemove ? (
        <Button size="small" type="text" loading={remove.isBusy} onClick={() => void remove.run()}>
          {t('records.mark_remove')}
        </Button>
      ) : null}
    </li>
  )
}

export function Marks({ record, onGo }: { record: string; onGo: (at_ms: number) => void }): ReactElement | null {
  const { t } = useTranslation()
  const found = useQuery({ queryKey: ['marks', record], queryFn: () => marks.list(record), refetchOnWindowFocus: true })
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined || found.data.length === 0) return null
  return (
    <section aria-label={t('records.marks')}>
      <h3 className="panel-title">{t('records.marks')}</h3>
      <ul className="marks">
        {found.data.map((mark) => (
          <Row key={mark.id} mark={mark} record={record} onGo={onGo} />
        ))}
      </ul>
    </section>
  )
}
