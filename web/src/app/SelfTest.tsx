/** What this browser and the way to the server can do: asked when somebody opens the link light. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { ask } from '@/api/client'

const ROUNDS = 5
/** Slower than this and screens lag behind calls. */
const SLOW_MS = 300

export interface Round {
  median_ms: number | null
  lost: number
}

/** How long the server takes to answer, over a few rounds. */
export async function measureRound(now: () => number = () => performance.now()): Promise<Round> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = now()
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what is measured
      await ask('GET', '/health')
      times.push(now() - began)
    } catch {
      // Counted below.
    }
  }
  times.sort((one, other) => one - other)
  return { median_ms: times[Math.floor(times.length / 2)] ?? null, lost: ROUNDS - times.length }
}

interface Ability {
  name: string
  isThere: boolean
}

/** What the desk needs of a browser. */
export const abilities = (): Ability[] => [
  { name: 'secure', isThere: window.isSecureContext },
  { name: 'webrtc', isThere: 'RTCPeerConnection' in window },
  { name: 'microphone', isThere: navigator.mediaDevices !== undefined },
  { name: 'worker', isThere: 'Worker' in window },
  { name: 'sink', isThere: 'setSinkId' in HTMLMediaElement.prototype },
]

function Line({ isGood, children }: { isGood: boolean; children: string }): ReactElement {
  return (
    <li>
      <span className={isGood ? 'light-ok' : 'light-red'} aria-hidden="true">
        {isGood ? '●' : '■'}
      </span>
      {children}
    </li>
  )
}

export function SelfTest(): ReactElement {
  const { t } = useTranslation()
  const round = useQuery({ queryKey: ['self-test'], queryFn: () => measureRound(), gcTime: 0, staleTime: 0 })
  const ms = round.data?.median_ms ?? null
  const word = ms === null ? t('link.round_none') : t('link.round', { ms: Math.round(ms), lost: round.data?.lost ?? 0 })
  return (
    <ul className="lights" data-testid="self-test" aria-busy={round.isPending}>
      {round.isPending ? null : <Line isGood={ms !== null && ms < SLOW_MS && round.data?.lost === 0}>{word}</Line>}
      {abilities().map(({ name, isThere }) => (
        <Line key={name} isGood={isThere}>
          {isThere ? t(`link.has.${name}`) : t(`link.lacks.${name}`)}
        </Line>
      ))}
    </ul>
  )
}
