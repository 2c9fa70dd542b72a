/** 试走: a caller with typed keys and a set clock walks through the draft; no call is made. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { flows, type Move } from '@/api/flows'
import { useZone } from '@/api/session'
import { serverNow } from '@/live/clock'
import { ErrorBox, Loading } from '@/ui/states'

import { NO_TRAIL, useEditor } from './context'
import { SideHead } from './SideHead'
import { instantOf, wallText } from './story'
import { WalkLog } from './WalkLog'
import { WalkMoves } from './WalkMoves'

const DIGITS = /[^0-9+]/g

export function WalkPanel(): ReactElement {
  const { t } = useTranslation()
  const { id, flow, show, setTrail } = useEditor()
  const zone = useZone()
  const [clock, setClock] = useState(() => wallText(serverNow(), zone))
  const [caller, setCaller] = useState('13800138000')
  const [moves, setMoves] = useState<Move[]>([])
  const at = instantOf(clock, zone)
  const story = { flow, at, caller, dialled: '', moves }
  const walk = useQuery({
    queryKey: ['flow-walk', id, JSON.stringify(story)],
    queryFn: () => flows.rehearse(id, story),
    placeholderData: (before) => before,
    retry: false,
    enabled: at !== null,
  })
  const found = walk.data
  useEffect(() => {
    if (found === undefined || walk.isError) return
    const here = found.steps.filter((step) => step.kind === 'entered' && step.flow === id).flatMap((step) => step.node ?? [])
    setTrail({ nodes: here, here: found.node !== null && found.node in flow.nodes ? found.node : (here.at(-1) ?? null) })
  }, [found, walk.isError, id, flow, setTrail])
  useEffect(() => () => setTrail(NO_TRAIL), [setTrail])
  return (
    <div className="stack" data-testid="walk-panel">
      <SideHead title={t('flows.panel.walk')} onClose={() => show(null)} />
      <p className="quiet">{t('flows.walk_why')}</p>
      <div className="flow-line" style={{ flexWrap: 'wrap' }}>
        <Input type="datetime-local" size="small" style={{ width: 200 }} aria-label={t('flows.walk_clock')} data-testid="walk-clock" value={clock} onChange={(event) => setClock(event.target.value)} />
        <Input size="small" style={{ width: 150 }} maxLength={20} prefix="☎" aria-label={t('flows.walk_caller')} title={t('flows.walk_caller')} data-testid="walk-caller" value={caller} onChange={(event) => setCaller(event.target.value.replace(DIGITS, ''))} />
      </div>
      <div className="row">
        <Button size="small" disabled={moves.length === 0} data-testid="walk-back" onClick={() => setMoves(moves.slice(0, -1))}>
          {t('flows.walk_back')}
        </Button>
        <Button size="small" disabled={moves.length === 0} data-testid="walk-again" onClick={() => setMoves([])}>
          {t('flows.walk_again')}
        </Button>
      </div>
      {walk.isPending ? <Loading rows={3} /> : null}
      {walk.isError ? <ErrorBox error={walk.error} onRetry={() => void walk.refetch()} /> : null}
      {found === undefined || walk.isError ? null : (
        <>
          <WalkMoves found={found} onMove={(move) => setMoves([...moves, move])} />
          <WalkLog steps={found.steps} />
        </>
      )}
    </div>
  )
}
