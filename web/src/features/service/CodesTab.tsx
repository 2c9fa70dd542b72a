/** 小结码: what a queue's contacts may be coded as after they ended. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { routing, type QueueRule } from '@/api/routing'
import type { Code } from '@/api/service'
import { isEnglish } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { EditBar, EditFrame } from '@/ui/EditFrame'
import { OrderedList } from '@/ui/OrderedList'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useVersions } from '@/ui/versions'

import { FRESH_MS, named, QUEUES } from './keys'

/** The first nine have a digit on the desk. */
const DIGITS = 9
/** More than a person finds at a glance. */
const ADVISED = 15

const names = (codes: readonly Code[]): string => codes.map((each) => each.name).join(', ')

function Editor({ stored }: { stored: QueueRule }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const editing = useVersions<QueueRule>({
    name: `service-codes-${stored.id}`,
    stored,
    send: (_changes, whole, match) => routing.changeQueue(whole.id, { dispositions: whole.dispositions.map(named) }, match),
    reread: async () => {
      await client.invalidateQueries({ queryKey: QUEUES })
      return client.getQueryData<QueueRule[]>(QUEUES)?.find((each) => each.id === stored.id)
    },
    saved: t('service.saved'),
  })
  const { draft } = editing
  const codes = draft.dispositions
  return (
    <div className="stack">
      <EditBar editing={editing} />
      <EditFrame<QueueRule> editing={editing} fields={[{ key: 'dispositions', label: t('service.tab.codes'), show: (version) => names(version.dispositions) }]}>
      <OrderedList<Code>
        id="codes"
        label={t('service.tab.codes')}
        about={t('service.codes_about')}
        none={t('service.codes_none')}
        items={codes}
        most={ADVISED}
        blank={{ code: '', name: '', name_en: '' }}
        onChange={(dispositions) => editing.change({ ...draft, dispositions })}
        renderRow={(code, change, index) => (
          <>
            <span className="service-digit" aria-hidden="true">{index < DIGITS ? <Kbd keys={String(index + 1)} /> : null}</span>
            <Input className="service-short typed" prefix={t('service.code')} aria-label={t('service.code')} maxLength={40} value={code.code} data-testid={`code-${index}`} onChange={(event) => change({ ...code, code: event.target.value.trim() })} />
            <Input className="service-name" prefix={t('service.name')} aria-label={t('service.name')} maxLength={30} value={code.name} data-testid={`code-name-${index}`} onChange={(event) => change({ ...code, name: event.target.value })} />
            <Input className="service-name" prefix={t('service.name_en')} aria-label={t('service.name_en')} maxLength={30} value={code.name_en} onChange={(event) => change({ ...code, name_en: event.target.value })} />
          </>
        )}
      />
      {codes.length > ADVISED ? <p className="over">▲ {t('service.codes_many', { most: ADVISED })}</p> : null}
      </EditFrame>
    </div>
  )
}

export function CodesTab(): ReactElement {
  const { t, i18n } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const queues = useQuery({ queryKey: QUEUES, queryFn: routing.queues, refetchInterval: FRESH_MS })
  if (queues.isPending) return <Loading rows={6} />
  if (queues.isError) return <ErrorBox error={queues.error} onRetry={() => void queues.refetch()} />
  const queue = queues.data.find((each) => each.id === search.get('queue')) ?? queues.data[0]
  if (queue === undefined) return <EmptyState title={t('service.queues_none')} why={t('service.queues_none_why')} />
  return (
    <div className="stack">
      <Select<string>
        className="service-name"
        aria-label={t('service.queue')}
        data-testid="codes-queue"
        showSearch={{ optionFilterProp: 'label' }}
        value={queue.id}
        options={queues.data.map((each) => ({ value: each.id, label: isEnglish(i18n.language) ? each.name_en : each.name }))}
        onChange={(next) => setSearch({ tab: 'codes', queue: next })}
      />
      <Editor key={queue.id} stored={queue} />
    </div>
  )
}
