/** Every flow: its version, what leads to it, what goes through it today, what is wrong with it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { drafts, flows, plans, type DraftLine, type FlowSummary, type Plan } from '@/api/flows'
import { useMay, useZone } from '@/api/session'
import { dateTime, figure } from '@/ui/format'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { forgetDraft } from './drafts'
import { NewFlow } from './NewFlow'
import { PlanMark } from './Planned'
import { dropOff } from './traffic'

const REFRESH_EVERY_MS = 10_000

function Health({ flow }: { flow: FlowSummary }): ReactElement {
  const { t } = useTranslation()
  if (flow.errors > 0) return <Link to={`/flows/${flow.id}?panel=problems`} className="flow-fault">■ {t('flows.faults', { count: flow.errors })}</Link>
  if (flow.warnings > 0) return <Link to={`/flows/${flow.id}?panel=problems`} className="flow-warning">▲ {t('flows.warnings', { count: flow.warnings })}</Link>
  return <span className="light-green">● {t('flows.fine')}</span>
}

/** Who is drawing it. */
function Drawing({ lines }: { lines: readonly DraftLine[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      {lines.map((line) => (
        <span key={line.person} className="flow-mark flow-mark-warning">
          {line.is_own ? t('flows.dirty') : t(line.is_at_it ? 'flows.is_at_it' : 'flows.has_draft', { name: line.person_name })}
        </span>
      ))}
    </>
  )
}

interface RowProps {
  flow: FlowSummary
  lines: readonly DraftLine[]
  plan: Plan | undefined
  /** Null: this person only reads. */
  onCopy: (() => void) | null
}

function Row({ flow, lines, plan, onCopy }: RowProps): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const leads = flow.numbers.length > 0 ? flow.numbers.join(', ') : t('flows.no_number')
  return (
    <tr data-testid={`flow-${flow.id}`}>
      <td className="flow-known">
        <Link to={`/flows/${flow.id}`}>{flow.name}</Link> <code className="quiet">{flow.id}</code> <Drawing lines={lines} />
        {plan === undefined ? null : (
          <div>
            <Link to={`/flows/${flow.id}?panel=publish`}><PlanMark plan={plan} /></Link>
          </div>
        )}
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
      {onCopy === null ? null : (
        <td>
          <Button size="small" data-testid={`copy-flow-${flow.id}`} onClick={onCopy}>
            {t('flows.copy')}
          </Button>
        </td>
      )}
    </tr>
  )
}

/** New flows that nobody published yet: what was planned or drawn of them. */
function Unpublished({ lines, waiting, onForget }: { lines: readonly DraftLine[]; waiting: readonly Plan[]; onForget: (id: string) => void }): ReactElement | null {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  if (lines.length === 0 && waiting.length === 0) return null
  return (
    <section className="panel stack" aria-label={t('flows.new_drafts')}>
      <h2 className="panel-title">{t('flows.new_drafts')}</h2>
      <p className="quiet">{t('flows.new_drafts_why')}</p>
      {waiting.map((plan) => (
        <div key={plan.plan} className="row">
          <Link to={`/flows/${plan.id}?panel=publish`}>{plan.name}</Link>
          <code className="quiet">{plan.id}</code>
          <PlanMark plan={plan} />
        </div>
      ))}
      {lines.map((line) => (
        <div key={`${line.id} ${line.person}`} className="row" data-testid={`draft-${line.id}`}>
          <Link to={`/flows/${line.id}`}>{line.name || line.id}</Link>
          <code className="quiet">{line.id}</code>
          <span className="quiet">
            {line.is_own ? t('flows.yours') : line.person_name} · {dateTime(line.saved_at, i18n.language, zone)}
          </span>
          {line.is_own ? (
            <Popconfirm title={t('flows.forget_sure', { name: line.name || line.id })} okText={t('flows.discard')} cancelText={t('common.cancel')} onConfirm={() => onForget(line.id)}>
              <Button size="small" danger>
                {t('flows.discard')}
              </Button>
            </Popconfirm>
          ) : null}
        </div>
      ))}
    </section>
  )
}

interface TableProps {
  list: FlowSummary[]
  lines: readonly DraftLine[]
  planned: readonly Plan[]
  onCopy: ((flow: string) => void) | null
}

function Table({ list, lines, planned, onCopy }: TableProps): ReactElement {
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
            {onCopy === null ? null : <th scope="col">{t('flows.column.actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {list.map((flow) => (
            <Row
              key={flow.id}
              flow={flow}
              lines={lines.filter((line) => line.id === flow.id)}
              plan={planned.find((plan) => plan.id === flow.id)}
              onCopy={onCopy === null ? null : () => onCopy(flow.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function FlowTable(): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [open, setOpen] = useState<{ copyOf: string | null } | null>(null)
  const mayEdit = useMay('flows.edit')
  const often = { refetchInterval: REFRESH_EVERY_MS, refetchOnWindowFocus: true }
  const list = useQuery({ queryKey: ['flow-summaries'], queryFn: flows.list, ...often })
  const lines = useQuery({ queryKey: ['flow-draft-lines'], queryFn: drafts.list, enabled: mayEdit, ...often }).data ?? []
  const planned = useQuery({ queryKey: ['flow-plans'], queryFn: plans.list, ...often }).data ?? []
  const known = list.data ?? []
  const isNew = ({ id }: { id: string }): boolean => list.isSuccess && !known.some((flow) => flow.id === id)
  const forget = useCommand(async (id: string) => {
    await drafts.drop(id)
    forgetDraft(id)
    await client.invalidateQueries({ queryKey: ['flow-draft-lines'] })
  })
  const fresh = !mayEdit ? null : (
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
      {known.length === 0 ? null : <Table list={known} lines={lines} planned={planned} onCopy={mayEdit ? (copyOf) => setOpen({ copyOf }) : null} />}
      <Unpublished lines={lines.filter(isNew)} waiting={planned.filter(isNew)} onForget={(id) => void forget.run(id)} />
      <Drawer title={t(open?.copyOf == null ? 'flows.new' : 'flows.copy_title')} open={open !== null} onClose={() => setOpen(null)} destroyOnHidden>
        {open === null ? null : <NewFlow copyOf={open.copyOf} known={known} drawn={lines.map((line) => line.id)} onDone={() => setOpen(null)} />}
      </Drawer>
    </>
  )
}
