/**
 * The recording: two waves, the customer above and the agent below, from peaks made by the server.
 * The sound is streamed by range requests; nothing is decoded in the page.
 */
import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import WaveSurfer from 'wavesurfer.js'

import { records } from '@/api/calls'
import type { Peaks } from '@/api/schema'
import { useMay } from '@/api/session'
import { duration } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { ErrorBox, Loading } from '@/ui/states'

const STEP_S = 5
const RATES = [0.75, 1, 1.25, 1.5, 2]
const CUSTOMER = '#0958d9'
const AGENT = '#237804'

interface Playing {
  isPlaying: boolean
  at: number
  error: unknown
}

function useWaves(record: string, peaks: Peaks, container: React.RefObject<HTMLDivElement | null>) {
  const surfer = useRef<WaveSurfer | null>(null)
  const [state, setState] = useState<Playing>({ isPlaying: false, at: 0, error: null })
  useEffect(() => {
    if (container.current === null) return undefined
    // The sound is asked for only when a person presses play: every playback is written down.
    const media = new Audio()
    media.preload = 'none'
    const made = WaveSurfer.create({
      container: container.current,
      media,
      height: 60,
      url: records.audioPath(record),
      peaks: peaks.channels,
      duration: peaks.duration_ms / 1000,
      splitChannels: [
        { waveColor: '#91caff', progressColor: CUSTOMER },
        { waveColor: '#b7eb8f', progressColor: AGENT },
      ],
      cursorColor: '#cf1322',
      normalize: true,
    })
    const set = (change: Partial<Playing>): void => setState((before) => ({ ...before, ...change }))
    made.on('play', () => set({ isPlaying: true, error: null }))
    made.on('pause', () => set({ isPlaying: false }))
    made.on('finish', () => set({ isPlaying: false }))
    made.on('timeupdate', (at) => set({ at }))
    made.on('error', () => set({ isPlaying: false, error: { code: 'recording_unplayable', facts: {} } }))
    surfer.current = made
    return () => {
      surfer.current = null
      made.destroy()
    }
  }, [record, peaks, container])
  return { surfer, state }
}

function Waves({ record, peaks }: { record: string; peaks: Peaks }): ReactElement {
  const { t } = useTranslation()
  const mayDownload = useMay('records.download')
  const container = useRef<HTMLDivElement>(null)
  const { surfer, state } = useWaves(record, peaks, container)
  const [rate, setRate] = useState(1)
  const toggle = (): void => void surfer.current?.playPause().catch(() => undefined)
  const onKey = (event: KeyboardEvent): void => {
    const isOnButton = event.target instanceof HTMLElement && event.target.closest('button, .ant-select') !== null
    if (event.key === ' ' && !isOnButton) toggle()
    else if (event.key === 'j') surfer.current?.skip(-STEP_S)
    else if (event.key === 'l') surfer.current?.skip(STEP_S)
    else return
    event.preventDefault()
  }
  return (
    // The player's keys work anywhere in its region; every one of them also has a button.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div className="stack" role="group" aria-label={t('records.player')} onKeyDown={onKey}>
      <div className="row quiet">
        <span style={{ color: CUSTOMER }}>▬ {t('records.customer')}</span>
        <span style={{ color: AGENT }}>▬ {t('records.agent')}</span>
      </div>
      <div ref={container} className="waves" data-testid="player-waves" />
      {state.error === null ? null : <ErrorBox error={state.error} onRetry={toggle} />}
      <div className="row">
        <Button type="primary" data-testid="player-play" data-playing={state.isPlaying} onClick={toggle}>
          {state.isPlaying ? t('records.pause') : t('records.play')}
        </Button>
        <Button onClick={() => surfer.current?.skip(-STEP_S)}>
          −{STEP_S} s<Kbd keys="J" />
        </Button>
        <Button onClick={() => surfer.current?.skip(STEP_S)}>
          +{STEP_S} s<Kbd keys="L" />
        </Button>
        <Select
          aria-label={t('records.rate')}
          value={rate}
          options={RATES.map((value) => ({ value, label: `${value}×` }))}
          onChange={(value: number) => {
            setRate(value)
            surfer.current?.setPlaybackRate(value, true)
          }}
        />
        <span className="figure" data-testid="player-time">
          {duration(state.at * 1000)} / {duration(peaks.duration_ms)}
        </span>
        {mayDownload ? (
          <Button href={records.downloadPath(record)} download data-testid="player-download">
            {t('records.download')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

export function Player({ record }: { record: string }): ReactElement {
  const peaks = useQuery({
    queryKey: ['peaks', record],
    queryFn: () => records.peaks(record),
    staleTime: Infinity,
    structuralSharing: true,
    refetchOnWindowFocus: false,
  })
  if (peaks.isPending) return <Loading rows={3} />
  if (peaks.isError) return <ErrorBox error={peaks.error} onRetry={() => void peaks.refetch()} />
  return <Waves record={record} peaks={peaks.data} />
}
