/** 必说内容: which mandatory statements agents made in this contact, and when. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { LadderStep } from '@/api/schema'
import { scripts } from '@/api/scripts'
import { duration, textIn } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

interface Props {
  record: string
  /** An instant's place in the recording, in milliseconds; `null` outside it. */
  placeOf: (step: LadderStep) => number | null
  onJump: ((to_ms: number) => void) | null
}

export function Statements({ record, placeOf, onJump }: Props): ReactElement | null {
  const { t, i18n } = useTranslation()
  const found = useQuery({ queryKey: ['statements', record], queryFn: () => scripts.stated(record), refetchOnWindowFocus: true })
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined || found.data.length === 0) return null
  return (
    <section className="panel" aria-label={t('records.statements')} data-testid="statements">
      <h2>{t('records.statements')}</h2>
      <ul className="statements">
        {found.data.map((said) => {
          const place = placeOf({ at: said.at, kind: 'statement', facts: {} })
          const time = duration(said.offset_s * 1000)
          return (
            <li key={`${said.script}-${said.version}-${said.step}-${said.agent}`} data-testid={`statement-${said.step}`}>
              {place === null || onJump === null ? (
                <span className="figure">{time}</span>
              ) : (
                <button type="button" className="plain-button figure" title={t('records.jump', { at: duration(place) })} onClick={() => onJump(place)}>
                  {time}
                </button>
              )}
              <span>
                <span aria-hidden="true">✓ </span>
                {textIn(i18n.language, said.text, said.text_en)}{' '}
                <span className="quiet">
                  {said.agent} {said.agent_name} · {textIn(i18n.language, said.script_name, said.script_name_en)} v{said.version}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
