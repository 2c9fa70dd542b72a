/** For which of the own queues a call is made: its number is shown to who is called. */
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskView } from '@/api/schema'
import { nameIn } from '@/ui/format'

export interface QueueChoiceProps {
  view: DeskView
  value: string | null
  onChange: (queue: string | null) => void
}

export function QueueChoice({ view, value, onChange }: QueueChoiceProps): ReactElement {
  const { t, i18n } = useTranslation()
  return (
    <label>
      {t('hand.for_queue')}
      <Select<string>
        className="wide"
        value={value ?? ''}
        onChange={(queue) => onChange(queue === '' ? null : queue)}
        options={[
          { value: '', label: t('hand.for_no_queue') },
          ...view.queues.map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) })),
        ]}
      />
    </label>
  )
}
