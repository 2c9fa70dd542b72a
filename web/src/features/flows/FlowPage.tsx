/** 流程编辑: draw, check, walk, publish. The canvas and the list edit the same draft. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useCallback, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'

import { flows, plans, type FlowProblem } from '@/api/flows'
import { late } from '@/ui/late'
import { PageShell } from '@/ui/PageShell'
import { EmptyState, ErrorBox, Loading } from '@/ui/states'

import { CallPanel } from './CallPanel'
import { ColleaguesPanel } from './ColleaguesPanel'
import { EditorContext, NO_TRAIL, PANELS, useEditor, type Editor, type Panel, type Trail } from './context'
import { bodyOf } from './edit'
import { FlowHead, SPANS, type View } from './FlowHead'
import { FlowPanel } from './FlowPanel'
import './flows.css'
import { Meeting, WindowsMeeting } from './Meeting'
import { NodeList } from './NodeList'
import { NodePanel } from './NodePanel'
import { ProblemsPanel } from './ProblemsPanel'
import { PublishPanel } from './PublishPanel'
import { Standing } from './Standing'
import { passedBy } from './traffic'
import { useAround } from './useAround'
import { useEditing, type Editing } from './useEditing'
import { useSettled } from './useSettled'
import { VersionsPanel } from './VersionsPanel'
import { WalkPanel } from './WalkPanel'
import { useWords } from './words'

const Canvas = late(() => import('./Canvas').then((room) => room.Canvas))
const REFRESH_EVERY_MS = 10_000
const NOTHING: readonly FlowProblem[] = []

/** View, panel, node and days stand in the address. */
function usePlace() {
  const [search, setSearch] = useSearchParams()
  const set = useCallback(
    (changed: Record<string, string | null>): void =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changed)) {
            if (value === null) next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: true },
      ),
    [setSearch],
  )
  const days = Number(search.get('days') ?? 0)
  return {
    view: (search.get('view') === 'list' ? 'list' : 'canvas') as View,
    panel: PANELS.find((panel) => panel === search.get('panel')) ?? null,
    node: search.get('node'),
    days: SPANS.find((each) => each === days) ?? 0,
    set,
  }
}

interface Checked {
  problems: readonly FlowProblem[]
  isChecking: boolean
  error: unknown
  retry: () => void
}

/** What the server has against the draft as it is, a moment after the last change. */
function useChecked(id: string, editing: Editing): Checked {
  const text = useSettled(editing.flow === null ? '' : JSON.stringify(bodyOf(editing.flow)))
  const check = useQuery({
    queryKey: ['flow-check', id, text],
    queryFn: () => flows.check(id, JSON.parse(text)),
    enabled: text !== '',
    placeholderData: (before) => before,
    retry: false,
    refetchInterval: REFRESH_EVERY_MS,
  })
  const isNow = editing.flow !== null && text === JSON.stringify(bodyOf(editing.flow))
  return {
    problems: check.data ?? NOTHING,
    isChecking: !isNow || check.isPending || check.isPlaceholderData,
    error: check.error,
    retry: () => void check.refetch(),
  }
}

function Side({ checked }: { checked: Checked }): ReactElement | null {
  const { flow, panel, selected } = useEditor()
  const node = selected === null ? undefined : flow.nodes[selected]
  if (selected !== null && node !== undefined) return <NodePanel id={selected} node={node} />
  switch (panel) {
    case 'flow':
      return <FlowPanel />
    case 'problems':
      return <ProblemsPanel isChecking={checked.isChecking} error={checked.error} onRetry={checked.retry} />
    case 'call':
      return <CallPanel />
    case 'versions':
      return <VersionsPanel />
    case 'colleagues':
      return <ColleaguesPanel />
    case 'publish':
      return <PublishPanel isChecked={!checked.isChecking && checked.error === null} />
    default:
      return null
  }
}

