/** 示忙原因: why somebody does not take contacts, and how long that may last in a day. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, InputNumber } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { service, type Reason, type Reasons } from '@/api/service'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { OrderedList } from '@/ui/OrderedList'
import { ErrorBox, Loading } from '@/ui/states'
import { useVersions } from '@/ui/versions'

import { FRESH_MS, named, REASONS } from './keys'

const MINUTE = 60_000

function Minutes({ name, reason, onChange }: { name: 'allowance' | 'returns_after'; reason: Reason; onChange: (reason: Reason) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <InputNumber
      className="service-number"
      aria-label={t(`service.${name}`)}
      prefix={t(`service.${name}`)}
      suffix={t('service.minutes')}
      min={0}
      max={720}
      value={(reason[name] ?? 0) / MINUTE}
      onChange={(next) => next !== null && onChange({ ...reason, [name]: Math.round(next * MINUTE) })}
    />
  )
}

function Editor({ stored }: { stored: Reasons }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const editing = useVersions<Reasons>({
    name: 'service-reasons',
    stored,
    send: (_changes, whole, match) => service.putReasons(whole.items.map(named), match),
    reread: async () => {
      await client.invalidateQueries({ queryKey: REASONS })
      return client.getQueryData<Reasons>(REASONS)
    },
    saved: t('service.saved'),
  })
  return (
    <div className="stack">
      <EditBar editing={editing} />
      <EditFrame<Reasons> editing={editing} fields={[{ key: 'items', label: t('service.tab.reasons'), show: (version) => version.items.map((each) => each.name).join(', ') }]}>
      <OrderedList<Reason>
        id="reasons"
        label={t('service.tab.reasons')}
        about={t('service.reasons_about')}
        none={t('service.reasons_none')}
        items={editing.draft.items}
        most={100}
        blank={{ code: '', name: '', name_en: '', allowance: 0, returns_after: 0 }}
        onChange={(items) => editing.change({ ...editing.draft, items })}
        renderRow={(reason, change, index) => (
          <>
            <Input className="service-short typed" prefix={t('service.code')} aria-label={t('service.code')} maxLength={40} value={reason.code} data-testid={`reason-${index}`} onChange={(event) => change({ ...reason, code: event.target.value.trim() })} />
            <Input className="service-middle" prefix={t('service.name')} aria-label={t('service.name')} maxLength={30} value={reason.name} data-testid={`reason-name-${index}`} onChange={(event) => change({ ...reason, name: event.target.value })} />
            <Input className="service-middle" prefix={t('service.name_en')} aria-label={t('service.name_en')} maxLength={30} value={reason.name_en} onChange={(event) => change({ ...reason, name_en: event.target.value })} />
            <Minutes name="allowance" reason={reason} onChange={change} />
            <Minutes name="returns_after" reason={reason} onChange={change} />
          </>
        )}
      />
      </EditFrame>
    </div>
  )
}

export function ReasonsTab(): ReactElement {
  const reasons = useQuery({ queryKey: REASONS, queryFn: service.reasons, refetchInterval: FRESH_MS })
  if (reasons.isPending) return <Loading rows={6} />
  if (reasons.isError) return <ErrorBox error={reasons.error} onRetry={() => void reasons.refetch()} />
  return <Editor stored={reasons.data} />
}
