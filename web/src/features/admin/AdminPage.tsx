/** 设置概览: what the centre has, what is still to be done, and whether everything runs. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { setup } from '@/api/calls'
import { usePageHelp } from '@/ui/help'
import { PageShell } from '@/ui/PageShell'
import { useProblemText } from '@/ui/problems'
import { ErrorBox, Loading } from '@/ui/states'

import { useSteps, type Step } from './steps'

function StepRow({ step }: { step: Step }): ReactElement {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const state = step.isDone === null ? 'unknown' : step.isDone ? 'done' : 'open'
  return (
    <li data-testid={`step-${step.name}`} data-state={state}>
      <span aria-hidden="true" className={state === 'done' ? 'light-ok' : 'light-open'}>
        {state === 'done' ? '●' : state === 'open' ? '○' : '…'}
      </span>
      <span className="grow">
        <Link to={step.to}>{t(`admin.step.${step.name}`)}</Link>
        <div className="quiet">{step.error === null ? t(`admin.why.${step.name}`) : textOf(step.error)}</div>
      </span>
      <span className={state === 'done' ? 'quiet' : undefined}>
        {state === 'done' ? (step.count === null ? t('admin.done') : t('admin.has', { count: step.count })) : state === 'open' ? t('admin.to_do') : ''}
      </span>
    </li>
  )
}

function Steps(): ReactElement {
  const { t } = useTranslation()
  const steps = useSteps()
  const open = steps.filter((step) => step.isDone === false).length
  const isKnown = steps.every((step) => step.isDone !== null)
  return (
    <section className="panel" aria-label={t('admin.steps')}>
      <div className="row">
        <h2 className="panel-title grow">{t('admin.steps')}</h2>
        <span className="quiet">{open > 0 ? t('admin.open', { count: open }) : isKnown ? t('admin.all_done') : ''}</span>
      </div>
      <ul className="lights admin-steps">
        {steps.map((step) => (
          <StepRow key={step.name} step={step} />
        ))}
      </ul>
    </section>
  )
}

function Health(): ReactElement {
  const { t } = useTranslation()
  const preflight = useQuery({ queryKey: ['preflight'], queryFn: setup.preflight })
  if (preflight.isPending) return <Loading rows={2} />
  if (preflight.isError) return <ErrorBox error={preflight.error} onRetry={() => void preflight.refetch()} />
  const red = preflight.data.lights.filter((light) => !light.ok).length
  return (
    <section className="panel" aria-label={t('admin.health')} data-testid="admin-health" data-red={red}>
      <h2 className="panel-title">{t('admin.health')}</h2>
      <p>
        <span aria-hidden="true" className={red === 0 ? 'light-ok' : 'light-red'}>
          {red === 0 ? '● ' : '■ '}
        </span>
        {red === 0 ? t('admin.healthy') : t('admin.red', { count: red })}
      </p>
      <p>
        <Link to="/setup" className="target">
          {t('admin.see_health')}
        </Link>
      </p>
    </section>
  )
}

export function AdminPage(): ReactElement {
  const { t } = useTranslation()
  usePageHelp(t('admin.about'))
  return (
    <PageShell title={t('admin.title')}>
      <div className="beside">
        <Steps />
        <Health />
      </div>
    </PageShell>
  )
}
