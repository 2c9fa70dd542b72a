/** A list of lines that are added, moved and removed by keyboard. */
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

import { useEditor } from './context'

export interface LinesProps<Line> {
  label: string
  testId: string
  lines: readonly Line[]
  onChange: (lines: Line[]) => void
  fresh: () => Line
  render: (line: Line, change: (line: Line) => void, index: number) => ReactNode
  most?: number
}

export function moved<Line>(lines: readonly Line[], from: number, to: number): Line[] {
  const rest = lines.filter((_, index) => index !== from)
  return [...rest.slice(0, to), lines[from] as Line, ...rest.slice(to)]
}

export function Lines<Line>({ label, testId, lines, onChange, fresh, render, most = 100 }: LinesProps<Line>): ReactElement {
  const { t } = useTranslation()
  const { isOpen } = useEditor().editing
  const put = (index: number, line: Line): void => onChange(lines.map((each, at) => (at === index ? line : each)))
  return (
    <div className="stack" data-testid={testId}>
      {lines.map((line, index) => (
        // Lines have no names of their own; they are what stands at their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flow-card">
          {render(line, (next) => put(index, next), index)}
          {isOpen ? (
            <div className="row">
              <Button size="small" disabled={index === 0} aria-label={t('flows.line_up', { of: label, number: index + 1 })} onClick={() => onChange(moved(lines, index, index - 1))}>
                ↑
              </Button>
              <Button size="small" disabled={index === lines.length - 1} aria-label={t('flows.line_down', { of: label, number: index + 1 })} onClick={() => onChange(moved(lines, index, index + 1))}>
                ↓
              </Button>
              <Button size="small" danger aria-label={t('flows.line_remove', { of: label, number: index + 1 })} onClick={() => onChange(lines.filter((_, at) => at !== index))}>
                {t('flows.remove')}
              </Button>
            </div>
          ) : null}
        </div>
      ))}
      {isOpen ? (
        <div>
          <Button size="small" disabled={lines.length >= most} data-testid={`${testId}-add`} onClick={() => onChange([...lines, fresh()])}>
            {t('flows.line_add')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
