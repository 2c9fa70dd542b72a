/** An agent's state as shape, word and colour; never colour alone. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export const SHAPES: Record<string, string> = {
  ready: '●',
  talking: '▶',
  ringing: '☎',
  hold: '❚❚',
  recovering: '↻',
  acw: '◔',
  not_ready: '‖',
  not_responding: '!',
  lost: '✕',
  unregistered: '✕',
  signed_out: '○',
}

export interface StatusTagProps {
  state: string
  /** Named after the state: the reason for not ready. */
  detail?: string | null
}

export function StatusTag({ state, detail }: StatusTagProps): ReactElement {
  const { t } = useTranslation()
  return (
    <span className={`status status-${state}`}>
      <span aria-hidden="true" className="status-shape">
        {SHAPES[state] ?? '○'}
      </span>
      {t(`state.${state}`)}
      {detail ? ` · ${detail}` : ''}
    </span>
  )
}
