/** 新建公告: a draft; nobody hears of it before it is published. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'

import { announcements } from '@/api/announcements'
import { serverNow } from '@/live/clock'
import { PageShell } from '@/ui/PageShell'
import { useCommand } from '@/ui/useCommand'

import { blank, timesFor, wishOf, type Draft } from './draft'
import { Fields } from './Fields'
import { pathOf, useNoted } from './keys'
import { Preview } from './Preview'

const KEPT = 'lianxi-draft-announcement-new'

function kept(): Draft {
  try {
    const text = sessionStorage.getItem(KEPT)
    if (text !== null) return JSON.parse(text) as Draft
  } catch {
    // What cannot be read was not worth keeping.
  }
  return blank('planned', serverNow())
}

export function NewAnnouncement(): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const noted = useNoted()
  const [draft, setDraft] = useState(kept)
  const change = (next: Draft): void => {
    setDraft(next)
    sessionStorage.setItem(KEPT, JSON.stringify(next))
  }
  const save = useCommand(async () => {
    const made = await announcements.create(wishOf(draft))
    sessionStorage.removeItem(KEPT)
    await noted(made)
    await navigate(pathOf(made.number), { replace: true })
  })
  return (
    <PageShell
      title={t('announcements.new')}
      beside={
        <>
          <Button type="primary" loading={save.isBusy} data-testid="announcement-create" onClick={() => void save.run()}>
            {t('announcements.create')}
          </Button>
          <span className="grow" />
          <Link to="/announcements">{t('announcements.to_list')}</Link>
        </>
      }
    >
      <div className="beside">
        <section className="panel" aria-label={t('announcements.content')}>
          <Fields draft={draft} onChange={change} onType={(type) => change({ ...draft, type, ...timesFor(type, serverNow()) })} />
        </section>
        <Preview draft={draft} />
      </div>
    </PageShell>
  )
}
