/** A filled form, to be read: every answer by the name of its item, in the version it was filled in. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useZone } from '@/api/session'
import { dateTime, textIn } from '@/ui/format'

import './formspec.css'
import { NOT_APPLICABLE, isEmpty, type Answers, type FormItem } from './spec'

interface Words {
  language: string
  zone: string
  t: (key: string) => string
}

function shown(item: FormItem, answer: unknown, { language, zone, t }: Words): string {
  if (isEmpty(answer)) return '—'
  if (answer === NOT_APPLICABLE) return t('formspec.not_applicable')
  if (typeof answer === 'boolean') return answer ? t('formspec.yes') : t('formspec.no')
  const name = (value: unknown): string => {
    const option = (item.options ?? []).find((each) => each.value === value)
    return option === undefined ? String(value) : textIn(language, option.zh, option.en)
  }
  if (item.kind === 'moment' && typeof answer === 'number') return dateTime(answer, language, zone)
  return Array.isArray(answer) ? answer.map(name).join(language.startsWith('zh') ? '、' : ', ') : name(answer)
}

export interface FormAnswersProps {
  items: readonly FormItem[]
  answers: Answers
}

/** Rows for a `dl.facts`; answers to items that the form no longer has are shown by their own name. */
export function FormAnswers({ items, answers }: FormAnswersProps): ReactElement {
  const { t, i18n } = useTranslation()
  const words = { language: i18n.language, zone: useZone(), t }
  const known = items.filter((item) => item.name in answers)
  const others = Object.keys(answers).filter((name) => !items.some((item) => item.name === name))
  return (
    <>
      {known.map((item) => (
        <div key={item.name} className="formspec-answer" data-testid={`answered-${item.name}`}>
          <dt>{textIn(i18n.language, item.zh, item.en)}</dt>
          <dd>{shown(item, answers[item.name], words)}</dd>
        </div>
      ))}
      {others.map((name) => (
        <div key={name} className="formspec-answer">
          <dt>
            <code>{name}</code>
          </dt>
          <dd>{isEmpty(answers[name]) ? '—' : JSON.stringify(answers[name])}</dd>
        </div>
      ))}
    </>
  )
}
