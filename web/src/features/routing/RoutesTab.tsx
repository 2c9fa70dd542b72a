/** 出局路由: which trunk a dialled number goes out on. The first pattern that fits counts. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { routing, type OutboundRoute, type OutboundRoutes } from '@/api/routing'
import { ErrorBox, Loading } from '@/ui/states'
import { OrderedList } from '@/ui/OrderedList'
import { EditBar } from '@/ui/EditFrame'
import { useVersions } from '@/ui/versions'

import { SectionFrame } from './SectionFrame'
import { FRESH_MS } from './known'
import { trunksQuery } from './TrunksTab'

const KEY = ['routing', 'routes']
const BLANK: OutboundRoute = { pattern: '', trunks: [], note: '', strip: 0, prepend: '' }

function Editor({ stored }: { stored: OutboundRoutes }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const trunks = (useQuery(trunksQuery).data ?? []).map((each) => ({ value: each.id, label: each.name }))
  const editing = useVersions<OutboundRoutes>({
    name: 'routing-routes',
    stored,
    send: (_changes, whole, match) => routing.putRoutes(whole.items, match),
    reread: async () => {
      await client.invalidateQueries({ queryKey: KEY })
      return client.getQueryData<OutboundRoutes>(KEY)
    },
    saved: t('routing.saved'),
  })
  const row = (route: OutboundRoute, change: (route: OutboundRoute) => void, index: number): ReactElement => (
    <>
      <Input className="routing-short typed" data-testid={`route-pattern-${index}`} aria-label={t('routing.pattern')} prefix={t('routing.pattern')} maxLength={40} value={route.pattern} onChange={(event) => change({ ...route, pattern: event.target.value.trim() })} />
      <Select mode="multiple" maxTagCount="responsive" className="routing-over" data-testid={`route-trunks-${index}`} aria-label={t('routing.over_trunks')} placeholder={t('routing.over_trunks')} value={route.trunks} options={trunks} onChange={(next) => change({ ...route, trunks: next })} />
      <InputNumber className="routing-number" aria-label={t('routing.strip')} prefix={t('routing.strip')} min={0} max={20} value={route.strip ?? 0} onChange={(strip) => strip !== null && change({ ...route, strip })} />
      <Input className="routing-short" aria-label={t('routing.prepend')} prefix={t('routing.prepend')} maxLength={20} value={route.prepend ?? ''} onChange={(event) => change({ ...route, prepend: event.target.value.trim() })} />
      <Input className="routing-short" aria-label={t('routing.note')} prefix={t('routing.note')} maxLength={80} value={route.note ?? ''} onChange={(event) => change({ ...route, note: event.target.value })} />
    </>
  )
  return (
    <div className="stack">
      <EditBar editing={editing} />
      <SectionFrame of="routes" sections={[]} also={['items']} editing={editing}>
        <div className="panel">
          <OrderedList<OutboundRoute> id="routes" label={t('routing.tab.routes')} about={t('routing.routes_about')} none={t('routing.routes_none')} items={editing.draft.items} blank={BLANK} most={500}
            onChange={(items) => editing.change({ ...editing.draft, items })} renderRow={row} />
        </div>
      </SectionFrame>
    </div>
  )
}

export function RoutesTab(): ReactElement {
  const routes = useQuery({ queryKey: KEY, queryFn: routing.routes, refetchInterval: FRESH_MS })
  if (routes.isPending) return <Loading />
  if (routes.data === undefined) return <ErrorBox error={routes.error} onRetry={() => void routes.refetch()} />
  return <Editor stored={routes.data} />
}
