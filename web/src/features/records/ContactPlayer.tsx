/**
 * The recording of a contact: the customer's wave above, what the customer heard below; what happened
 * stands under them in its place, and every key of the player has a button.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select } from 'antd'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { records } from '@/api/calls'
import { marks } from '@/api/records'
import type { Peaks } from '@/api/schema'
import { useMay } from '@/api/session'
import { duration } from '@/ui/format'
import { useHelpKeys } from '@/ui/help'
import { Kbd } from '@/ui/Kbd'
import { ErrorBox, Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { Marks } from './Marks'
import { silences, type Span } from './sound'
import { useWaves, type Waves } from './useWaves'

const STEP_MS = 5_000
const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3]
const LONGEST_MARK = 200
const NOTHING: Span[] = []

/** Something that happened, at its place in the recording. */
export interface Moment {
  at_ms: number
  name: string
}

export interface ContactPlayerProps {
  record: string
  moments: readonly Moment[]
  /** Called with what moves the player, so that the ladder beside it can. */
  onReady?: (seek: ((to_ms: number) => void) | null) => void
}

function MarkForm({ record, at_ms, onDone }: { record: string; at_ms: number; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const add = useCommand(async () => {
    await marks.add(record, at_ms, text)
    await client.invalidateQueries({ queryKey: ['marks', record] })
    onDone()
  })
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault()
        void add.run()
      }}
    >
      <span className="figure">{duration(at_ms)}</span>
      <Input
        autoFocus
        className="grow"
        maxLength={LONGEST_MARK}
        aria-label={t('records.mark_why')}
        placeholder={t('records.mark_why')}
        value={text}
        data-testid="mark-text"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="primary" htmlType="submit" loading={add.isBusy} data-testid="mark-save">
        {t('records.mark')}
      </Button>
      <Button onClick={onDone}>{t('common.cancel')}</Button>
    </form>
  )
}

/** Where things happened, as ticks; the ladder beside them is how they are reached by keyboard. */
function Ticks({ moments, duration_ms }: { moments: readonly Moment[]; duration_ms: number }): ReactElement {
  return (
    <div className="wave-ticks" aria-hidden="true" data-testid="player-ticks">
      {moments.map(({ at_ms, name }) => (
        <i key={`${at_ms} ${name}`} title={`${duration(at_ms)} ${name}`} style={{ insetInlineStart: `${(100 * at_ms) / duration_ms}%` }} />
      ))}
    </div>
  )
}

interface ControlsProps {
  waves: Waves
  record: string
  length_ms: number
  rate: number
  setRate: (rate: number) => void
  isSkipping: boolean
  setSkipping: (is: boolean) => void
  hasSilence: boolean
  onMark: () => void
}

function Controls({ waves, record, length_ms, rate, setRate, isSkipping, setSkipping, hasSilence, onMark }: ControlsProps): ReactElement {
  const { t } = useTranslation()
  const mayDownload = useMay('records.download')
  const { state } = waves
  return (
    <div className="row">
      <Button type="primary" data-testid="player-play" data-playing={state.isPlaying} onClick={waves.toggle}>
        {state.isPlaying ? t('records.pause') : t('records.play')} <Kbd keys="K" />
      </Button>
      <Button onClick={() => waves.skip(-STEP_MS)}>
        −{STEP_MS / 1000} s <Kbd keys="J" />
      </Button>
      <Button onClick={() => waves.skip(STEP_MS)}>
        +{STEP_MS / 1000} s <Kbd keys="L" />
      </Button>
      <Select
        aria-label={t('records.rate')}
        value={rate}
        data-testid="player-rate"
        options={RATES.map((value) => ({ value, label: `${value}×` }))}
        onChange={setRate}
      />
      <Checkbox checked={isSkipping} disabled={!hasSilence} onChange={(event) => setSkipping(event.target.checked)}>
        {hasSilence ? t('records.skip_silence') : t('records.no_silence')}
      </Checkbox>
      <span className="figure" data-testid="player-time">
        {duration(state.at_ms)} / {duration(length_ms)}
      </span>
      <span className="grow" />
      <Button onClick={onMark} data-testid="player-mark">
        {t('records.mark')} <Kbd keys="M" />
      </Button>
      {mayDownload ? (
        <Button href={records.downloadPath(record)} download data-testid="player-download">
          {t('records.download')}
        </Button>
      ) : null}
    </div>
  )
}

