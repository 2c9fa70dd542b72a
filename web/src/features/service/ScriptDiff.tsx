/** What differs between two versions of a script, in words. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { ScriptContent } from '@/api/scripts'
import { textIn } from '@/ui/format'

import { diffScripts } from './scripts'

const CHOICES = new Set(['kind', 'calls', 'fills', 'clock'])
const LONGEST = 60
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

interface Answerish {
  text: string
  to: string
}

export function ScriptDiff({ before, after, empty }: { before: ScriptContent; after: ScriptContent; empty: string }): ReactElement {
  const { t, i18n } = useTranslation()
  const told = (field: string, value: unknown): string => {
    if (CHOICES.has(field)) return t(`service.script_${field}.${String(value)}`)
    if (Array.isArray(value)) return value.map((each) => (typeof each === 'object' ? `${(each as Answerish).text} → ${(each as Answerish).to || '↓'}` : String(each))).join(' · ') || '—'
    return value === '' || value === null ? '—' : cut(String(value))
  }
  const changes = diffScripts(before, after)
  if (changes.length === 0) return <p className="quiet">{empty}</p>
  const nameOf = (id: string): string => {
    const at = after.steps.findIndex((step) => step.id === id)
    const step = after.steps[at] ?? before.steps.find((each) => each.id === id)
    return `${at < 0 ? '' : `${at + 1} `}${cut(textIn(i18n.language, step?.text ?? id, step?.text_en))}`
  }
  return (
    <table className="grid script-diff" data-testid="script-diff">
      <thead>
        <tr>
          <th scope="col">{t('service.script_step')}</th>
          <th scope="col">{t('service.script_change')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.step}-${change.kind}`}>
            <td>{change.step === '' ? t('service.script_whole') : nameOf(change.step)}</td>
            <td>
              {change.kind === 'changed' ? null : t(`service.script_changed.${change.kind}`)}
              {change.fields.map(({ field, before: was, after: now }) => (
                <div key={field}>
                  {t(`service.script_field.${field}`)}: <del>{told(field, was)}</del> → <ins>{told(field, now)}</ins>
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
