/** 时间线: everything that happened, newest first, narrowed by what one looks for. */
import { Segmented } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Case, CaseStep } from '@/api/cases'
import { useZone } from '@/api/session'
import { useCaseNames } from '@/shared/cases/known'
import { shortDateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { factsOf, isInView, nameOf, VIEWS, type StoryFact, type StoryView } from './story'
import { useStory } from './useCase'

function useFactText(it: Case): (fact: StoryFact) => string {
  const { t, i18n } = useTranslation()
  const { area } = useCaseNames()
  return ({ kind, value }) => {
    switch (kind) {
      case 'area':
        return area(String(value))
      case 'person':
        return [...it.people, ...it.staff].find((each) => each.id === value)?.name ?? String(value)
      case 'result':
        return t(`casework.result.${String(value)}`)
      case 'yes_no':
        return t('formspec.yes')
      case 'minutes':
        return t('casework.minutes', { count: Number(value) })
      case 'word':
        return i18n.exists(`casework.told.${String(value)}`) ? t(`casework.told.${String(value)}`) : String(value)
      default:
        return Array.isArray(value) ? value.join(t('casework.and')) : String(value)
    }
  }
}

function Fact({ fact, it }: { fact: StoryFact; it: Case }): ReactElement {
  const { t, i18n } = useTranslation()
  const textOf = useFactText(it)
  const name = i18n.exists(`casework.fact.${fact.name}`) ? t(`casework.fact.${fact.name}`) : fact.name
  return (
    <span className="story-fact">
      <span className="quiet">{name}</span>{' '}
      {fact.kind === 'contact' ? <Link to={`/records/${encodeURIComponent(String(fact.value))}`}>{String(fact.value)}</Link> : textOf(fact)}
    </span>
  )
}

function Step({ step, it }: { step: CaseStep; it: Case }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const name = nameOf(step)
  const facts = factsOf(step)
  return (
    <li data-testid={`story-${name}`}>
      <time className="quiet figure">{shortDateTime(step.at, i18n.language, zone)}</time>
      <div>
        <b>{i18n.exists(`casework.event.${name}`) ? t(`casework.event.${name}`) : name}</b>{' '}
        <span>{step.who === null && step.who_name === '' ? t('casework.system') : step.who_name}</span>
        {step.before !== step.after && step.after !== '' ? (
          <span className="quiet">
            {' '}
            {step.before === '' ? '' : t(`cases.state.${step.before}`)} → {t(`cases.state.${step.after}`)}
          </span>
        ) : null}
        {step.reason === '' ? null : <p className="story-words">{step.reason}</p>}
        {facts.length === 0 ? null : (
          <p className="story-facts">
            {facts.map((fact) => (
              <Fact key={fact.name} fact={fact} it={it} />
            ))}
          </p>
        )}
      </div>
    </li>
  )
}

export function Timeline({ it }: { it: Case }): ReactElement {
  const { t } = useTranslation()
  const [view, setView] = useState<StoryView>('all')
  const story = useStory(it.id)
  const steps = (story.data ?? []).filter((step) => isInView(step, view))
  return (
    <section className="panel" aria-label={t('casework.story')}>
      <div className="row story-head">
        <h2>{t('casework.story')}</h2>
        <span className="grow" />
        <Segmented<StoryView> size="small" value={view} onChange={setView} options={VIEWS.map((each) => ({ value: each, label: t(`casework.view.${each}`) }))} data-testid="story-view" />
      </div>
      {story.isPending ? <Loading rows={4} /> : null}
      {story.isError ? <ErrorBox error={story.error} onRetry={() => void story.refetch()} /> : null}
      {story.isSuccess && steps.length === 0 ? <p className="quiet">{t('casework.story_none')}</p> : null}
      <ol className="story" data-testid="story">
        {steps.map((step) => (
          <Step key={step.id} step={step} it={it} />
        ))}
      </ol>
    </section>
  )
}
