/** Whom to ask after what: the surveys, one of them open. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { surveys, type SurveyWish } from '@/api/surveys'
import { textIn } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Questions } from './Questions'
import { SurveyEditor } from './SurveyEditor'

const ID = /^[a-z][a-z0-9_-]{0,39}$/

/** A survey begins switched off and by a link that people give: nothing leaves the house by accident. */
const blank = (zh: string): SurveyWish => ({
  zh,
  en: '',
  trigger: 'closed',
  channel: 'link',
  kinds: [],
  delay_minutes: 30,
  sample_percent: 100,
  recontact_days: 30,
  valid_days: 7,
  from_minute: 540,
  until_minute: 1200,
  needs_consent: false,
  reopens: true,
  address: '',
  text_zh: '',
  text_en: '',
  is_active: false,
  revision: 0,
})

function NewSurvey({ taken, onMade }: { taken: readonly string[]; onMade: (id: string) => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const isRight = ID.test(id) && !taken.includes(id) && name.trim() !== ''
  const make = useCommand(async () => {
    await surveys.put(id, blank(name.trim()))
    await client.invalidateQueries({ queryKey: ['surveys'] })
    setId('')
    setName('')
    onMade(id)
  })
  return (
    <form
      className="row"
      aria-label={t('surveys.new')}
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight) void make.run()
      }}
    >
      <Input className="survey-day" placeholder={t('surveys.new_id')} aria-label={t('surveys.new_id')} value={id} maxLength={40} data-testid="survey-new-id" onChange={(event) => setId(event.target.value.toLowerCase())} />
      <Input className="survey-name" placeholder={t('surveys.new_name')} aria-label={t('surveys.new_name')} value={name} maxLength={80} data-testid="survey-new-name" onChange={(event) => setName(event.target.value)} />
      <Button htmlType="submit" disabled={!isRight} loading={make.isBusy} data-testid="survey-new">
        {t('surveys.new')}
      </Button>
    </form>
  )
}

export function SetUpTab(): ReactElement {
  const { t, i18n } = useTranslation()
  const found = useQuery({ queryKey: ['surveys'], queryFn: surveys.list, refetchOnWindowFocus: true })
  const [chosen, setChosen] = useState<string | null>(null)
  if (found.isPending) return <Loading rows={6} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  const open = found.data.find((survey) => survey.id === chosen) ?? found.data[0]
  return (
    <div className="stack">
      <NewSurvey taken={found.data.map((survey) => survey.id)} onMade={setChosen} />
      {open === undefined ? (
        <EmptyState title={t('surveys.no_survey')} why={t('surveys.no_survey_why')} />
      ) : (
        <>
          <div className="survey-tabs" role="group" aria-label={t('surveys.which')}>
            {found.data.map((survey) => (
              <button key={survey.id} type="button" className="survey-tab" aria-pressed={survey.id === open.id} data-testid={`survey-${survey.id}`} onClick={() => setChosen(survey.id)}>
                {survey.is_active ? '● ' : '○ '}
                {textIn(i18n.language, survey.zh, survey.en)}
              </button>
            ))}
          </div>
          <SurveyEditor key={open.id} survey={open} />
          <Questions key={`questions ${open.id}`} survey={open.id} />
        </>
      )}
    </div>
  )
}
