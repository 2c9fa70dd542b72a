/** Every flow: its version, what leads to it, what goes through it today, what is wrong with it. */
import { useQuery } from '@tanstack/react-query'
import { Button, Drawer, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { flows, type FlowSummary } from '@/api/flows'
import { useZone } from '@/api/session'
import { dateTime, figure } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { forgetDraft, keptDrafts, type KeptDraft } from './drafts'
import { NewFlow } from './NewFlow'
import { dropOff } from './traffic'

const REFRESH_EVERY_MS = 10_000

function Health({ flow }: { flow: FlowSummary }): ReactElement {
  const { t } = useTranslation()
  if (flow.errors > 0) return <Link to={`/flows/${flow.id}?panel=problems`} className="flow-fault">■ {t('flows.faults', { count: flow.errors })}</Link>
  if (flow.warnings > 0) return <Link to={`/flows/${flow.id}?panel=problems`} className="flow-warning">▲ {t('flows.warnings', { count: flow.warnings })}</Link>
  return <span className="light-green">● {t('flows.fine')}</span>
}

function Row({ flow, hasDraft, onCopy }: { flow: FlowSummary; hasDraft: boolean; onCopy: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const leads = flow.numbers.length > 0 ? flow.numbers.join(', ') : t('flows.no_number')
  return (
    <tr data-testid={`flow-${flow.id}`}>
      <td>
        <Link to={`/flows/${flow.id}`}>{flow.name}</Link> <code className="quiet">{flow.id}</code>{' '}
        {hasDraft ? <span className="flow-mark flow-mark-warning">{t('flows.dirty')}</span> : null}
      </td>
      <td className="number">{flow.version}</td>
      <td title={flow.note}>
        {dateTime(flow.published_at, i18n.language, zone)}
        <div className="quiet table-cut" style={{ maxWidth: '18em' }}>{[flow.published_by_name || t('flows.by_system'), flow.note].filter((each) => each !== '').join(' · ')}</div>
      </td>
      <td>
        {leads}
        {flow.called_by.length === 0 ? null : <div className="quiet">{t('flows.called_by', { flows: flow.called_by.join(', ') })}</div>}
      </td>
      <td className="number">{flow.nodes}</td>
      <td className="number">{flow.entered_today}</td>
      <td className="number">{figure(dropOff(flow.entered_today, flow.gone_today), 'ratio')}</td>
      <td>
        <Health flow={flow} />
      </td>
      <td>
        <Button size="small" data-testid={`copy-flow-${flow.id}`} onClick={onCopy}>
          {t('flows.copy')}
        </Button>
      </td>
    </tr>
  )
}

function Drafts({ drafts, onForget }: { drafts: { id: string; draft: KeptDraft }[]; onForget: (id: string) => void }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  if (drafts.length === 0) return null
  return (
    <section className="panel stack" aria-label={t('flows.own_drafts')}>
      <h2 className="panel-title">{t('flows.own_drafts')}</h2>
      <p className="quiet">{t('flows.own_drafts_why')}</p>
      {drafts.map(({ id, draft }) => (
        <div key={id} className="row" data-testid={`draft-${id}`}>
          <Link to={`/flows/${id}`}>{draft.flow.name}</Link>
          <code className="quiet">{id}</code>
          <span className="quiet">{dateTime(draft.at, i18n.language, zone)}</span>
          <Popconfirm title={t('flows.forget_sure', { name: draft.flow.name })} okText={t('flows.discard')} cancelText={t('common.cancel')} onConfirm={() => onForget(id)}>
            <Button size="small" danger>
              {t('flows.discard')}
            </Button>
          </Popconfirm>
        </div>
      ))}
    </section>
  )
}

function Table({ list, drafts, onCopy }: { list: FlowSummary[]; drafts: { id: string }[]; onCopy: (flow: string) => void }): ReactElement {
  const { t } = useTranslation()
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" tabIndex={0} role="region" aria-label={t('flows.all')}>
      <table className="grid" data-testid="flows">
        <thead>
          <tr>
            <th scope="col">{t('flows.column.flow')}</th>
            <th scope="col" className="number">{t('flows.column.version')}</th>
            <th scope="col">{t('flows.column.published')}</th>
            <th scope="col">{t('flows.column.numbers')}</th>
            <th scope="col" className="number">{t('flows.column.nodes')}</th>
            <th scope="col" className="number">{t('flows.column.today')}</th>
            <th scope="col" className="number">{t('flows.column.gone')}</th>
            <th scope="col">{t('flows.column.checked')}</th>
            <th scope="col">{t('flows.column.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((flow) => (
            <Row key={flow.id} flow={flow} hasDraft={drafts.some((each) => each.id === flow.id)} onCopy={() => onCopy(flow.id)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function FlowTable(): ReactElement {
  const { t } = useTranslation()
  const [open, setOpen] = useState<{ copyOf: string | null } | null>(null)
  const [drafts, setDrafts] = useState(keptDrafts)
  const list = useQuery({ queryKey: ['flow-summaries'], queryFn: flows.list, refetchInterval: REFRESH_EVERY_MS, refetchOnWindowFocus: true })
  const known = list.data ?? []
  const unpublished = drafts.filter(({ id, draft }) => draft.basedOn === 0 && !known.some((flow) => flow.id === id))
  const fresh = (
    <Button type="primary" data-testid="flow-new" onClick={() => setOpen({ copyOf: null })}>
      {t('flows.new')}
    </Button>
  )
  return (
    <>
      <div className="row">
        {fresh}
        <span className="quiet">{t('flows.about')}</span>
      </div>
      {list.isPending ? <Loading rows={6} /> : null}
      {list.isError ? <ErrorBox error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isSuccess && known.length === 0 ? <EmptyState title={t('flows.no_flows')} why={t('flows.no_flows_why')} action={fresh} /> : null}
      {known.length === 0 ? null : <Table list={known} drafts={drafts} onCopy={(copyOf) => setOpen({ copyOf })} />}
      <Drafts
        drafts={unpublished}
        onForget={(id) => {
          forgetDraft(id)
          setDrafts(keptDrafts())
        }}
      />
      <Drawer title={t(open?.copyOf == null ? 'flows.new' : 'flows.copy_title')} open={open !== null} onClose={() => setOpen(null)} destroyOnHidden>
        {open === null ? null : <NewFlow copyOf={open.copyOf} known={known} onDone={() => setOpen(null)} />}
      </Drawer>
    </>
  )
}
