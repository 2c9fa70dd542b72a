/** On a work order: what its customer was asked and said, and a link that a person gives to the customer. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useMay, useZone } from '@/api/session'
import { surveys } from '@/api/surveys'
import { shortDateTime, textIn } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { SurveyStateTag, VerdictTag, wordsOf } from './SurveyTags'

interface CaseSurveysProps {
  id: string
  /** It is done: the customer may be asked. */
  isDone: boolean
}

export function CaseSurveys({ id, isDone }: CaseSurveysProps): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const mayAsk = useMay('cases.call_back')
  const key = ['case-surveys', id]
  const found = useQuery({ queryKey: key, queryFn: () => surveys.ofCase(id) })
  const all = useQuery({ queryKey: ['surveys'], queryFn: surveys.list })
  const [link, setLink] = useState<string | null>(null)
  const make = useCommand(async (survey: string) => {
    const made = await surveys.link(id, survey)
    setLink(`${window.location.origin}/survey/${made.token}`)
    await client.invalidateQueries({ queryKey: key })
  })
  const results = found.data ?? []
  const active = (all.data ?? []).filter((survey) => survey.is_active)
  const canAsk = mayAsk && isDone && link === null && active.length > 0 && !results.some((one) => one.state === 'answered' || one.state === 'sent' || one.state === 'waiting')
  if (results.length === 0 && !canAsk && link === null) return null
  return (
    <section className="panel" aria-label={t('surveys.on_case')} data-testid="case-surveys">
      <h2>{t('surveys.on_case')}</h2>
      <ul className="todos">
        {results.map((result) => (
          <li key={result.id}>
            <SurveyStateTag result={result} /> <VerdictTag verdict={result.verdict} percent={result.percent} />
            <br />
            <span className="quiet">
              {t('surveys.round', { round: result.round })} · {shortDateTime(result.answered_at ?? result.sent_at ?? result.made_at, i18n.language, zone)}
            </span>
            {wordsOf(result) === '' ? null : <p>{wordsOf(result)}</p>}
          </li>
        ))}
      </ul>
      {canAsk
        ? active.map((survey) => (
            <Button key={survey.id} size="small" loading={make.isBusy} data-testid={`survey-link-${survey.id}`} onClick={() => void make.run(survey.id)}>
              {t('surveys.make_link', { survey: textIn(i18n.language, survey.zh, survey.en) })}
            </Button>
          ))
        : null}
      {link === null ? null : (
        <p role="status">
          {t('surveys.link_once')}
          <br />
          <code data-testid="survey-link">{link}</code>
        </p>
      )}
    </section>
  )
}
