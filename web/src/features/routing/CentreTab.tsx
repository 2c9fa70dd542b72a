/** 中心规则: what holds for the centre as a whole, and queues that help each other out. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { routing, type CentreRules } from '@/api/routing'
import { ErrorBox, Loading } from '@/ui/states'
import { OrderedList } from '@/ui/OrderedList'
import { EditBar } from '@/ui/EditFrame'
import { useRefusalText } from '@/ui/problems'
import { useVersions } from '@/ui/versions'

import { SectionFrame, wrongIn } from './SectionFrame'
import { Fields } from './Fields'
import { FRESH_MS, useQueueOptions } from './known'
import { CENTRE_SECTIONS } from './spec'

const KEY = ['routing', 'centre']
type Merge = CentreRules['merges'][number]

function MergeRow({ merge, onChange }: { merge: Merge; onChange: (merge: Merge) => void }): ReactElement {
  const { t } = useTranslation()
  const queues = useQueueOptions()
  const seconds = (name: 'longest_wait' | 'calm_for' | 'look_every'): ReactElement => (
    <InputNumber className="routing-number routing-named" aria-label={t(`routing.merge.${name}`)} prefix={t(`routing.merge.${name}`)} suffix={t('routing.unit.s')} min={0} max={86_400}
      value={(merge[name] ?? 0) / 1_000} onChange={(next) => next !== null && onChange({ ...merge, [name]: Math.round(next * 1_000) })} />
  )
  return (
    <>
      <Input className="routing-short typed" aria-label={t('routing.id')} prefix={t('routing.id')} maxLength={40} value={merge.id} onChange={(event) => onChange({ ...merge, id: event.target.value.trim() })} />
      <Select mode="multiple" className="routing-middle" aria-label={t('routing.merge.queues')} placeholder={t('routing.merge.queues')} value={merge.queues} options={queues} onChange={(next) => onChange({ ...merge, queues: next })} />
      {seconds('longest_wait')}
      <InputNumber className="routing-number routing-named" aria-label={t('routing.merge.length')} prefix={t('routing.merge.length')} min={0} max={100_000} value={merge.length ?? 0} onChange={(length) => length !== null && onChange({ ...merge, length })} />
      {seconds('calm_for')}
      {seconds('look_every')}
    </>
  )
}

function Editor({ stored }: { stored: CentreRules }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useRefusalText()
  const editing = useVersions<CentreRules>({
    name: 'routing-centre',
    stored,
    send: (changes, _whole, match) => routing.changeCentre(changes, match),
    reread: async () => {
      await client.invalidateQueries({ queryKey: KEY })
      return client.getQueryData<CentreRules>(KEY)
    },
    saved: t('routing.saved'),
  })
  const wrong = wrongIn(editing.refusal, textOf(editing.refusal))
  return (
    <div className="stack">
      <EditBar editing={editing} />
      <SectionFrame of="centre" sections={CENTRE_SECTIONS} also={['merges']} editing={editing}>
        {CENTRE_SECTIONS.map((section) => (
          <section key={section.key} className="panel" aria-labelledby={`section-${section.key}`}>
            <h2 id={`section-${section.key}`}>{t(`routing.section.${section.key}`)}</h2>
            <Fields of="centre" section={section} thing={editing.draft} onChange={editing.change} wrong={wrong} />
          </section>
        ))}
        <section className="panel">
          <OrderedList<Merge> id="merges" label={t('routing.part.merges')} about={t('routing.merges_about')} none={t('routing.merges_none')} items={editing.draft.merges}
            blank={{ id: `group-${editing.draft.merges.length + 1}`, queues: [], longest_wait: 60_000, length: 0, calm_for: 60_000, look_every: 5_000 }}
            onChange={(merges) => editing.change({ ...editing.draft, merges })} renderRow={(merge, change) => <MergeRow merge={merge} onChange={change} />} />
        </section>
      </SectionFrame>
    </div>
  )
}

export function CentreTab(): ReactElement {
  const rules = useQuery({ queryKey: KEY, queryFn: routing.centre, refetchInterval: FRESH_MS })
  if (rules.isPending) return <Loading rows={8} />
  if (rules.data === undefined) return <ErrorBox error={rules.error} onRetry={() => void rules.refetch()} />
  return <Editor stored={rules.data} />
}
