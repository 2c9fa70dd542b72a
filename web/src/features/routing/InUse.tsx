/** Taking something away: asked once, and refused with the places that still use it. */
import { Alert, Button } from 'antd'
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { codeOf, factsOf, problemText } from '@/ui/problems'

import { useFlowOptions, useNameOf, useQueues } from './known'

/** `flow:welcome number:4002` as people call these. */
export function useUses(): (usedBy: string) => string[] {
  const { t } = useTranslation()
  const nameOf = useNameOf()
  const queues = useQueues()
  const flows = useFlowOptions()
  return (usedBy) =>
    usedBy.split(' ').map((place) => {
      const [kind = '', ...rest] = place.split(':')
      const id = rest.join(':')
      const queue = kind === 'queue' ? queues.find((each) => each.id === id) : undefined
      const name = queue === undefined ? (kind === 'flow' ? flows.find((each) => each.value === id)?.label : undefined) : nameOf(queue)
      return t(`routing.place.${kind}`, { name: name ?? id })
    })
}

interface RemoveProps {
  /** What is taken away, in a sentence with what follows from it. */
  question: string
  onRemove: () => Promise<unknown>
  onDone: () => void
  onCancel: () => void
  children?: ReactNode
}

export function RemoveForm({ question, onRemove, onDone, onCancel, children }: RemoveProps): ReactElement {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const usesOf = useUses()
  const remove = async (): Promise<void> => {
    setBusy(true)
    try {
      await onRemove()
      onDone()
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }
  const uses = codeOf(error) === 'still_in_use' ? usesOf(String(factsOf(error)['used_by'] ?? '')) : null
  return (
    <div className="stack">
      <p>{question}</p>
      {children}
      {error === null ? null : (
        <Alert type="error" role="alert" data-testid="remove-refused" title={uses === null ? problemText(error) : t('routing.in_use')}
          description={uses === null ? undefined : <ul className="routing-uses">{uses.map((use) => <li key={use}>{use}</li>)}</ul>} />
      )}
      <div className="row">
        <Button danger type="primary" loading={isBusy} data-testid="remove-confirm" onClick={() => void remove()}>{t('routing.delete')}</Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </div>
    </div>
  )
}
