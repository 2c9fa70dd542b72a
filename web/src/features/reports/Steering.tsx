/** 目标与基线: what is wanted of the metric, since when and by whom; and limits that stand still. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { steering, type Goal, type MetricEntry, type ScopeTargets } from '@/api/figures'
import { useMay, useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { dateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'
import { dayAt } from '@/ui/zone'

import { useNames, useView } from './asked'
import { FreezeForm } from './FreezeForm'
import { printed } from './printed'

const FIELDS = ['target', 'alarm_low', 'alarm_high'] as const
type Field = (typeof FIELDS)[number]

type Wish = Record<Field, number | null> & { effective_from: string }

/** Ratios are typed as percent. */
const factorOf = (metric: MetricEntry): number => (metric.unit === 'ratio' ? 100 : 1)

function typed(goal: Goal, factor: number): Record<Field, number | null> {
  const one = (value: number | null): number | null => (value === null ? null : Math.round(value * factor * 1e6) / 1e6)
  return { target: one(goal.target), alarm_low: one(goal.alarm_low), alarm_high: one(goal.alarm_high) }
}

interface TargetFormProps {
  metric: MetricEntry
  queue: string | null
  /** What is in force, and the newest version's number. */
  goal: Goal
  seen: number
  onDone: () => void
}

function TargetForm({ metric, queue, goal, seen, onDone }: TargetFormProps): ReactElement {
  const { t } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const factor = factorOf(metric)
  const save = useCommand(async (wish: Wish) => {
    const one = (field: Field): number | null => (wish[field] === null || wish[field] === undefined ? null : wish[field] / factor)
    const values = { target: one('target'), alarm_low: one('alarm_low'), alarm_high: one('alarm_high') }
    await steering.setTarget(metric.id, { ...values, queue, effective_from: wish.effective_from, seen })
    await Promise.all(['targets', 'chart', 'figures'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    onDone()
  })
  return (
    <Form<Wish>
      layout="inline"
      initialValues={{ ...typed(goal, factor), effective_from: dayAt(serverNow(), zone) }}
      onFinish={(wish) => void save.run(wish)}
    >
      {FIELDS.map((field) => (
        <Form.Item key={field} name={field} label={t(`steering.${field}`)}>
          <InputNumber style={{ width: 120 }} suffix={metric.unit === 'ratio' ? '%' : undefined} data-testid={`target-${field}`} />
        </Form.Item>
      ))}
      <Form.Item name="effective_from" label={t('steering.from')} rules={[{ required: true, message: t('control.due_required') }]}>
        <Input type="date" style={{ width: 160 }} />
      </Form.Item>
      <Button htmlType="submit" type="primary" loading={save.isBusy} data-testid="target-save">
        {t('steering.save')}
      </Button>
      <Button onClick={onDone}>{t('common.cancel')}</Button>
    </Form>
  )
}

function Versions({ metric, scopes }: { metric: MetricEntry; scopes: ScopeTargets[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const nameOf = useNames()
  const rows = scopes.flatMap((scope) => scope.versions.map((version) => ({ scope, version }))).toReversed()
  if (rows.length === 0) return <p className="quiet">{t('steering.none_set')}</p>
  return (
    <div className="scroll">
      <table className="grid" aria-label={t('steering.versions')}>
        <thead>
          <tr>
            <th scope="col">{t('reports.level.queue')}</th>
            <th scope="col">{t('steering.from')}</th>
            {FIELDS.map((field) => (
              <th key={field} scope="col" className="number">
                {t(`steering.${field}`)}
              </th>
            ))}
            <th scope="col">{t('steering.set_by')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ scope, version }) => (
            <tr key={`${scope.queue} ${version.number}`} data-testid={`target-version-${version.number}`}>
              <th scope="row">{scope.queue === null ? t('reports.whole_centre') : nameOf('queue', scope.queue)}</th>
              <td className="figure">{version.effective_from}</td>
              {FIELDS.map((field) => (
                <td key={field} className="number">
                  {printed(version[field], metric.unit)}
                </td>
              ))}
              <td>
                {version.set_by_name} <span className="quiet">{dateTime(version.at, i18n.language, zone)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Steering({ metric }: { metric: MetricEntry }): ReactElement {
  const { t } = useTranslation()
  const view = useView()
  const mayEdit = useMay('targets.edit')
  const nameOf = useNames()
  const [open, setOpen] = useState<'target' | 'baseline' | null>(null)
  const targets = useQuery({ queryKey: ['targets', metric.id], queryFn: () => steering.targets(metric.id) })
  const close = (): void => setOpen(null)
  if (targets.isError) return <ErrorBox error={targets.error} onRetry={() => void targets.refetch()} />
  if (targets.data === undefined) return <Loading rows={2} />
  const scopes = targets.data.scopes
  const own = scopes.find((scope) => scope.queue === view.queue)
  const centre = scopes.find((scope) => scope.queue === null)
  const goal = own?.in_force ?? centre?.in_force ?? targets.data.default
  return (
    <section className="panel stack" aria-label={t('steering.title')} data-testid="steering">
      <div className="row">
        <h2 className="panel-title">{t('steering.title')}</h2>
        <span className="quiet">{view.queue === null ? t('reports.whole_centre') : nameOf('queue', view.queue)}</span>
        {mayEdit && open === null ? (
          <>
            <Button size="small" data-testid="target-open" onClick={() => setOpen('target')}>
              {t('steering.set_target')}
            </Button>
            {view.team === null && view.agent === null && view.number === null ? (
              <Button size="small" data-testid="baseline-open" onClick={() => setOpen('baseline')}>
                {t('steering.freeze')}
              </Button>
            ) : null}
          </>
        ) : null}
      </div>
      {open === 'target' ? <TargetForm metric={metric} queue={view.queue} goal={goal} seen={own?.number ?? 0} onDone={close} /> : null}
      {open === 'baseline' ? <FreezeForm metric={metric} onDone={close} /> : null}
      <Versions metric={metric} scopes={scopes} />
    </section>
  )
}
