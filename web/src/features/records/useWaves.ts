/**
 * Two waves from peaks that the server made. The sound is streamed by range requests and asked for
 * only when a person presses play: every playback is written down.
 */
import { useEffect, useRef, useState, type RefObject } from 'react'
import WaveSurfer from 'wavesurfer.js'

import { records } from '@/api/calls'
import type { Peaks } from '@/api/schema'

import { afterSilence, type Span } from './sound'

export interface Playing {
  isPlaying: boolean
  at_ms: number
  error: unknown
}

export interface Waves {
  state: Playing
  toggle(): void
  skip(by_ms: number): void
  seek(to_ms: number): void
  setRate(rate: number): void
}

const colour = (name: string, otherwise: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim() || otherwise

function create(container: HTMLElement, record: string, peaks: Peaks): WaveSurfer {
  const media = new Audio()
  media.preload = 'none'
  const quiet = colour('--edge', '#8c8c8c')
  return WaveSurfer.create({
    container,
    media,
    height: 56,
    url: records.audioPath(record),
    peaks: peaks.channels,
    duration: peaks.duration_ms / 1000,
    splitChannels: [
      { waveColor: quiet, progressColor: colour('--blue', '#0958d9') },
      { waveColor: quiet, progressColor: colour('--green', '#237804') },
    ],
    cursorColor: colour('--red', '#cf1322'),
    normalize: true,
  })
}

export function useWaves(
  record: string,
  peaks: Peaks,
  container: RefObject<HTMLDivElement | null>,
  skipped: readonly Span[],
): Waves {
  const surfer = useRef<WaveSurfer | null>(null)
  const skips = useRef(skipped)
  useEffect(() => {
    skips.current = skipped
  }, [skipped])
  const [state, setState] = useState<Playing>({ isPlaying: false, at_ms: 0, error: null })
  useEffect(() => {
    if (container.current === null) return undefined
    const made = create(container.current, record, peaks)
    const set = (change: Partial<Playing>): void => setState((before) => ({ ...before, ...change }))
    made.on('play', () => set({ isPlaying: true, error: null }))
    made.on('pause', () => set({ isPlaying: false }))
    made.on('finish', () => set({ isPlaying: false }))
    made.on('timeupdate', (at) => {
      set({ at_ms: at * 1000 })
      const next = made.isPlaying() ? afterSilence(skips.current, at * 1000) : null
      if (next !== null) made.setTime(next / 1000)
    })
    made.on('error', () => set({ isPlaying: false, error: { code: 'recording_unplayable', facts: {} } }))
    surfer.current = made
    return () => {
      surfer.current = null
      made.destroy()
    }
  }, [record, peaks, container])
  return {
    state,
    toggle: () => void surfer.current?.playPause().catch(() => undefined),
    skip: (by_ms) => surfer.current?.skip(by_ms / 1000),
    seek: (to_ms) => surfer.current?.setTime(to_ms / 1000),
    setRate: (rate) => surfer.current?.setPlaybackRate(rate, true),
  }
}
