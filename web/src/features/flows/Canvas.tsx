/** The flow as a picture: nodes and ways. Everything here can be done in the list as well. */
import {
  Background,
  Controls,
  MiniMap,
  Panel,
  ReactFlow,
  type Connection,
  type Edge,
  type Node,
  type NodeChange,
  type ReactFlowInstance,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { Button } from 'antd'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { announce } from '@/ui/announce'

import { useAriaLabels } from './aria'
import { CanvasNode, type Drawn } from './CanvasNode'
import { useEditor } from './context'
import { connect, removeNode } from './edit'
import { laidOut, WIDTH, type Place } from './layout'
import { usePlaces } from './places'
import type { Passed } from './traffic'
import { waysOf } from './ways'

type DrawnNode = Node<Drawn, 'step'>
/** What the canvas measured of a node, and where it is while it is dragged. */
interface Live {
  measured?: { width: number; height: number }
  position?: Place
}
const TYPES = { step: CanvasNode }
const SMALL = 12
/** A picture is read from its beginning; it shrinks no further than this to show the whole. */
const FIT = { padding: 0.08, minZoom: 0.75, maxZoom: 1 }
/** So much of a node must be in sight. */
const SEEN = 60
const START_AT = { x: 24, y: 48 }
/** Share of the height above the start of a long flow. */
const START_FROM_TOP = 0.4

export interface CanvasProps {
  passed: Readonly<Record<string, Passed>> | null
}

function useDrawn(passed: CanvasProps['passed'], places: Readonly<Record<string, Place>>): DrawnNode[] {
  const { flow, problems, selected, trail } = useEditor()
  return useMemo(() => {
    const drawn = laidOut(flow)
    return Object.entries(flow.nodes).map(([id, node]) => ({
      id,
      type: 'step' as const,
      position: places[id] ?? drawn[id] ?? { x: 0, y: 0 },
      selected: id === selected,
      data: {
        node,
        isStart: id === flow.start,
        faults: problems.filter((problem) => problem.node === id && !problem.is_warning).length,
        warnings: problems.filter((problem) => problem.node === id && problem.is_warning).length,
        passed: passed === null ? null : (passed[id] ?? { entered: 0, here: 0, gone: 0 }),
        isOnTrail: trail.nodes.includes(id),
        isHere: trail.here === id,
      },
    }))
  }, [flow, problems, selected, places, passed, trail])
}

function useEdges(): Edge[] {
  const { flow, trail } = useEditor()
  return useMemo(
    () =>
      Object.entries(flow.nodes).flatMap(([id, node]) =>
        waysOf(node)
          .filter((way) => way.target in flow.nodes)
          .map((way) => {
            const at = trail.nodes.indexOf(id)
            const isOnTrail = at >= 0 && trail.nodes.some((each, index) => each === id && trail.nodes[index + 1] === way.target)
            return {
              id: `${id} ${way.port}`,
              source: id,
              sourceHandle: way.port,
              target: way.target,
              type: 'smoothstep',
              className: isOnTrail ? 'flow-edge-walked' : '',
            }
          }),
      ),
    [flow, trail],
  )
}

export function Canvas({ passed }: CanvasProps): ReactElement {
  const { id, editing, flow, select, selected, trail } = useEditor()
  const { t } = useTranslation()
  const labels = useAriaLabels()
  const { places, move, forget } = usePlaces(id)
  const drawn = useDrawn(passed, places)
  const edges = useEdges()
  const [live, setLive] = useState<Readonly<Record<string, Live>>>({})
  const nodes = useMemo(() => drawn.map((node) => ({ ...node, ...live[node.id] })), [drawn, live])
  const instance = useRef<ReactFlowInstance<DrawnNode> | null>(null)

  /** A node stays where it was let go. */
  const drop = useCallback(
    (node: string, to: Place): void => {
      move(node, to)
      setLive((before) => ({ ...before, [node]: { measured: before[node]?.measured } }))
    },
    [move],
  )
  const frame = useRef<HTMLDivElement>(null)
  const wanted = selected ?? trail.here
  const at = nodes.find((node) => node.id === wanted)?.position
  useEffect(() => {
    // What is chosen elsewhere, or reached on trial, comes into sight; what is in sight stays where it is.
    const box = frame.current?.getBoundingClientRect()
    if (instance.current === null || at === undefined || box === undefined) return
    const corner = instance.current.flowToScreenPosition(at)
    const end = instance.current.flowToScreenPosition({ x: at.x + WIDTH, y: at.y + SEEN })
    if (corner.x >= box.left && corner.y >= box.top && end.x <= box.right && end.y <= box.bottom) return
    void instance.current.setCenter(at.x + WIDTH / 2, at.y + SEEN / 2, { zoom: instance.current.getZoom() })
    // Only when another node is wanted: a node that is dragged is not followed.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wanted])
  const change = useCallback(
    (changes: NodeChange<DrawnNode>[]): void => {
      for (const each of changes) {
        if (each.type === 'select' && each.selected) select(each.id)
        const { dimensions } = each as { dimensions?: Live['measured'] }
        if (each.type === 'dimensions') setLive((before) => ({ ...before, [each.id]: { ...before[each.id], measured: dimensions } }))
        if (each.type !== 'position' || each.position === undefined) continue
        const { position, dragging } = each
        if (dragging === true) setLive((before) => ({ ...before, [each.id]: { ...before[each.id], position } }))
        // By the arrow keys, or at the end of a drag.
        else drop(each.id, position)
      }
    },
    [select, drop],
  )
  const join = ({ source, sourceHandle, target }: Connection): void => {
    if (sourceHandle !== null) editing.change(connect(flow, source, sourceHandle, target))
  }
  const remove = (gone: DrawnNode[]): void => {
    editing.change(gone.reduce((rest, node) => removeNode(rest, node.id), flow))
    select(null)
  }
  const open = (gone: Edge[]): void => {
    editing.change(gone.reduce((rest, edge) => connect(rest, edge.source, edge.sourceHandle ?? '', ''), flow))
  }
  const show = (made: ReactFlowInstance<DrawnNode>): void => {
    instance.current = made
    const start = drawn.find((node) => node.id === flow.start)
    const first = drawn.find((node) => node.id === wanted)
    // A long flow is not shrunk until nobody can read it: it begins at its start, or at what is wanted.
    void made.fitView(FIT).then(() => {
      if (made.getZoom() > FIT.minZoom) return
      if (first !== undefined) void made.setCenter(first.position.x + WIDTH / 2, first.position.y + SEEN / 2, { zoom: FIT.minZoom })
      else if (start !== undefined) {
        // Its start is in sight, and no room is left empty above the picture.
        const top = Math.min(...drawn.map((node) => node.position.y))
        const height = frame.current?.clientHeight ?? 0
        const y = Math.min(START_AT.y - top * FIT.minZoom, height * START_FROM_TOP - start.position.y * FIT.minZoom)
        void made.setViewport({ x: START_AT.x - start.position.x * FIT.minZoom, y, zoom: FIT.minZoom })
      }
    })
  }
  const tidy = (): void => {
    forget()
    // After the nodes stand where they are laid out.
    requestAnimationFrame(() => instance.current !== null && show(instance.current))
  }
  return (
    <div ref={frame} className="flow-canvas" data-testid="flow-canvas">
      <ReactFlow<DrawnNode>
        nodes={nodes}
        edges={edges}
        nodeTypes={TYPES}
        onInit={show}
        onNodesChange={change}
        onNodeDragStop={(_, node) => drop(node.id, node.position)}
        onPaneClick={() => select(null)}
        onNodeClick={(_, node) => select(node.id)}
        nodesConnectable={editing.isOpen}
        onConnect={join}
        onNodesDelete={remove}
        onEdgesDelete={open}
        onBeforeDelete={async ({ nodes: gone }) => {
          if (!editing.isOpen) return false
          for (const node of gone) announce(t('flows.removed', { node: node.id }))
          return true
        }}
        deleteKeyCode={['Delete', 'Backspace']}
        ariaLabelConfig={labels}
        minZoom={0.2}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
      >
        <Background />
        <Panel position="top-right">
          <Button size="small" onClick={tidy} data-testid="flow-tidy">
            {t('flows.tidy')}
          </Button>
        </Panel>
        <Controls showInteractive={false} />
        {nodes.length > SMALL ? <MiniMap pannable zoomable className="flow-minimap" /> : null}
      </ReactFlow>
      <span className="screen-reader" data-testid="flow-selected">{selected}</span>
    </div>
  )
}