function useRate(waves: Waves): [number, (rate: number) => void, (by: number) => void] {
  const [rate, setRate] = useState(1)
  const set = (next: number): void => {
    setRate(next)
    waves.setRate(next)
  }
  const turn = (by: number): void => set(RATES[Math.min(RATES.length - 1, Math.max(0, RATES.indexOf(rate) + by))] ?? 1)
  return [rate, set, turn]
}

function Sounding({ record, peaks, moments, onReady }: ContactPlayerProps & { peaks: Peaks }): ReactElement {
  const { t } = useTranslation()
  const container = useRef<HTMLDivElement>(null)
  const quiet = useMemo(() => silences(peaks), [peaks])
  const [isSkipping, setSkipping] = useState(false)
  const waves = useWaves(record, peaks, container, isSkipping ? quiet : NOTHING)
  const [rate, setRate, turnRate] = useRate(waves)
  const [marked, setMarked] = useState<number | null>(null)
  const { seek } = waves
  const latest = useRef(seek)
  useEffect(() => {
    latest.current = seek
  })
  useEffect(() => {
    onReady?.((to_ms) => latest.current(to_ms))
    return () => onReady?.(null)
  }, [onReady])
  useHelpKeys('player', [
    { keys: 'k', does: t('records.key_play') },
    { keys: 'j', does: t('records.key_back') },
    { keys: 'l', does: t('records.key_on') },
    { keys: ',', does: t('records.key_slower') },
    { keys: '.', does: t('records.key_faster') },
    { keys: 'm', does: t('records.key_mark') },
  ])
  const acts: Record<string, () => void> = {
    k: waves.toggle,
    ' ': waves.toggle,
    j: () => waves.skip(-STEP_MS),
    l: () => waves.skip(STEP_MS),
    ',': () => turnRate(-1),
    '.': () => turnRate(1),
    m: () => setMarked(waves.state.at_ms),
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    const on = event.target instanceof HTMLElement ? event.target : null
    if (on?.closest('input:not([type=checkbox]), textarea, .ant-select') != null) return
    // The space bar belongs to a button that has the focus.
    if (event.key === ' ' && on?.closest('button, input, a') != null) return
    const act = acts[event.key.toLowerCase()]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  return (
    // The player's keys work anywhere in its region; every one of them also has a button.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex
    <div className="stack player" role="group" tabIndex={0} aria-label={t('records.player')} onKeyDown={onKey} data-testid="player">
      <div className="row quiet">
        <span className="wave-customer">▬ {t('records.customer')}</span>
        <span className="wave-agent">▬ {t('records.agent')}</span>
      </div>
      <div>
        <div ref={container} className="waves" data-testid="player-waves" />
        <Ticks moments={moments} duration_ms={peaks.duration_ms} />
      </div>
      {waves.state.error === null ? null : <ErrorBox error={waves.state.error} onRetry={waves.toggle} />}
      <Controls
        {...{ waves, record, rate, setRate, isSkipping, setSkipping }}
        length_ms={peaks.duration_ms}
        hasSilence={quiet.length > 0}
        onMark={() => setMarked(waves.state.at_ms)}
      />
      {marked === null ? null : <MarkForm record={record} at_ms={marked} onDone={() => setMarked(null)} />}
      <Marks record={record} onGo={seek} />
    </div>
  )
}

export function ContactPlayer(props: ContactPlayerProps): ReactElement {
  const { record } = props
  const peaks = useQuery({
    queryKey: ['peaks', record],
    queryFn: () => records.peaks(record),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  if (peaks.isPending) return <Loading rows={3} />
  if (peaks.isError) return <ErrorBox error={peaks.error} onRetry={() => void peaks.refetch()} />
  return <Sounding {...props} peaks={peaks.data} />
}
