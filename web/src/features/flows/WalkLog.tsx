/** What the caller on trial met, line by line. */
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import type { WalkStep } from '@/api/flows'
import { useZone } from '@/api/session'
import { clockTime } from '@/ui/format'

import { useEditor } from './context'
import { Listen } from './Listen'

const SHOWN = 400

function Said({ step }: { step: WalkStep }): ReactElement {
  const { around } = useEditor()
  const language = step.what === 'en' ? 'en' : 'zh'
  return (
    <>
      {step.prompts.map((name, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className="flow-line">
          “{name}” {around.promptNames.includes(name) ? <Listen name={name} language={language} /> : null}
        </span>
      ))}
    </>
  )
}

export function WalkLog({ steps }: { steps: readonly WalkStep[] }): ReactElement {
  const { t, i18n } = useTranslation()
  const { id, flow, select, words, around } = useEditor()
  const zone = useZone()
  const line = (step: WalkStep): ReactNode => {
    const { kind, what } = step
    switch (kind) {
      case 'entered':
        return step.flow === id && step.node !== null && step.node in flow.nodes ? (
          <Button type="link" size="small" onClick={() => select(step.node)}>
            {words.nodeName(step.node, flow.nodes[step.node])}
          </Button>
        ) : (
          `${step.flow ?? ''} / ${step.node ?? ''}`
        )
      case 'said':
        return <Said step={step} />
      case 'left':
        return t('flows.step.left', { what: i18n.exists(`flows.outcome.${what}`) ? t(`flows.outcome.${what}`) : what })
      case 'answered':
        return t('flows.step.answered', { what: t(`flows.request.${what}`) })
      case 'set':
      case 'back':
        return t(`flows.step.${kind}`, { what: Object.entries(step.values).map(([name, value]) => `${name} = ${String(value)}`).join(', ') || '—' })
      case 'queued':
        return t('flows.step.queued', { what: words.of(around.queues, what) })
      case 'language':
        return t('flows.step.language', { what: t(`flows.language.${what || 'zh'}`) })
      default:
        return t(`flows.step.${kind}`, { what })
    }
  }
  return (
    <>
      <ol className="flow-log" data-testid="walk-log" aria-label={t('flows.walk_log')}>
        {steps.slice(-SHOWN).map((step, index) => (
          // Lines are told anew as a whole, in order.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={step.kind === 'entered' ? 'entered' : ''} data-testid={`step-${step.kind}`}>
            <span className="figure quiet">{clockTime(step.at, i18n.language, zone)}</span>
            <span>{line(step)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
