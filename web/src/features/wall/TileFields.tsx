/** The figures of a board, in their order: which, of what, against which target. */
import { Button, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { QueueRef } from '@/api/schema'
import type { WallFigure, WallTileChoice } from '@/api/walls'
import { nameIn } from '@/ui/format'

import { keptTarget, typedTarget, unitSign } from './draft'

const CENTRE = '*'

interface TileFieldsProps {
  tiles: WallTileChoice[]
  most: number
  figures: WallFigure[]
  queues: QueueRef[]
  onChange: (tiles: WallTileChoice[]) => void
}

const swapped = <Thing,>(things: Thing[], at: number, to: number): Thing[] => {
  const [one, other] = [things[at], things[to]]
  if (one === undefined || other === undefined) return things
  return things.map((thing, index) => (index === at ? other : index === to ? one : thing))
}

export function TileFields({ tiles, most, figures, queues, onChange }: TileFieldsProps): ReactElement {
  const { t, i18n } = useTranslation()
  const change = (at: number, part: Partial<WallTileChoice>): void =>
    onChange(tiles.map((tile, index) => (index === at ? { ...tile, ...part } : tile)))
  const first = figures[0]
  return (
    <fieldset className="wall-fields">
      <legend>{t('wall.tiles', { most })}</legend>
      <ol className="wall-field-list">
        {tiles.map((tile, at) => {
          const figure = figures.find((each) => each.id === tile.metric)
          const label = t('wall.tile', { number: at + 1 })
          return (
            <li key={`${at} ${tile.metric}`} className="row">
              <Select
                className="grow"
                value={tile.metric}
                aria-label={`${label} ${t('wall.metric')}`}
                options={figures.map((each) => ({ value: each.id, label: nameIn(i18n.language, each) }))}
                onChange={(metric) => change(at, { metric, target: null })}
              />
              <Select
                className="wall-of-queue"
                value={tile.queue ?? CENTRE}
                aria-label={`${label} ${t('wall.queue')}`}
                options={[
                  { value: CENTRE, label: t('wall.centre') },
                  ...queues.map((queue) => ({ value: queue.id, label: nameIn(i18n.language, queue) })),
                ]}
                onChange={(queue) => change(at, { queue: queue === CENTRE ? null : queue })}
              />
              <InputNumber
                className="wall-target-field"
                min={0}
                value={typedTarget(tile.target ?? figure?.target, figure?.unit)}
                aria-label={`${label} ${t('wall.target_field')}`}
                placeholder={t('wall.target_field')}
                suffix={unitSign(figure)}
                onChange={(target) => change(at, { target: keptTarget(target, figure?.unit) })}
              />
              <Button aria-label={t('wall.up', { tile: label })} disabled={at === 0} onClick={() => onChange(swapped(tiles, at, at - 1))}>
                ↑
              </Button>
              <Button aria-label={t('wall.down', { tile: label })} disabled={at === tiles.length - 1} onClick={() => onChange(swapped(tiles, at, at + 1))}>
                ↓
              </Button>
              <Button aria-label={t('wall.take_away', { tile: label })} onClick={() => onChange(tiles.filter((_, index) => index !== at))}>
                ✕
              </Button>
            </li>
          )
        })}
      </ol>
      <Button
        disabled={tiles.length >= most || first === undefined}
        onClick={() => first !== undefined && onChange([...tiles, { metric: first.id, queue: null, target: null }])}
        data-testid="wall-add-tile"
      >
        {t('wall.add_tile')}
      </Button>
    </fieldset>
  )
}
