/** Somebody else published meanwhile: both versions side by side, node by node; nothing is lost. */
import { useQuery } from '@tanstack/react-query'
import { Button, Radio } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { flows, type Draft, type FlowBody, type PublishedFlow } from '@/api/flows'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'

import { useEditor } from './context'
import { contentOf, meet, mergeFlows, type Meeting as Met, type Side } from './diff'
import { FieldChanges } from './DiffTable'

function Line({ met, side, type, chosen, onChoose }: { met: Met; side: Side; type: string; chosen: Side; onChoose: (side: Side) => void }): ReactElement {
  const { t } = useTranslation()
  const change = met[side]
  const told = change === undefined ? <span className="quiet">{t('flows.untouched')}</span> : <FieldChanges change={change} type={type} />
  if (!met.isConflict) return <td>{told}</td>
  return (
    <td className={chosen === side ? 'conflict-chosen' : undefined}>
      <Radio checked={chosen === side} name={`meet-${met.node}`} data-testid={`meet-${met.node}-${side}`} onChange={() => onChoose(side)}>
        {told}
      </Radio>
    </td>
  )
}

interface SidesProps {
  base: FlowBody
  theirs: FlowBody
  /** What the two columns are called. */
  heads: { mine: string; theirs: string }
  /** Go on with this flow. */
  onTake: (flow: FlowBody) => void
  onTheirs: () => void
}

/** My flow and another one side by side, since the one that both began from. */
export function Sides({ base, theirs, heads, onTake, onTheirs }: SidesProps): ReactElement {
  const { t } = useTranslation()
  const { flow, words } = useEditor()
  const [chosen, setChosen] = useState<Record<string, Side>>({})
  const met = meet(base, flow, theirs)
  const conflicts = met.filter((each) => each.isConflict).length
  return (
    <>
      <p>{conflicts === 0 ? t('flows.meet_clean') : t('flows.meet_conflicts', { count: conflicts })}</p>
      <div className="scroll">
        <table className="grid flow-diff">
          <thead>
            <tr>
              <th scope="col">{t('flows.column.node')}</th>
              <th scope="col">{heads.mine}</th>
              <th scope="col">{heads.theirs}</th>
            </tr>
          </thead>
          <tbody>
            {met.map((each) => {
              const node = flow.nodes[each.node] ?? theirs.nodes[each.node] ?? base.nodes[each.node]
              const side = (which: Side): ReactElement => (
                <Line met={each} side={which} type={node?.type ?? ''} chosen={chosen[each.node] ?? 'mine'} onChoose={(one) => setChosen({ ...chosen, [each.node]: one })} />
              )
              return (
                <tr key={each.node} data-testid={`meet-${each.node}`}>
                  <th scope="row">{each.node === '' ? t('flows.whole_flow') : words.nodeName(each.node, node)}</th>
                  {side('mine')}
                  {side('theirs')}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="row">
        <Button type="primary" data-testid="meet-merge" onClick={() => onTake(mergeFlows(base, flow, theirs, chosen))}>
          {t('flows.merge')}
        </Button>
        <Button data-testid="meet-mine" onClick={() => onTake(flow)}>
          {t('flows.take_mine')}
        </Button>
        <Button data-testid="meet-theirs" onClick={onTheirs}>
          {t('flows.take_theirs')}
        </Button>
      </div>
    </>
  )
}

const NOTHING: FlowBody = { name: '', start: '', nodes: {}, variables: [] }

/** The version a draft was begun from. */
function useBase(id: string, version: number) {
  return useQuery({
    queryKey: ['flow-base', id, version],
    queryFn: async (): Promise<FlowBody> => (version === 0 ? NOTHING : contentOf(await flows.version(id, version))),
    staleTime: Infinity,
  })
}

/** Shown while a draft is behind what is in force. */
export function Meeting({ newest }: { newest: PublishedFlow }): ReactElement {
  const { t, i18n } = useTranslation()
  const { id, editing } = useEditor()
  const zone = useZone()
  const base = useBase(id, editing.basedOn)
  const heads = { mine: t('flows.mine', { version: editing.basedOn }), theirs: t('flows.theirs', { version: newest.version }) }
  return (
    <section className="conflict" role="alertdialog" aria-label={t('flows.meet_title')} data-testid="flow-conflict">
      <h2>{t('flows.meet_title')}</h2>
      <p>{t('flows.meet_why', { mine: editing.basedOn, theirs: newest.version, at: dateTime(newest.published_at, i18n.language, zone), note: newest.note || '—' })}</p>
      {base.isPending ? <Loading rows={3} /> : null}
      {base.isError ? <ErrorBox error={base.error} onRetry={() => void base.refetch()} /> : null}
      {base.isSuccess ? (
        <Sides base={base.data} theirs={contentOf(newest)} heads={heads} onTake={(flow) => editing.rebase(flow, newest.version)} onTheirs={editing.discard} />
      ) : null}
    </section>
  )
}

/** Shown where the same person drew on in another window. */
export function WindowsMeeting({ met }: { met: Draft }): ReactElement {
  const { t, i18n } = useTranslation()
  const { id, editing } = useEditor()
  const zone = useZone()
  const base = useBase(id, met.based_on)
  const heads = { mine: t('flows.this_window'), theirs: t('flows.other_window') }
  return (
    <section className="conflict" role="alertdialog" aria-label={t('flows.windows_title')} data-testid="flow-windows">
      <h2>{t('flows.windows_title')}</h2>
      <p>{t('flows.windows_why', { at: dateTime(met.saved_at, i18n.language, zone) })}</p>
      {base.isPending ? <Loading rows={3} /> : null}
      {base.isError ? <ErrorBox error={base.error} onRetry={() => void base.refetch()} /> : null}
      {base.isSuccess ? (
        <Sides base={base.data} theirs={met.flow} heads={heads} onTake={(flow) => editing.settle(flow, met.based_on)} onTheirs={() => editing.settle(met.flow, met.based_on)} />
      ) : null}
    </section>
  )
}
