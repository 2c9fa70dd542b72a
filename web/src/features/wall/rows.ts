/** The rows of a wallboard's own live link, as the server sends them. Shares 0..1, times in seconds. */
export type WallLayout = 'mixed' | 'figures' | 'queues' | 'focus'
export type WallUnit = 'count' | 'ratio' | 's' | 'number' | 'money'

export interface BoardRow {
  id: string
  revision: number
  name: string
  layout: WallLayout
  language: 'zh-CN' | 'en'
  notice: string
  time_zone: string
  build: string
  tiles: number
  queues: string[]
}

export interface TileRow {
  metric: string
  label: string
  label_en: string
  unit: WallUnit
  formula: string | null
  direction: string
  target: number | null
  queue: { id: string; name: string; name_en: string } | null
  value: number | null
  /** Of the longest wait: its beginning, epoch milliseconds. */
  since: number | null
}

export interface QueueRow {
  id: string
  name: string
  name_en: string
  waiting: number
  longest_since: number | null
  ready: number
  answer_within_ms: number
  unstaffed: boolean
}
