/** What would keep the flow from being published, and what should be looked at: each with its node. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { FlowProblem } from '@/api/flows'
import { textIn } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

import { useEditor } from './context'
import { SideHead } from './SideHead'

export function ProblemList({ problems }: { problems: readonly FlowProblem[] }): ReactElement {
  const { i18n, t } = useTranslation()
  const { flow, select, words } = useEditor()
  return (
    <ul className="flow-faults" data-testid="flow-problems">
      {problems.map((problem) => {
        const text = textIn(i18n.language, problem.sentence, problem.sentence_en)
        const shape = problem.is_warning ? '▲' : '■'
        return (
          <li key={`${problem.node} ${problem.reason} ${problem.what}`} className={problem.is_warning ? 'flow-warning' : 'flow-fault'}>
            <span>
              <span aria-hidden="true">{shape}</span>
              <span className="screen-reader">{problem.is_warning ? t('flows.warning') : t('flows.fault')}</span>
            </span>
            {problem.node in flow.nodes ? (
              <button type="button" className="plain-button" data-testid={`problem-${problem.node}-${problem.reason}`} onClick={() => select(problem.node)}>
                <b>{words.nodeName(problem.node, flow.nodes[problem.node])}</b> {text}
              </button>
            ) : (
              <span>{text}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}

export function ProblemsPanel({ isChecking, error, onRetry }: { isChecking: boolean; error: unknown; onRetry: () => void }): ReactElement {
  const { t } = useTranslation()
  const { problems, show } = useEditor()
  const faults = problems.filter((problem) => !problem.is_warning)
  const warnings = problems.filter((problem) => problem.is_warning)
  return (
    <div className="stack" data-testid="problems-panel">
      <SideHead title={t('flows.panel.problems')} onClose={() => show(null)} />
      {error === null ? null : <ErrorBox error={error} onRetry={onRetry} />}
      {error === null ? (
        <p role="status">
          {isChecking
            ? t('flows.checking')
            : faults.length > 0
              ? t('flows.cannot_publish', { count: faults.length })
              : warnings.length > 0
                ? t('flows.can_publish_warned', { count: warnings.length })
                : t('flows.can_publish')}
        </p>
      ) : null}
      <ProblemList problems={[...faults, ...warnings]} />
    </div>
  )
}
