/** What is wrong where, and what two versions differ in, by the fields of a form in sections. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { EditFrame } from '@/ui/EditFrame'
import { factsOf } from '@/ui/problems'
import type { Editing } from '@/ui/versions'

import { read, type Section, type Thing } from './spec'
import { useToldLists } from './told'

/** `body.overflow[0].to.queue` is about `overflow`; fields of a form are found by their own path. */
const named = (refusal: unknown): string => String(factsOf(refusal)['field'] ?? '').replace(/^body\./, '')

/** By the path of a field of the form: what the server has against it. */
export function wrongIn(refusal: unknown, said: string): Record<string, string> {
  if (refusal === null) return {}
  const path = named(refusal)
  const whole = path.split(/[.[]/)[0] ?? ''
  return path === '' ? {} : { [path]: said, ...(path.includes('[') ? { [path.split('[')[0] ?? whole]: said } : {}) }
}

function useShow(of: string, sections: readonly Section[]): (field: string, version: object) => ReactNode {
  const { t } = useTranslation()
  const lists = useToldLists()
  const told = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return '—'
    if (typeof value === 'boolean') return t(value ? 'routing.yes' : 'routing.no')
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
  const fields = sections.flatMap((section) => section.fields)
  return (name, version) => {
    const within = fields.filter((field) => field.path.split('.')[0] === name && field.kind !== 'own')
    const whole = (version as Thing)[name]
    const lines = lists(name, whole)
    if (lines !== null) return lines.length === 0 || lines[0] === '' ? '—' : lines.map((line, index) => <div key={index}>{line}</div>)
    if (whole === null || within.length === 0) return told(whole)
    return within.map((field) => {
      const value = read(version as Thing, field.path)
      const unit = field.kind === 'duration' && typeof value === 'number' ? `${value / 1_000} s` : null
      const chosen = field.kind === 'choice' ? t(`routing.choice.${field.path}.${String(value)}`) : null
      return (
        <div key={field.path}>
          {within.length === 1 ? null : `${t(`routing.field.${of}.${field.path}`)}: `}
          {unit ?? chosen ?? told(value)}
        </div>
      )
    })
  }
}

interface FrameProps<T extends { revision: string }> {
  of: string
  sections: readonly Section[]
  /** The top-level fields that are compared, beside those of the sections. */
  also?: readonly string[]
  editing: Editing<T>
  children: ReactNode
}

/** The frame of something whose fields stand in sections: two versions of it are compared by these. */
export function SectionFrame<T extends { revision: string }>({ of, sections, also = [], editing, children }: FrameProps<T>): ReactElement {
  const { t } = useTranslation()
  const show = useShow(of, sections)
  const names = [...new Set([...sections.flatMap((section) => section.fields.map((field) => field.path.split('.')[0] ?? '')), ...also])]
  const labelOf = (name: string): string => {
    const own = sections.flatMap((section) => section.fields).find((field) => field.path === name)
    return own === undefined ? t(`routing.part.${name}`) : t(`routing.field.${of}.${name}`)
  }
  const fields = names.map((name) => ({ key: name as keyof T & string, label: labelOf(name), show: (version: T) => show(name, version) }))
  return (
    <EditFrame<T> editing={editing} fields={fields}>
      {children}
    </EditFrame>
  )
}
