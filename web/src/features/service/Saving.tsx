/** Around what is edited: save and put away, what was refused, two versions of it. */
import { Button, Tag } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Conflict, type ConflictField } from '@/ui/Conflict'
import { useShortcuts } from '@/ui/shortcuts'

import type { Edited } from './useVersioned'

interface SavingProps<T extends object> {
  editing: Edited<T>
  fields: readonly ConflictField<T>[]
  /** Beside the buttons. */
  actions?: ReactNode
  children: ReactNode
}

export function Saving<T extends object>({ editing, fields, actions, children }: SavingProps<T>): ReactElement {
  const { t } = useTranslation()
  const { draft, theirs, isDirty, isBusy, refusal, refusalCode } = editing
  useShortcuts({ '$mod+s': () => void editing.save() })
  return (
    <div className="stack">
      <div className="row">
        <Button type="primary" data-testid="service-save" aria-keyshortcuts="Control+S" disabled={!isDirty || theirs !== null} loading={isBusy} onClick={() => void editing.save()}>
          {t('service.save')}
        </Button>
        <Button data-testid="service-discard" disabled={!isDirty} onClick={editing.discard}>
          {t('service.discard')}
        </Button>
        {actions}
        {isDirty ? <Tag>◔ {t('service.dirty')}</Tag> : null}
      </div>
      {refusal === '' ? null : (
        <div className="error-box service-refusal" role="alert" data-testid="service-refusal">
          <span aria-hidden="true">■ </span>
          {refusal} <code>{refusalCode}</code>
        </div>
      )}
      {theirs === null ? children : (
        <Conflict<T> mine={draft} theirs={theirs} fields={fields} isBusy={isBusy} onResolve={(version) => void editing.save(version)} onTakeTheirs={editing.discard} />
      )}
    </div>
  )
}
