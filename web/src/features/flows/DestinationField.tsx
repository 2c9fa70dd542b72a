/** Who takes over from a transfer: a queue, an agent, a number outside. */
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useEditor } from './context'
import { OperandField } from './OperandField'
import { NamedField, type Plain } from './plainFields'
import type { Operand } from './words'

interface Destination {
  type: string
  queue?: string
  agent?: string
  number?: Operand
}

const FRESH: Record<string, Destination> = {
  queue: { type: 'queue', queue: '' },
  agent: { type: 'agent', agent: '', queue: '' },
  number: { type: 'number', number: { type: 'constant', value: '' } },
}

export function DestinationField({ label, testId, value, onChange }: Plain<Destination>): ReactElement {
  const { t } = useTranslation()
  const { around } = useEditor()
  return (
    <div className="stack" data-testid={testId}>
      <Select size="small" style={{ width: 160 }} aria-label={label} value={value.type} options={Object.keys(FRESH).map((each) => ({ value: each, label: t(`flows.to.${each}`) }))} onChange={(kind: string) => onChange(FRESH[kind])} />
      {value.type === 'agent' ? <NamedField label={t('flows.to.agent')} testId={`${testId}-agent`} value={value.agent ?? ''} known={around.agents} onChange={(agent) => onChange({ ...value, agent })} /> : null}
      {value.type === 'number' ? (
        <OperandField label={t('flows.to.number')} testId={`${testId}-number`} value={value.number ?? null} onChange={(number) => onChange({ ...value, number })} />
      ) : (
        <NamedField label={t('flows.to.queue')} testId={`${testId}-queue`} value={value.queue ?? ''} known={around.queues} onChange={(queue) => onChange({ ...value, queue })} />
      )}
    </div>
  )
}
