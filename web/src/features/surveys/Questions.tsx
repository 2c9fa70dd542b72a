/** What a survey asks: stars that count, yes or no, and own words. Who was invited before answers what was asked then. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox, Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { surveys, type SurveyForm } from '@/api/surveys'
import type { FormItem } from '@/shared/formspec/spec'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { OrderedList } from '@/ui/OrderedList'
import { ErrorBox, Loading } from '@/ui/states'
import { useVersions } from '@/ui/versions'

interface Draft {
  items: FormItem[]
  revision: string
}

type Kind = 'stars' | 'yes_no' | 'long_text'

const STARS = [
  ['很不满意', 'Very dissatisfied'],
  ['不满意', 'Dissatisfied'],
  ['一般', 'Neither'],
  ['满意', 'Satisfied'],
  ['很满意', 'Very satisfied'],
].map(([zh = '', en = ''], index) => ({ value: String(index + 1), zh, en, points: index + 1 }))

const kept = (form: SurveyForm): Draft => ({ items: form.items, revision: String(form.version) })
const kindOf = (item: FormItem): string => (item.kind === 'choice' ? 'stars' : item.kind)
const ofKind = (item: FormItem, kind: Kind): FormItem =>
  kind === 'stars'
    ? { ...item, kind: 'choice', options: STARS, weight: 1, longest: null }
    : { ...item, kind, options: [], weight: 0, points: 0, longest: kind === 'long_text' ? 1_000 : null }

const BLANK: FormItem = { name: '', kind: 'yes_no', zh: '', en: '', required: false, options: [], shown_if: {}, group: '', points: 0, weight: 0, may_not_apply: false, help_zh: '', help_en: '' }

/** Every question has a name of its own, which stays with its answers. */
function named(items: readonly FormItem[]): FormItem[] {
  const taken = new Set(items.map((item) => item.name))
  let number = 0
  return items.map((item) => {
    if (item.name !== '') return item
    do number += 1
    while (taken.has(`q${number}`))
    return { ...item, name: `q${number}` }
  })
}

function Editor({ survey, form }: { survey: string; form: SurveyForm }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const key = ['survey-form', survey]
  const editing = useVersions<Draft>({
    name: `survey-form-${survey}`,
    stored: kept(form),
    send: async (_, whole, match) => kept(await surveys.putForm(survey, { after: Number(match), zh: form.zh, en: form.en, items: named(whole.items) })),
    reread: async () => kept(await client.fetchQuery({ queryKey: key, queryFn: () => surveys.form(survey), staleTime: 0 })),
    saved: t('surveys.questions_saved'),
  })
  const { draft } = editing
  return (
    <section className="panel survey-editor" aria-label={t('surveys.questions')}>
      <EditFrame editing={editing} fields={[{ key: 'items', label: t('surveys.questions'), show: (version) => version.items.map((item) => item.zh).join(' · ') }]}>
        <OrderedList
          id="survey-questions"
          label={t('surveys.questions')}
          about={t('surveys.questions_about')}
          none={t('surveys.no_questions')}
          items={draft.items}
          blank={BLANK}
          most={10}
          onChange={(items) => editing.change({ ...draft, items })}
          renderRow={(item, change, index) => (
            <>
              <Select
                className="survey-filter"
                aria-label={t('surveys.question_kind')}
                value={kindOf(item)}
                data-testid={`question-kind-${index}`}
                options={(['stars', 'yes_no', 'long_text'] as const).map((value) => ({ value, label: t(`surveys.kind.${value}`) }))}
                onChange={(kind) => change(ofKind(item, kind as Kind))}
              />
              <Input className="grow" placeholder={t('surveys.question_zh')} aria-label={t('surveys.question_zh')} value={item.zh} maxLength={200} data-testid={`question-zh-${index}`} onChange={(event) => change({ ...item, zh: event.target.value })} />
              <Input className="grow" placeholder={t('surveys.question_en')} aria-label={t('surveys.question_en')} value={item.en} maxLength={200} onChange={(event) => change({ ...item, en: event.target.value })} />
              <Checkbox checked={item.required === true} onChange={(event) => change({ ...item, required: event.target.checked })}>
                {t('surveys.question_required')}
              </Checkbox>
            </>
          )}
        />
        <EditBar editing={editing} />
      </EditFrame>
    </section>
  )
}

export function Questions({ survey }: { survey: string }): ReactElement {
  const found = useQuery({ queryKey: ['survey-form', survey], queryFn: () => surveys.form(survey) })
  if (found.isPending) return <Loading rows={4} />
  if (found.isError) return <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
  return <Editor survey={survey} form={found.data} />
}
