/** How long a recording is kept: its time, a legal hold, and deletion for those who may. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { keeping, type Keeping } from '@/api/records'
import { useMay, useZone } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { dateTime } from '@/ui/format'
import { Strip } from '@/ui/Strip'
import { useCommand } from '@/ui/useCommand'

type Wish = 'hold' | 'release' | 'delete'

export function KeepingPanel({ record, keep }: { record: string; keep: Keeping }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const mayKeep = useMay('records.keep')
  const client = useQueryClient()
  const [wish, setWish] = useState<Wish | null>(null)
  const act = useCommand(async (reason: string) => {
    if (wish === null) return
    await keeping[wish](record, reason)
    await client.invalidateQueries({ queryKey: ['record', record] })
    setWish(null)
  })
  const isHeld = keep.held_at !== null
  const wishes: Wish[] = isHeld ? ['release'] : ['hold', 'delete']
  return (
    <div className="stack" data-testid="keeping">
      {isHeld ? (
        <Strip code="held" tone="amber">
          {t('records.held', { by: keep.held_by, why: keep.held_why, at: dateTime(keep.held_at ?? 0, i18n.language, zone) })}
        </Strip>
      ) : null}
      <div className="row">
        <span className="quiet">
          {keep.until === null ? t('records.kept_for_ever') : t('records.kept_until', { at: dateTime(keep.until, i18n.language, zone) })}
        </span>
        <span className="grow" />
        {mayKeep && wish === null
          ? wishes.map((each) => (
              <Button key={each} size="small" danger={each === 'delete'} data-testid={`keep-${each}`} onClick={() => setWish(each)}>
                {t(`records.keep.${each}`)}
              </Button>
            ))
          : null}
      </div>
      {wish === null ? null : (
        <ReasonForm
          submitLabel={t(`records.keep.${wish}`)}
          danger={wish === 'delete'}
          onSubmit={(reason) => act.run(reason)}
          onCancel={() => setWish(null)}
        />
      )}
    </div>
  )
}