function Body({ view, days, checked }: { view: View; days: number; checked: Checked }): ReactElement {
  const { t } = useTranslation()
  const { id, editing, flow, panel, selected } = useEditor()
  const counts = useQuery({
    queryKey: ['flow-counts', id, days],
    queryFn: () => flows.counts(id, days),
    enabled: days > 0 && editing.published !== null,
    placeholderData: (before) => before,
    refetchInterval: REFRESH_EVERY_MS,
  })
  const passed = useMemo(() => (days === 0 || counts.data === undefined ? null : passedBy(counts.data, null)), [days, counts.data])
  const hasNode = selected !== null && selected in flow.nodes
  const isBeside = hasNode || panel !== null
  return (
    <div className={`flow-body ${isBeside ? 'with-side' : ''}`}>
      <div className="flow-main">
        {editing.saving.met === null ? null : <WindowsMeeting met={editing.saving.met} />}
        {editing.saving.met === null && editing.isBehind && editing.published !== null ? <Meeting newest={editing.published} /> : null}
        {days > 0 && counts.isError ? <ErrorBox error={counts.error} onRetry={() => void counts.refetch()} /> : null}
        {Object.keys(flow.nodes).length === 0 ? <EmptyState title={t('flows.no_nodes')} why={t('flows.no_nodes_why')} /> : null}
        {view === 'list' ? (
          <NodeList passed={passed} />
        ) : (
          <Suspense fallback={<Loading rows={8} />}>
            <Canvas key={id} passed={passed} />
          </Suspense>
        )}
      </div>
      {isBeside ? (
        <aside className="flow-side" aria-label={t('flows.side')}>
          <Side checked={checked} />
          {/* A walk goes on while a node of it is looked at. */}
          {panel === 'walk' ? (
            <div hidden={hasNode}>
              <WalkPanel />
            </div>
          ) : null}
        </aside>
      ) : null}
    </div>
  )
}

/** No version and no draft of one's own; perhaps a colleague is drawing its first version. */
function NotThere({ editing }: { editing: Editing }): ReactElement {
  const { t } = useTranslation()
  const theirs = editing.saving.others[0]
  const back = <Link to="/flows"><Button>{t('flows.all')}</Button></Link>
  if (theirs === undefined) return <EmptyState title={t('flows.no_such')} action={back} />
  return (
    <EmptyState
      title={t('flows.first_by', { name: theirs.person_name })}
      why={t('flows.first_by_why')}
      action={
        <div className="row">
          <Button type="primary" data-testid="take-first" onClick={() => editing.rebase(theirs.flow, theirs.based_on)}>{t('flows.take_draft')}</Button>
          {back}
        </div>
      }
    />
  )
}

export function FlowPage(): ReactElement {
  const { id = '' } = useParams()
  return <OneFlow key={id} id={id} />
}

function OneFlow({ id }: { id: string }): ReactElement {
  const editing = useEditing(id)
  const around = useAround()
  const words = useWords()
  const place = usePlace()
  const checked = useChecked(id, editing)
  const [trail, setTrail] = useState<Trail>(NO_TRAIL)
  const { set } = place
  const select = useCallback((node: string | null): void => set({ node }), [set])
  const show = useCallback((panel: Panel | null): void => set({ panel, node: null }), [set])
  const planned = useQuery({ queryKey: ['flow-plans'], queryFn: plans.list, refetchInterval: REFRESH_EVERY_MS, refetchOnWindowFocus: true })
  const plan = planned.data?.find((each) => each.id === id) ?? null
  const { flow, saving } = editing
  const title = flow?.name ?? id
  if (flow === null) {
    const isPending = editing.query.isPending || !saving.isKnown
    return (
      <PageShell title={title}>
        {isPending ? <Loading rows={8} /> : null}
        {editing.query.isError ? <ErrorBox error={editing.query.error} onRetry={() => void editing.query.refetch()} /> : null}
        {editing.query.isSuccess && !isPending ? <NotThere editing={editing} /> : null}
      </PageShell>
    )
  }
  const editor: Editor = { id, editing, flow, around, words, problems: checked.problems, plan, selected: place.node, select, panel: place.panel, show, trail, setTrail }
  return (
    <EditorContext value={editor}>
      <PageShell title={title} beside={<Standing editing={editing} id={id} plan={plan} onShow={show} />}>
        <div className="flow-page" data-testid="flow-page">
          <FlowHead
            view={place.view}
            onView={(view) => set({ view: view === 'list' ? 'list' : null })}
            days={place.days}
            onDays={(days) => set({ days: days === 0 ? null : String(days) })}
            isChecking={checked.isChecking}
          />
          <Body view={place.view} days={place.days} checked={checked} />
        </div>
      </PageShell>
    </EditorContext>
  )
}
