/** The line above the flow: how it is looked at, what can be done with it. */
import { Button, Segmented, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useShortcuts } from '@/ui/shortcuts'

import { AddNode } from './AddNode'
import { PANELS, useEditor, type Panel } from './context'

export type View = 'canvas' | 'list'
export const SPANS = [0, 1, 7, 30] as const

export interface FlowHeadProps {
  view: View
  onView: (view: View) => void
  /** Days of contacts laid over the nodes; 0: none. */
  days: number
  onDays: (days: number) => void
  isChecking: boolean
}

/** What is opened from the line of the name, or by a button of its own. */
const ELSEWHERE: readonly Panel[] = ['publish', 'colleagues']
const REST: Panel[] = PANELS.filter((panel) => !ELSEWHERE.includes(panel))

export function FlowHead({ view, onView, days, onDays, isChecking }: FlowHeadProps): ReactElement {
  const { t } = useTranslation()
  const { editing, problems, panel, show } = useEditor()
  const faults = problems.filter((problem) => !problem.is_warning).length
  const undo = editing.undo
  const redo = editing.redo
  useShortcuts({ '$mod+z': () => undo?.(), '$mod+Shift+z': () => redo?.() })
  const label = (each: Panel): string => {
    if (each !== 'problems') return t(`flows.tool.${each}`)
    if (isChecking) return t('flows.tool.problems')
    return faults > 0 ? `${t('flows.tool.problems')} ■ ${faults}` : `${t('flows.tool.problems')} ●`
  }
  return (
    <div className="row" role="toolbar" aria-label={t('flows.tools')}>
      <Segmented<View>
        value={view}
        aria-label={t('flows.view')}
        onChange={onView}
        options={[
          { value: 'canvas', label: <span data-testid="view-canvas">{t('flows.canvas')}</span> },
          { value: 'list', label: <span data-testid="view-list">{t('flows.list')}</span> },
        ]}
      />
      {editing.isOpen ? (
        <>
          <AddNode />
          <Button disabled={undo === null} data-testid="flow-undo" title="Ctrl+Z" onClick={() => undo?.()}>
            {t('flows.undo')}
          </Button>
          <Button disabled={redo === null} data-testid="flow-redo" title="Ctrl+Shift+Z" onClick={() => redo?.()}>
            {t('flows.redo')}
          </Button>
        </>
      ) : null}
      <Select<number>
        value={days}
        style={{ width: 132 }}
        aria-label={t('flows.overlay')}
        data-testid="flow-days"
        disabled={editing.published === null}
        onChange={onDays}
        options={SPANS.map((each) => ({ value: each, label: t(`flows.days.${each}`) }))}
      />
      <span className="grow" />
      {REST.map((each) => (
        <Button key={each} type={panel === each ? 'primary' : 'default'} ghost={panel === each} danger={each === 'problems' && faults > 0} aria-pressed={panel === each} data-testid={`tool-${each}`} onClick={() => show(panel === each ? null : each)}>
          {label(each)}
        </Button>
      ))}
      {editing.isOpen ? (
        <Button type="primary" disabled={!editing.isDirty} aria-pressed={panel === 'publish'} data-testid="tool-publish" onClick={() => show('publish')}>
          {t('flows.publish')}
        </Button>
      ) : null}
    </div>
  )
}
