/** 健康: each part with its state and what to do, what runs here, and a file for whoever helps. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import i18next from 'i18next'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Light } from '@/api/schema'
import { useZone } from '@/api/session'
import { system, type About, type Status } from '@/api/system'
import { serverNow } from '@/live/clock'
import { clockTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { OfficeStanding } from './OfficeStanding'
import { Scroller } from './Scroller'

const LOOK_EVERY_MS = 10_000

const told = (key: string, facts: Record<string, unknown> = {}): string | null => (i18next.exists(key) ? i18next.t(key, facts) : null)

const PREFLIGHT = ['system', 'preflight']

interface Seen extends Light {
  /** When this page first saw it in this state. */
  since: number
}

/** The lights now; whatever is as it was keeps its moment. */
export const seen = (lights: readonly Light[], before: readonly Seen[] | undefined, at: number): Seen[] =>
  lights.map((light) => {
    const former = before?.find(({ key }) => key === light.key)
    return { ...light, since: former?.ok === light.ok ? former.since : at }
  })

function LightRow({ light, at }: { light: Light; at: string }): ReactElement {
  const { t } = useTranslation()
  const { key, ok, detail, fix } = light
  return (
    <tr data-testid={`health-${key}`} data-ok={ok}>
      <th scope="row">{told(`light.${key}`) ?? key}</th>
      <td className={ok ? 'light-ok' : 'light-red'}>
        <span aria-hidden="true">{ok ? '●' : '■'} </span>
        {ok ? t('system.ok') : t('system.not_ok')}
      </td>
      <td>{at}</td>
      <td>{detail === null ? '' : (told(`light_detail.${detail.code}`, detail.facts) ?? detail.code)}</td>
      <td>{ok || fix === null ? '' : (told(`light_fix.${fix}`, detail?.facts) ?? fix)}</td>
    </tr>
  )
}

function Parts(): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const preflight = useQuery({
    queryKey: PREFLIGHT,
    queryFn: async () => seen((await system.preflight()).lights, client.getQueryData<Seen[]>(PREFLIGHT), serverNow()),
    refetchInterval: LOOK_EVERY_MS,
  })
  if (preflight.isPending) return <Loading rows={9} />
  if (preflight.isError) return <ErrorBox error={preflight.error} onRetry={() => void preflight.refetch()} />
  const red = preflight.data.filter((light) => !light.ok).length
  return (
    <section className="panel" aria-label={t('system.parts')}>
      <div className="row">
        <h2 className="panel-title grow">{t('system.parts')}</h2>
        <span className="quiet" role="status">
          {red === 0 ? t('system.all_ok') : t('system.some_not_ok', { count: red })}
        </span>
        <Button loading={preflight.isFetching} onClick={() => void preflight.refetch()}>
          {t('system.look_again')}
        </Button>
      </div>
      <div className="scroll">
        <table className="grid">
          <thead>
            <tr>
              {(['part', 'state', 'seen_since', 'detail', 'to_do'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`system.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preflight.data.map((light) => (
              <LightRow key={light.key} light={light} at={clockTime(light.since, i18n.language, zone)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Facts({ status, about }: { status: Status; about: About }): ReactElement {
  const { t } = useTranslation()
  const facts: [string, string][] = [
    ['version', about.version],
    ['build', status.build],
    ['licence', about.licence],
    ['database', about.database],
    ['schema', about.schema_version],
    ['python', about.python],
    ['machine', about.system],
    ['journal', status.journal_position.toLocaleString()],
    ['routing', String(status.routing_version)],
    ['http', status.ports.http],
    ['sip', status.ports.sip],
    ['rtp', status.ports.rtp],
  ]
  return (
    <dl className="system-facts">
      {facts.map(([key, value]) => (
        <div key={key}>
          <dt>{t(`system.fact.${key}`)}</dt>
          <dd>{value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Licences({ about }: { about: About }): ReactElement {
  const { t } = useTranslation()
  return (
    <details>
      <summary>{t('system.licences', { count: about.packages.length })}</summary>
      <Scroller label={t('system.licences', { count: about.packages.length })} className="system-licences">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t('system.column.library')}</th>
              <th scope="col">{t('system.column.version')}</th>
              <th scope="col">{t('system.column.licence')}</th>
            </tr>
          </thead>
          <tbody>
            {about.packages.map((each) => (
              <tr key={each.name}>
                <th scope="row">{each.name}</th>
                <td>{each.version}</td>
                <td>{each.licence === '' ? '—' : each.licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </details>
  )
}

export function HealthTab(): ReactElement {
  const { t } = useTranslation()
  const status = useQuery({ queryKey: ['system', 'status'], queryFn: system.status, refetchInterval: LOOK_EVERY_MS })
  const about = useQuery({ queryKey: ['system', 'about'], queryFn: system.about, staleTime: Infinity })
  const failed = status.error ?? about.error
  return (
    <div className="system-stack">
      <Parts />
      <OfficeStanding />
      <section className="panel" aria-label={t('system.what_runs')}>
        <div className="row">
          <h2 className="panel-title grow">{t('system.what_runs')}</h2>
          <Button href={system.diagnosticsPath} download data-testid="diagnostics">
            {t('system.diagnostics')}
          </Button>
        </div>
        <p className="quiet">{t('system.diagnostics_why')}</p>
        {failed === null ? null : <ErrorBox error={failed} />}
        {status.data === undefined || about.data === undefined ? failed === null && <Loading rows={6} /> : (
          <>
            <Facts status={status.data} about={about.data} />
            <Licences about={about.data} />
          </>
        )}
      </section>
    </div>
  )
}
