/** 六项内容: what the sheet says, of each round as it was filled in. */
import { Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Warning } from '@/api/warnings'
import { useZone } from '@/api/session'
import { FormAnswers } from '@/shared/formspec/FormAnswers'
import { shortDateTime } from '@/ui/format'

import { useSheet } from './useWarning'
import { nameOf } from './words'

export function SheetPanel({ warning }: { warning: Warning }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const filled = warning.rounds.filter((round) => round.submitted_at !== null)
  const [chosen, setChosen] = useState<number | null>(null)
  const round = filled.find((each) => each.number === chosen) ?? filled.at(-1)
  const sheet = useSheet(round?.form_version)
  return (
    <section className="panel" aria-label={t('warnings.sheet')} data-testid="warning-sheet">
      <div className="row">
        <h2 className="panel-title grow">{t('warnings.sheet')}</h2>
        {filled.length > 1 ? (
          <Segmented
            size="small"
            value={round?.number ?? 0}
            onChange={(value) => setChosen(Number(value))}
            options={filled.map((each) => ({ value: each.number, label: t('warnings.round', { number: each.number }) }))}
          />
        ) : null}
      </div>
      {round === undefined ? (
        <p className="quiet">{t('warnings.sheet_none')}</p>
      ) : (
        <>
          <dl className="facts">
            <FormAnswers items={sheet.data?.items ?? []} answers={round.answers} />
          </dl>
          <p className="quiet">
            {t('warnings.submitted', { at: shortDateTime(round.submitted_at ?? 0, i18n.language, zone), who: nameOf(warning, round.submitted_by) })}
            {round.return_count > 0 ? ` · ${t('warnings.returned', { count: round.return_count })}` : ''}
          </p>
        </>
      )}
    </section>
  )
}
