/** A board while a person edits it: what may be chosen, and how targets are written. */
import type { Wall, WallContent, WallFigure } from '@/api/walls'

export const LAYOUTS = ['mixed', 'figures', 'queues', 'focus'] as const
export type Layout = (typeof LAYOUTS)[number]
export const MOST_TILES: Record<Layout, number> = { mixed: 6, figures: 6, queues: 3, focus: 4 }
export const MOST_QUEUES = 12

/** What a new board begins with: three figures that need somebody, and one to be glad of. */
export const FIRST: WallContent = {
  name: '',
  layout: 'mixed',
  tiles: [
    { metric: 'service_level', queue: null, target: null },
    { metric: 'now_longest', queue: null, target: 60 },
    { metric: 'now_waiting', queue: null, target: 5 },
    { metric: 'now_ready', queue: null, target: null },
    { metric: 'answered', queue: null, target: null },
  ],
  queues: [],
  notice: '',
  language: 'zh-CN',
}

export const contentOf = ({ name, layout, tiles, queues, notice, language }: Wall): WallContent => ({
  name,
  layout,
  tiles,
  queues,
  notice,
  language,
})

/** Shares are typed as percent, times as seconds. */
export const typedTarget = (target: number | null | undefined, unit: string | undefined): number | null =>
  target === null || target === undefined ? null : unit === 'ratio' ? Math.round(target * 1000) / 10 : target

export const keptTarget = (typed: number | null, unit: string | undefined): number | null =>
  typed === null ? null : unit === 'ratio' ? typed / 100 : typed

/** The unit as it stands behind a target's field. */
export const unitSign = (figure: WallFigure | undefined): string =>
  figure?.unit === 'ratio' ? '%' : figure?.unit === 's' ? 's' : ''
