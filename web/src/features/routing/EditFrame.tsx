/** Around everything that is edited here: save and put away, what was refused, two versions of it. */
import { Button, Tag } from 'antd'
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { ApiProblem } from '@/api/client'
import { Conflict } from '@/ui/Conflict'
import { isEnglish } from '@/ui/format'
import { problemText } from '@/ui/problems'
import { useShortcuts } from '@/ui/shortcuts'

import { mineOver, type Editing } from './editing'
import { read, type Section, type Thing } from './spec'
import { useToldLists } from './told'

/** `body.overflow[0].to.queue` is about `overflow`; fields of a form are found by their own path. */
const named = (refusal: ApiProblem): string => String(refusal.facts['field'] ?? '').replace(/^body\./, '')

/** By the path of a field of the form: what the server has against it. */
export function wrongIn(refusal: ApiProblem | null, said: string): Record<string, string> {
  if (refusal === null) return {}
  const path = named(refusal)
  const whole = path.split(/[.[]/)[0] ?? ''
  return path === '' ? {} : { [path]: said, ...(path.includes('[') ? { [path.split('[')[0] ?? whole]: said } : {}) }
}

/** The server's own sentence in the language of the page, else the words for its code. */
export function useRefusalText(): (refusal: ApiProblem | null) => string {
  const { i18n } = useTranslation()
  return (refusal) => {
    if (refusal === null) return ''
    const why = refusal.facts[isEnglish(i18n.language) ? 'why' : 'why_zh']
    return refusal.code !== 'invalid_request' && typeof why === 'string' ? why : problemText(refusal)
  }
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

/** Brought into sight once, when it appears. */
function InSight({ children }: { children: ReactNode }): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void place.current?.scrollIntoView?.({ block: 'center' })
  }, [])
  return <div ref={place}>{children}</div>
}

interface FrameProps<T extends { revision: string }> {
  of: string
  sections: readonly Section[]
  /** The top-level fields that are compared, beside those of the sections. */
  also?: readonly string[]
  editing: Editing<T>
  children: ReactNode
}

export function EditFrame<T extends { revision: string }>({ of, sections, also = [], editing, children }: FrameProps<T>): ReactElement {
  const { t } = useTranslation()
  const textOf = useRefusalText()
  const show = useShow(of, sections)
  const { base, draft, theirs, refusal, isBusy } = editing
  useShortcuts({ '$mod+s': () => void editing.save() })
  const names = [...new Set([...sections.flatMap((section) => section.fields.map((field) => field.path.split('.')[0] ?? '')), ...also])]
  const labelOf = (name: string): string => {
    const own = sections.flatMap((section) => section.fields).find((field) => field.path === name)
    return own === undefined ? t(`routing.part.${name}`) : t(`routing.field.${of}.${name}`)
  }
  return (
    <>
      {refusal === null ? null : (
        <div className="error-box routing-refusal" role="alert" data-testid="routing-refusal">
          <span aria-hidden="true">■ </span>
          {textOf(refusal)} <code>{refusal.code}</code>
        </div>
      )}
      {theirs === null ? children : (
        <InSight key={theirs.revision}>
          <Conflict<T>
            mine={mineOver(theirs, base, draft)}
            theirs={theirs}
            fields={names.map((name) => ({ key: name as keyof T & string, label: labelOf(name), show: (version: T) => show(name, version) }))}
            isBusy={isBusy}
            onResolve={(version) => void editing.resolve(version)}
            onTakeTheirs={editing.discard}
          />
        </InSight>
      )}
    </>
  )
}

export function EditBar<T extends { revision: string }>({ editing, children }: { editing: Editing<T>; children?: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const { isDirty, isBusy, theirs } = editing
  return (
    <div className="row routing-bar">
      <Button type="primary" disabled={!isDirty || theirs !== null} loading={isBusy} data-testid="routing-save" aria-keyshortcuts="Control+S" onClick={() => void editing.save()}>
        {t('routing.save')}
      </Button>
      <Button disabled={!isDirty} data-testid="routing-discard" onClick={editing.discard}>
        {t('routing.discard')}
      </Button>
      {children}
      {isDirty ? <Tag data-testid="routing-dirty">◔ {t('routing.dirty')}</Tag> : null}
    </div>
  )
}
