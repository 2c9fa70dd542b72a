/** 备注: what people wrote beside the days of a chart, by the numbers they have in it. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { metricNotes, type MetricEntry, type Note } from '@/api/figures'
import { useZone } from '@/api/session'
import { dateTime } from '@/ui/format'
import { useCommand } from '@/ui/useCommand'

import { useNames } from './asked'
import { NoteForm, type NoteWords } from './NoteForm'
import { ABOUT } from './view'

/** What a note is about, in words. */
function useAboutNote(): (note: Note) => string {
  const { t } = useTranslation()
  const nameOf = useNames()
  return (note) => {
    const parts = ABOUT.flatMap((key) => (note[key] === null ? [] : [nameOf(key, note[key])]))
    return parts.length === 0 ? t('reports.whole_centre') : parts.join(' · ')
  }
}

function NoteLine({ metric, note, place }: { metric: MetricEntry; note: Note; place: number }): ReactElement {
  const { t, i18n } = useTranslation()
  const zone = useZone()
  const client = useQueryClient()
  const aboutNote = useAboutNote()
  const [isOpen, setOpen] = useState(false)
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['metric-notes', metric.id] })
  const change = useCommand(async (words: NoteWords) => {
    await metricNotes.change(metric.id, note.id, { ...words, revision: note.revision }).finally(again)
    setOpen(false)
  })
  const withdraw = useCommand(() => metricNotes.withdraw(metric.id, note.id, note.revision).finally(again))
  if (isOpen) {
    return (
      <li data-testid={`note-${note.id}`}>
        <NoteForm first={note} isBusy={change.isBusy} onSave={(words) => void change.run(words)} onCancel={() => setOpen(false)} />
      </li>
    )
  }
  const changed = note.changed_at === null ? '' : ` · ${t('notes.changed', { who: note.changed_by, at: dateTime(note.changed_at, i18n.language, zone) })}`
  return (
    <li data-testid={`note-${note.id}`}>
      <b>{t('notes.mark', { which: place + 1 })}</b>
      <span className="figure">{note.day}</span>
      <span className="note-text">{note.text}</span>
      <span className="quiet">
        {aboutNote(note)} · {note.written_by} {dateTime(note.written_at, i18n.language, zone)}
        {changed}
      </span>
      {note.may_change ? (
        <>
          <Button size="small" onClick={() => setOpen(true)} data-testid={`note-change-${note.id}`}>
            {t('notes.change')}
          </Button>
          <Popconfirm
            title={t('notes.withdraw_why')}
            okText={t('notes.withdraw')}
            cancelText={t('common.cancel')}
            onConfirm={() => void withdraw.run()}
          >
            <Button size="small" loading={withdraw.isBusy} data-testid={`note-withdraw-${note.id}`}>
              {t('notes.withdraw')}
            </Button>
          </Popconfirm>
        </>
      ) : null}
    </li>
  )
}

export function NoteList({ metric, notes }: { metric: MetricEntry; notes: Note[] }): ReactElement | null {
  const { t } = useTranslation()
  if (notes.length === 0) return null
  return (
    <ol className="chart-notes-list" aria-label={t('notes.title')} data-testid="notes">
      {notes.map((note, place) => (
        <NoteLine key={note.id} metric={metric} note={note} place={place} />
      ))}
    </ol>
  )
}
