/** What becomes of each line of a list; a wrong cell says what is wrong with it. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { customerLists, type CustomerImport, type CustomerImportLine, type LineOutcome } from '@/api/customerLists'
import { ErrorBox, Loading } from '@/ui/states'
import { useServerRows } from '@/ui/useServerRows'

const KINDS: readonly LineOutcome[] = ['wrong', 'new', 'changed', 'same', 'skipped']
const SHAPES: Record<LineOutcome, string> = { wrong: '■', new: '＋', changed: '◔', same: '○', skipped: '‖' }

function Says({ line }: { line: CustomerImportLine }): ReactElement {
  const { t } = useTranslation()
  const column = (name: string): string => t(`customers.field.${name === 'number' ? 'numbers' : name === 'email' ? 'identities' : name}`, { defaultValue: name })
  if (line.problems.length === 0) return <>{line.changes.map(column).join(t('customers.between'))}</>
  return (
    <>
      {line.problems.map((problem) => (
        <div key={`${problem.column} ${problem.flaw} ${problem.given}`} className="over">
          {column(problem.column)}: {t(`customers.flaw.${problem.flaw}`, { given: problem.given })}
        </div>
      ))}
    </>
  )
}

export function ImportLines({ list }: { list: CustomerImport }): ReactElement {
  const { t } = useTranslation()
  const [only, setOnly] = useState<LineOutcome | null>(list.wrong > 0 ? 'wrong' : null)
  // What was said of a list that is checked does not change by itself.
  const rows = useServerRows(['customers', 'import-lines', list.id, list.state, only], (cursor) => customerLists.lines(list.id, only, cursor), false)
  return (
    <section className="stack" aria-label={t('customers.import.lines')} data-testid="import-lines">
      <div className="row" role="group" aria-label={t('customers.import.lines')}>
        {KINDS.map((kind) => (
          <Button key={kind} size="small" type={only === kind ? 'primary' : 'default'} aria-pressed={only === kind} disabled={list[kind] === 0} data-testid={`lines-${kind}`} onClick={() => setOnly(only === kind ? null : kind)}>
            {SHAPES[kind]} {t(`customers.import.what.${kind}`)} {list[kind]}
          </Button>
        ))}
      </div>
      {rows.isPending ? <Loading rows={4} /> : null}
      {rows.error === null ? null : <ErrorBox error={rows.error} onRetry={rows.retry} />}
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll customers-lines" tabIndex={0} role="region" aria-label={t('customers.import.lines')}>
        <table className="grid">
          <thead>
            <tr>
              <th scope="col" className="number">
                {t('customers.import.line')}
              </th>
              <th scope="col">{t('customers.import.becomes')}</th>
              <th scope="col">{t('customers.name')}</th>
              <th scope="col">{t('customers.number')}</th>
              <th scope="col">{t('customers.certificate')}</th>
              <th scope="col">{t('customers.import.says')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.rows.map((line) => (
              <tr key={line.line} data-testid={`line-${line.line}`}>
                <td className="number">{line.line}</td>
                <td>
                  {SHAPES[line.what]} {t(`customers.import.what.${line.what}`)}
                </td>
                <td>{line.name || '—'}</td>
                <td className="figure">{line.number || '—'}</td>
                <td>{line.certificate || '—'}</td>
                <td className="customers-says">
                  <Says line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.hasMore ? (
          <div className="table-more">
            <Button loading={rows.isFetchingMore} onClick={rows.more}>
              {t('table.more')}
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  )
}
