/**
 * 转接: one field finds queues, colleagues and numbers; arrows move, Enter does it in the way the panel
 * was opened for. A drawer, so the customer stays in sight.
 */
import { Drawer, Input, Segmented, type InputRef } from 'antd'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { calling, handing, type TargetRow } from '@/api/handing'
import type { DeskView } from '@/api/schema'
import { ActionButton } from '@/ui/ActionButton'
import { announce } from '@/ui/announce'
import { nameIn } from '@/ui/format'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { confirmed, whyNotText } from './actions'
import { QueueChoice } from './QueueChoice'
import { belowTheBar, closePanel, openPanel, WAYS_IN_CALL, type Way } from './panel'
import { TargetList } from './TargetList'
import { against, chosenOf, keyOf, neighbour, rowsFor, toOf, useTargets } from './targets'

const LONGEST_REASON = 200

async function act(view: DeskView, way: Way, row: TargetRow, reason: string, queue: string | null): Promise<void> {
  const contact = view.contact?.id ?? ''
  if (way === 'transfer') return handing.transfer(contact, toOf(row), reason)
  if (way === 'consult') return handing.consult(contact, toOf(row))
  if (way === 'invite') return handing.invite(contact, toOf(row))
  await (row.kind === 'agent' ? calling.colleague(row.id) : calling.number(row.id, queue))
}

/** A composed letter belongs to the input method: its Enter is no order. */
const isComposing = (event: KeyboardEvent): boolean => event.nativeEvent.isComposing || event.keyCode === 229

interface SearchProps {
  onMove: (by: 1 | -1) => void
  onEnter: () => void
  value: string
  onChange: (value: string) => void
  activeId: string | undefined
}

function Search({ onMove, onEnter, value, onChange, activeId }: SearchProps): ReactElement {
  const { t } = useTranslation()
  const field = useRef<InputRef>(null)
  // The drawer slides in; focus it when it is there.
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  const onKey = (event: KeyboardEvent): void => {
    if (isComposing(event)) return
    if (event.key === 'ArrowDown') onMove(1)
    else if (event.key === 'ArrowUp') onMove(-1)
    else if (event.key === 'Enter') onEnter()
    else return
    event.preventDefault()
  }
  return (
    <Input
      ref={field}
      autoFocus
      allowClear
      value={value}
      placeholder={t('hand.search')}
      aria-label={t('hand.search')}
      role="combobox"
      aria-expanded="true"
      aria-controls="hand-targets"
      aria-activedescendant={activeId}
      data-testid="hand-search"
      onKeyDown={onKey}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function useHanding(view: DeskView, way: Way) {
  const { t, i18n } = useTranslation()
  const [sought, setSought] = useState('')
  const [moved, setMoved] = useState<string | null>(null)
  const [reason, setReason] = useState(() => t('hand.reason_default'))
  const [queue, setQueue] = useState<string | null>(null)
  const found = useTargets(sought.trim())
  const rows = rowsFor(found.rows, way)
  const chosen = chosenOf(rows, way, moved)
  const doing = useCommand(async (by: Way, row: TargetRow) => {
    await confirmed(act(view, by, row, reason.trim(), queue))
    announce(t(`hand.done_${by}`, { who: row.kind === 'queue' ? nameIn(i18n.language, row) : row.name }))
    closePanel()
  })
  const whyNot = (by: Way): string | null => {
    if (chosen === null) return t('hand.choose_first')
    const code = against(chosen, by)
    if (code !== null) return whyNotText(code)
    return by === 'transfer' && reason.trim() === '' ? t('hand.reason_missing') : null
  }
  const run = (by: Way): void => {
    if (chosen !== null && whyNot(by) === null && !doing.isBusy) void doing.run(by, chosen)
  }
  const seek = (text: string): void => {
    setSought(text)
    setMoved(null)
  }
  const move = (by: 1 | -1): void => setMoved(((row) => (row === null ? null : keyOf(row)))(neighbour(rows, chosen, by)))
  return { found, rows, chosen, sought, seek, move, choose: setMoved, reason, setReason, queue, setQueue, run, whyNot, isBusy: doing.isBusy }
}

function Ways({ way, hand }: { way: Way; hand: ReturnType<typeof useHanding> }): ReactElement {
  const { t } = useTranslation()
  const ways = way === 'call' ? (['call'] as const) : WAYS_IN_CALL
  return (
    <div className="row hand-ways">
      {ways.map((each) => (
        <ActionButton
          key={each}
          type={each === way ? 'primary' : 'default'}
          label={t(`hand.do_${each}`)}
          {...(each === way ? { keys: 'Enter' } : {})}
          testId={`hand-do-${each}`}
          whyNot={hand.whyNot(each)}
          isBusy={hand.isBusy}
          onAct={() => hand.run(each)}
        />
      ))}
    </div>
  )
}

function Panel({ view, way }: { view: DeskView; way: Way }): ReactElement {
  const { t } = useTranslation()
  const hand = useHanding(view, way)
  return (
    <div className="hand">
      {way === 'call' ? null : (
        <Segmented<Way>
          value={way}
          aria-label={t('hand.way')}
          onChange={openPanel}
          options={WAYS_IN_CALL.map((each) => ({ value: each, label: t(`hand.way_${each}`) }))}
        />
      )}
      <Search
        value={hand.sought}
        onChange={hand.seek}
        onMove={hand.move}
        onEnter={() => hand.run(way)}
        activeId={hand.chosen === null ? undefined : `target-${keyOf(hand.chosen).replace(' ', '-')}`}
      />
      {hand.found.error !== null && hand.rows.length === 0 ? (
        <ErrorBox error={hand.found.error} onRetry={hand.found.again} />
      ) : hand.found.isLoading ? (
        <Loading />
      ) : (
        <TargetList rows={hand.rows} way={way} chosen={hand.chosen} onChoose={hand.choose} sought={hand.sought} />
      )}
      {way === 'call' ? <QueueChoice view={view} value={hand.queue} onChange={hand.setQueue} /> : null}
      {way === 'transfer' ? (
        <label>
          {t('hand.reason')}
          <Input
            value={hand.reason}
            maxLength={LONGEST_REASON}
            data-testid="hand-reason"
            onChange={(event) => hand.setReason(event.target.value)}
            onPressEnter={(event) => {
              if (!isComposing(event)) hand.run(way)
            }}
          />
        </label>
      ) : null}
      <Ways way={way} hand={hand} />
      <p className="quiet">{t(`hand.about_${way}`)}</p>
    </div>
  )
}

export function HandDrawer({ view, way }: { view: DeskView; way: Way | null }): ReactElement {
  const { t } = useTranslation()
  return (
    <Drawer
      open={way !== null}
      onClose={closePanel}
      title={way === null ? '' : t(`hand.title_${way}`)}
      size={440}
      rootStyle={{ top: belowTheBar() }}
      mask={false}
      destroyOnHidden
      autoFocus={false}
    >
      {way === null ? null : <Panel view={view} way={way} />}
    </Drawer>
  )
}
