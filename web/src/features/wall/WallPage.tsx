/** 大屏: one board over the whole screen, for a signed-in person or by the link of a screen. */
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams } from 'react-router'

import { may, sessionQuery } from '@/api/session'
import { late } from '@/ui/late'

import { openWall, tokenIn, useWall, useWallRow } from './link'
import type { BoardRow } from './rows'
import { useFreshness, useRenewal, useWakeLock } from './screen'
import { WallView } from './WallView'
import './wall.css'

const WallEditor = late(() => import('./WallEditor').then((part) => part.WallEditor))

/** Nothing to show yet, or nothing to be shown: what it is, in large letters. */
function Word({ id }: { id: string }): ReactElement {
  const { t } = useTranslation()
  const refused = useWall((state) => state.refused)
  const freshness = useFreshness()
  const what = refused ?? (freshness === 'fresh' ? 'opening' : 'unreachable')
  return (
    <main className="wall-word" data-testid="wall-word">
      <span>{t(`wall.word.${what}`)}</span>
      <small>{t(`wall.word_why.${what}`, { id })}</small>
    </main>
  )
}

function Tools({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation()
  const me = useQuery(sessionQuery).data ?? null
  const [isEditing, setEditing] = useState(false)
  return (
    <div className="wall-tools">
      <button type="button" onClick={() => void document.documentElement.requestFullscreen?.()}>
        {t('wall.full_screen')}
      </button>
      {may(me, 'walls.edit') ? (
        <button type="button" onClick={() => setEditing(true)} data-testid="wall-edit">
          {t('wall.edit')}
        </button>
      ) : null}
      {isEditing ? (
        <Suspense fallback={null}>
          <WallEditor id={id} onClose={() => setEditing(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

export function WallPage(): ReactElement {
  const { id = '' } = useParams()
  const { hash } = useLocation()
  const token = tokenIn(hash)
  const board = useWallRow<BoardRow>('board')
  // Waits are told by the server's clock, which the first tick brings.
  const isTimed = useWall((state) => state.heard !== 0)
  useEffect(() => openWall(id, token), [id, token])
  useWakeLock()
  useRenewal(board)
  return (
    <div className="wall-ground">
      {board === undefined || !isTimed ? <Word id={id} /> : <WallView board={board} />}
      {token === '' ? <Tools id={id} /> : null}
    </div>
  )
}
