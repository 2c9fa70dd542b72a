/** Around everything that is edited: save and put away, what was refused, two versions of it. */
import { Button, Tag } from 'antd'
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { Conflict, type ConflictField } from './Conflict'
import { codeOf, useRefusalText } from './problems'
import { useShortcuts } from './shortcuts'
import { mineOver, type Editing } from './versions'

/** Brought into sight once, when it appears. */
function InSight({ children }: { children: ReactNode }): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void place.current?.scrollIntoView?.({ block: 'center' })
  }, [])
  return <div ref={place}>{children}</div>
}

interface FrameProps<T extends { revision: string }> {
  editing: Editing<T>
  /** What is compared where somebody else was quicker. */
  fields: readonly ConflictField<T>[]
  children: ReactNode
}

export function EditFrame<T extends { revision: string }>({ editing, fields, children }: FrameProps<T>): ReactElement {
  const textOf = useRefusalText()
  const { base, draft, theirs, refusal, isBusy } = editing
  useShortcuts({ '$mod+s': () => void editing.save() })
  return (
    <>
      {refusal === null ? null : (
        <div className="error-box edit-refusal" role="alert" data-testid="edit-refusal">
          <span aria-hidden="true">■ </span>
          {textOf(refusal)} <code>{codeOf(refusal)}</code>
        </div>
      )}
      {theirs === null ? children : (
        <InSight key={theirs.revision}>
          <Conflict<T>
            mine={mineOver(theirs, base, draft)}
            theirs={theirs}
            fields={fields}
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
    <div className="row">
      <Button type="primary" disabled={!isDirty || theirs !== null} loading={isBusy} data-testid="edit-save" aria-keyshortcuts="Control+S" onClick={() => void editing.save()}>
        {t('edit.save')}
      </Button>
      <Button disabled={!isDirty} data-testid="edit-discard" onClick={editing.discard}>
        {t('edit.discard')}
      </Button>
      {children}
      {isDirty ? <Tag data-testid="edit-dirty">◔ {t('edit.dirty')}</Tag> : null}
    </div>
  )
}
