/** What a list would do, line by line; wrong cells say what is wrong and what to do. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { ListLine, ListPlan } from '@/api/staff'

const KINDS = ['wrong', 'new', 'changed', 'same'] as const
type Kind = (typeof KINDS)[number]
const SHAPES: Record<Kind, string> = { wrong: '■', new: '＋', changed: '◔', same: '○' }
/** So many lines are drawn; a list of thousands is looked at by what is wrong in it. */
const SHOWN = 200

function Says({ line }: { line: ListLine }): ReactElement {
  const { t } = useTranslation()
  if (line.what === 'changed') {
    return <>{t('people.changes', { columns: line.changes.map((column) => t(`people.column.${column}`)).join(t('people.between')) })}</>
  }
  return (
    <>
      {line.problems.map((problem) => (
        <div key={`${problem.column} ${problem.flaw} ${problem.given}`} className="over">
          {t(`people.column.${problem.column}`)}: {t(`people.flaw.${problem.flaw}`, { given: problem.given })}
        </div>
      ))}
    </>
  )
}

export function ImportPlan({ plan, onTake }: { plan: ListPlan; onTake: (onlyGood: boolean) => void }): ReactElement {
  const { t } = useTranslation()
  const [only, setOnly] = useState<Kind | null>(plan.wrong > 0 ? 'wrong' : null)
  const lines = plan.lines.filter((line) => only === null || line.what === only)
  const good = plan.new + plan.changed
  return (
    <section className="stack" aria-label={t('people.plan')} data-testid="import-plan">
      <div className="row" role="group" aria-label={t('people.plan')}>
        {KINDS.map((kind) => (
          <Button key={kind} size="small" type={only === kind ? 'primary' : 'default'} aria-pressed={only === kind} disabled={plan[kind] === 0} data-testid={`plan-${kind}`} onClick={() => setOnly(only === kind ? null : kind)}>
            {SHAPES[kind]} {t(`people.what.${kind}`)} {plan[kind]}
          </Button>
        ))}
      </div>
      {plan.lines.length === 0 ? <p className="quiet">{t('people.no_lines')}</p> : null}
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll people-plan" tabIndex={0} role="region" aria-label={t('people.plan')}>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col" className="number">{t('people.line')}</th>
              <th scope="col">{t('people.becomes')}</th>
              <th scope="col">{t('people.number')}</th>
              <th scope="col">{t('people.name')}</th>
              <th scope="col">{t('people.username')}</th>
              <th scope="col">{t('people.says')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, SHOWN).map((line) => (
              <tr key={line.line} data-testid={`plan-line-${line.line}`}>
                <td className="number">{line.line}</td>
                <td>
                  {SHAPES[line.what]} {t(`people.what.${line.what}`)}
                </td>
                <td>{line.number}</td>
                <td>{line.name}</td>
                <td>{line.username}</td>
                <td className="people-says">
                  <Says line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {lines.length > SHOWN ? <p className="quiet">{t('people.more_lines', { count: lines.length - SHOWN })}</p> : null}
      <div className="row">
        {plan.wrong === 0 ? (
          <Button type="primary" disabled={good === 0} onClick={() => onTake(false)} data-testid="import-take">
            {good === 0 ? t('people.nothing_new') : t('people.take', { count: good })}
          </Button>
        ) : (
          <>
            <Button disabled={good === 0} onClick={() => onTake(true)} data-testid="import-take-good">
              {t('people.take_good', { count: good })}
            </Button>
            <span className="quiet">{t('people.nothing_taken', { count: plan.wrong })}</span>
          </>
        )}
      </div>
    </section>
  )
}
