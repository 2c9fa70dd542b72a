/** 脚本: what to say in this contact, step by step. Nothing is shown where there is no script. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { DeskContact, DeskView } from '@/api/schema'
import { scripts, type DeskScripts, type ScriptStep, type ScriptVersion } from '@/api/scripts'
import { fitsCall, isAside, walk } from '@/forms/script'
import { nameIn } from '@/ui/format'
import { useHelpKeys } from '@/ui/help'
import { Kbd } from '@/ui/Kbd'
import { useProblemText } from '@/ui/problems'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import './script.css'
import { useScriptMarks, type Marks } from './scriptMarks'
import { ScriptStepRow, type StepState } from './ScriptSteps'
import { ScriptTimed } from './ScriptTimed'
import { ScriptWords, useScriptValues, type ScriptValues } from './ScriptWords'
import type { WrapUpFields } from './wrapUp'

const GO_ON = 'Alt+g'
const queryKey = (contact: string): string[] => ['desk', 'scripts', contact]

interface Reading {
  contact: DeskContact
  version: ScriptVersion
  found: DeskScripts
  marks: Marks
  change: (change: Partial<Marks>) => void
  filling: WrapUpFields | null
  values: ScriptValues
}

/** How a step stands, and the key under which it is marked. */
function useStanding({ version, found, marks, filling }: Reading): (step: ScriptStep) => StepState & { key: string } {
  return (step) => {
    const key = `${version.script}/${step.id}`
    const statement = found.said.find((each) => each.script === version.script && each.version === version.version && each.step === step.id)
    const isFilled = (step.fills === 'disposition' && (filling?.disposition ?? null) !== null) || (step.fills === 'note' && (filling?.note ?? '').trim() !== '')
    const answer = marks.answers[key]
    const isDone = step.kind === 'mandatory' ? statement !== undefined : step.kind === 'branch' ? answer !== undefined : isFilled || marks.done.includes(key)
    return { key, isDone, isFilled, statement, answer }
  }
}

function Steps(reading: Reading & { shown: readonly ScriptStep[] }): ReactElement {
  const { contact, version, marks, change, values, shown } = reading
  const client = useQueryClient()
  const standing = useStanding(reading)
  const state = useCommand(async (step: string) => {
    const said = await scripts.state(contact.id, version.script, version.version, step)
    client.setQueryData<DeskScripts>(queryKey(contact.id), (was) => (was === undefined ? was : { ...was, said }))
  })
  return (
    <ol className="script-steps">
      {shown.map((step) => {
        const { key, ...is } = standing(step)
        return (
          <li key={step.id} data-done={is.isDone}>
            <ScriptStepRow
              step={step}
              state={is}
              values={values}
              mayState={contact.is_guest !== true && contact.connected_at !== null}
              isBusy={state.isBusy}
              onTick={(isDone) => change({ done: isDone ? [...marks.done, key] : marks.done.filter((each) => each !== key) })}
              onState={() => void state.run(step.id)}
              onAnswer={(answer) => change({ answers: { ...marks.answers, [key]: answer } })}
            />
          </li>
        )
      })}
    </ol>
  )
}

function Read(reading: Reading & { view: DeskView }): ReactElement {
  const { t, i18n } = useTranslation()
  const { contact, version, found, marks, change, values } = reading
  const place = useRef<HTMLElement>(null)
  const standing = useStanding(reading)
  const steps = version.content.steps
  const aside = steps.filter((step) => isAside(step) && fitsCall(step, found.outbound))
  const answers = Object.fromEntries(steps.flatMap((step) => {
    const answer = marks.answers[`${version.script}/${step.id}`]
    return answer === undefined ? [] : [[step.id, answer]]
  }))
  const shown = walk(steps, answers, found.outbound)
  const goOn = (): void => {
    const next = place.current?.querySelector<HTMLElement>('input[data-script-next=true], button[data-script-next=true], [data-script-next=true] input')
    next?.focus()
  }
  useShortcuts({ [GO_ON]: goOn })
  useHelpKeys('script', [{ keys: GO_ON, does: t('script.go_on') }])
  const phrases = aside.filter((step) => step.kind === 'phrase')
  return (
    <section className="panel" ref={place} aria-label={t('script.title')} data-testid="script">
      <div className="row">
        <h2 className="script-title">{t('script.title')}</h2>
        {found.scripts.length === 1 ? (
          <b className="script-name">{nameIn(i18n.language, version.content)}</b>
        ) : (
          <Select<string> size="small" className="script-choice" aria-label={t('script.choose')} data-testid="script-choice" value={version.script} options={found.scripts.map((each) => ({ value: each.script, label: nameIn(i18n.language, each.content) }))} onChange={(script) => change({ script })} />
        )}
        <span className="quiet">v{version.version}</span>
        <span className="grow" />
        <span className="quiet figure" data-testid="script-progress">
          {t('script.progress', { done: shown.filter((step) => standing(step).isDone).length, all: shown.length })}
        </span>
        <Kbd keys="Alt+G" />
      </div>
      <ScriptTimed steps={aside.filter((step) => step.kind === 'timed')} values={values} contact={contact} />
      <Steps {...reading} shown={shown} />
      {phrases.length === 0 ? null : (
        <details className="script-phrases">
          <summary>{t('script.phrases', { count: phrases.length })}</summary>
          <ul>
            {phrases.map((step) => (
              <li key={step.id}>
                <ScriptWords step={step} values={values} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

export interface ScriptTabProps {
  view: DeskView
  contact: DeskContact
  /** The wrap-up as it is being filled; steps that fill it are ticked by it. */
  filling: WrapUpFields | null
}

/** Mount it anew for each contact. */
export function ScriptTab({ view, contact, filling }: ScriptTabProps): ReactElement | null {
  const { t } = useTranslation()
  const textOf = useProblemText()
  const found = useQuery({ queryKey: queryKey(contact.id), queryFn: () => scripts.atDesk(contact.id), staleTime: Infinity })
  const [marks, change] = useScriptMarks(contact.id)
  const values = useScriptValues(view, contact)
  if (found.isError) {
    return (
      <section className="panel row" aria-label={t('script.title')}>
        <span className="quiet grow">{t('script.away')} {textOf(found.error)}</span>
        <Button size="small" onClick={() => void found.refetch()}>{t('common.retry')}</Button>
      </section>
    )
  }
  const version = found.data?.scripts.find((each) => each.script === marks.script) ?? found.data?.scripts[0]
  if (found.data === undefined || version === undefined) return null
  return <Read key={version.script} view={view} contact={contact} version={version} found={found.data} marks={marks} change={change} filling={filling} values={values} />
}
