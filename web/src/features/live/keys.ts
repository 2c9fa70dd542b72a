/** The keys of the floor, told to the help sheet as well. */
import { useTranslation } from 'react-i18next'

import type { HearingMode } from '@/api/floor'
import { useHelpKeys, usePageHelp } from '@/ui/help'
import { useShortcuts, type Shortcuts } from '@/ui/shortcuts'

import { focusNextAlert } from './AlertList'
import type { Ears } from './monitor'
import type { useSavedViews } from './savedViews'
import type { Shown } from './view'

interface FloorKeys {
  shown: Shown
  saved: ReturnType<typeof useSavedViews>
  ears: Ears
  /** The agents as they are listed. */
  ids: readonly string[]
  /** The one in the panel beside; empty for none. */
  agent: string
  onPin: () => void
  onFind: () => void
}

/** The one before or after, staying at the ends. */
export function neighbour(ids: readonly string[], id: string, step: 1 | -1): string | undefined {
  const at = ids.indexOf(id)
  return at < 0 ? ids[0] : ids[Math.min(ids.length - 1, Math.max(0, at + step))]
}

export function useFloorKeys({ shown, saved, ears, ids, agent, onPin, onFind }: FloorKeys): void {
  const { t } = useTranslation()
  const { change, open, setOpen } = shown
  const go = (step: 1 | -1): void => {
    const next = neighbour(ids, agent, step)
    if (next !== undefined) setOpen(`agent:${next}`)
  }
  const hear = (mode: HearingMode): void => {
    const target = agent === '' ? (ears.now?.agent?.id ?? '') : agent
    if (target !== '' && ears.may) void ears.hear(target, mode)
  }
  const digits: Shortcuts = Object.fromEntries(
    Array.from({ length: 9 }, (_, at) => [
      String(at + 1),
      () => {
        const view = saved.at(at + 1)
        if (view !== undefined) change(view)
      },
    ]),
  )
  useShortcuts({
    ...digits,
    l: () => hear('listen'),
    w: () => hear('whisper'),
    b: () => hear('barge'),
    Escape: () => {
      if (ears.now !== null) void ears.stop()
      else if (open !== '') setOpen('')
    },
    ArrowDown: () => go(1),
    ArrowUp: () => go(-1),
    p: onPin,
    f: onFind,
    'Alt+j': focusNextAlert,
  })
  usePageHelp(t('live.about'))
  useHelpKeys('live', [
    { keys: 'l', does: t('live.key.listen') },
    { keys: 'w', does: t('live.key.whisper') },
    { keys: 'b', does: t('live.key.barge') },
    { keys: 'Escape', does: t('live.key.stop') },
    { keys: 'ArrowDown', does: t('live.key.next') },
    { keys: 'ArrowUp', does: t('live.key.previous') },
    { keys: 'p', does: t('live.key.freeze') },
    { keys: 'f', does: t('live.key.find') },
    { keys: '1', does: t('live.key.views') },
    { keys: 'Alt+j', does: t('live.key.alert') },
  ])
}
