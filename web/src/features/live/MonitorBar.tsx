/** Full width while a supervisor is in on a conversation: how, with whom, who hears them, and out. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { Timer } from '@/ui/clock'
import { Kbd } from '@/ui/Kbd'

import { MODES, type Ears } from './monitor'

const KEYS = { listen: 'L', whisper: 'W', barge: 'B' } as const

export function MonitorBar({ ears }: { ears: Ears }): ReactElement | null {
  const { t } = useTranslation()
  const { now } = ears
  if (now === null) return null
  const name = now.agent?.name ?? t('live.silence')
  return (
    <div className={`monitor-bar monitor-${now.now}`} role="status" data-testid="monitor-bar" data-mode={now.mode}>
      <b>
        <span aria-hidden="true">◉ </span>
        {t(`live.you_are.${now.mode}`, { name })}
      </b>
      <span>{t(`live.who_hears.${now.now}`)}</span>
      {now.up ? null : <span>{t('live.phone_rings')}</span>}
      {now.now === now.mode ? null : <span>▲ {t('live.mode_waits')}</span>}
      <Timer since={now.since} />
      <span className="grow" />
      {MODES.map((mode) => (
        <Button
          key={mode}
          size="small"
          disabled={now.agent === null || mode === now.mode}
          aria-pressed={mode === now.mode}
          onClick={() => now.agent !== null && void ears.hear(now.agent.id, mode)}
          data-testid={`monitor-to-${mode}`}
        >
          {t(`live.mode.${mode}`)}
          <Kbd keys={KEYS[mode]} />
        </Button>
      ))}
      <Button size="small" type="primary" danger onClick={() => void ears.stop()} data-testid="monitor-stop">
        {t('live.leave')}
        <Kbd keys="Esc" />
      </Button>
    </div>
  )
}
