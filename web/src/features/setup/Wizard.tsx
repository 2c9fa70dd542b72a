/** The steps in a column, the one at hand beside them. The place is in the address; what is done is on the server. */
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, type ComponentType, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { organisation as server, type Organisation, type SetupStep } from '@/api/organisation'
import { useCommand } from '@/ui/useCommand'

import { AdministratorStep } from './AdministratorStep'
import { AgentStep } from './AgentStep'
import { DeviceStep } from './DeviceStep'
import { NextSteps } from './NextSteps'
import { OrganisationStep } from './OrganisationStep'
import { PreflightStep } from './PreflightStep'
import { QueueStep } from './QueueStep'
import { AFTER, resumeAt, STEPS, type Place, type StepProps } from './steps'
import { TestCallStep } from './TestCallStep'

const PANELS: Record<SetupStep, ComponentType<StepProps>> = {
  preflight: PreflightStep,
  organisation: OrganisationStep,
  administrator: AdministratorStep,
  queue: QueueStep,
  agent: AgentStep,
  device: DeviceStep,
  test_call: TestCallStep,
}

const PLACES: readonly Place[] = [...STEPS, AFTER]
const SIGNS = { done: '✓', skipped: '–' } as const

const placeOf = (given: string | null, organisation: Organisation): Place =>
  given === AFTER ? AFTER : (STEPS.find((step) => step === given) ?? resumeAt(organisation))

/** The step behind this one. */
const behind = (place: Place): Place => (place === AFTER ? AFTER : (STEPS[STEPS.indexOf(place) + 1] ?? AFTER))

function Column({ organisation, place, go }: { organisation: Organisation; place: Place; go: (to: Place) => void }): ReactElement {
  const { t } = useTranslation()
  const state = (step: SetupStep) => organisation.steps.find((each) => each.step === step)?.state ?? null
  return (
    <nav className="panel setup-steps" aria-label={t('setup.steps')}>
      <ol>
        {PLACES.map((step, index) => {
          const now = step === AFTER ? null : state(step)
          return (
            <li key={step}>
              <button
                type="button"
                className={`setup-step ${now ?? 'open'}`}
                aria-current={step === place ? 'step' : undefined}
                data-testid={`step-${step}`}
                data-state={now ?? 'open'}
                onClick={() => go(step)}
              >
                <span className="setup-sign" aria-hidden="true">
                  {now === null ? index : SIGNS[now]}
                </span>
                <span>
                  {t(`setup.step.${step}`)}
                  {now === null ? null : <span className="quiet"> {t(`setup.state.${now}`)}</span>}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

export function Wizard({ organisation }: { organisation: Organisation }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const place = placeOf(search.get('step'), organisation)
  const go = useCallback((to: Place) => setSearch({ step: to }), [setSearch])
  const end = useCallback(
    async (state: 'done' | 'skipped', what = ''): Promise<void> => {
      if (place === AFTER) return
      client.setQueryData(['organisation'], await server.step(place, state, what))
      go(behind(place))
    },
    [client, place, go],
  )
  const skip = useCommand(() => end('skipped'))
  const onDone = useCallback((what?: string) => end('done', what), [end])
  const Panel = place === AFTER ? null : PANELS[place]
  return (
    <div className="setup">
      <Column organisation={organisation} place={place} go={go} />
      <div className="stack" data-testid={`panel-${place}`}>
        {Panel === null ? <NextSteps /> : <Panel key={place} organisation={organisation} onDone={onDone} />}
        {place === AFTER ? null : (
          <div className="row">
            <span className="grow quiet">{t('setup.resumable')}</span>
            <Button data-testid="setup-skip" loading={skip.isBusy} onClick={() => void skip.run()}>
              {t('setup.skip')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
