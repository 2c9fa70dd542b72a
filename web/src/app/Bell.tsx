/** The bell: how much is new, and what it is. */
import { BellOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import { Suspense, useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { Me } from '@/api/schema'
import { announce } from '@/ui/announce'
import { isEnglish } from '@/ui/format'
import { late } from '@/ui/late'

import { loadWords } from './i18n'
import { useNotes, useNotices, type Note } from './notes'

const BellNotices = late(async () => {
  const [part] = await Promise.all([import('./BellNotices'), loadWords('notices')])
  return part.BellNotices
})

const SEEN_KEY = 'lianxi-bell-seen'
const SHAPES: Record<Note['tone'], string> = { red: '■', amber: '▲', green: '●', quiet: '◔' }

function readSeen(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(SEEN_KEY) ?? '[]')
    return Array.isArray(kept) ? kept.map(String) : []
  } catch {
    return []
  }
}

function Line({ note, onGo }: { note: Note; onGo: () => void }): ReactElement {
  return (
    <li>
      <span aria-hidden="true" className={`note-${note.tone}`}>
        {SHAPES[note.tone]}
      </span>
      {note.file !== undefined ? (
        <a href={note.file} download onClick={onGo}>
          {note.text}
        </a>
      ) : note.to === null ? (
        note.text
      ) : (
        <Link to={note.to} onClick={onGo}>
          {note.text}
        </Link>
      )}
    </li>
  )
}

export function Bell({ me }: { me: Me }): ReactElement {
  const { t, i18n } = useTranslation()
  const notes = useNotes(me)
  const told = useNotices()
  const [isOpen, setOpen] = useState(false)
  const [seen, setSeen] = useState(readSeen)
  const fresh = notes.filter((note) => note.tone !== 'quiet' && !seen.includes(note.id))
  const count = fresh.length + told.unread
  const newest = told.items.find((notice) => notice.read_at === null)
  const first = fresh[0]?.text ?? (isEnglish(i18n.language) ? newest?.en : newest?.zh)
  useEffect(() => {
    if (first !== undefined) announce(first)
  }, [first])
  const turn = (open: boolean): void => {
    setOpen(open)
    if (!open) return
    // Only what still stands is remembered, so the list does not grow.
    const now = notes.map((note) => note.id)
    localStorage.setItem(SEEN_KEY, JSON.stringify(now))
    setSeen(now)
  }
  const content = (
    <div className="bell-content">
      {notes.length === 0 ? null : (
        <ul className="lights notes">
          {notes.map((note) => (
            <Line key={note.id} note={note} onGo={() => setOpen(false)} />
          ))}
        </ul>
      )}
      {notes.length === 0 && told.items.length === 0 ? <p className="quiet">{t('bell.nothing')}</p> : null}
      {told.items.length === 0 ? null : (
        <Suspense fallback={<span className="screen-reader">{t('common.loading')}</span>}>
          <BellNotices me={me} onGo={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" open={isOpen} onOpenChange={turn} content={content} title={t('bell.title')}>
      <Button type="text" data-testid="bell" data-fresh={count}>
        <BellOutlined />
        <span className="screen-reader">{t('bell.title')}</span>
        {count === 0 ? null : <span className="bell-count">{count > 99 ? '99+' : count}</span>}
      </Button>
    </Popover>
  )
}
