/** A fax, page by page, drawn by the server: nothing of a stranger's document runs in the browser. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { faxes } from '@/api/records'
import { useMay } from '@/api/session'
import { ReasonForm } from '@/forms/ReasonForm'
import { ErrorBox } from '@/ui/states'

export function FaxView({ record, pages }: { record: string; pages: number }): ReactElement {
  const { t } = useTranslation()
  const mayDownload = useMay('records.download')
  const [page, setPage] = useState(1)
  const [isBroken, setBroken] = useState(false)
  const [isTaking, setTaking] = useState(false)
  const go = (to: number): void => {
    setBroken(false)
    setPage(Math.min(pages, Math.max(1, to)))
  }
  const take = async (why: string): Promise<void> => {
    window.location.assign(faxes.downloadPath(record, why))
    setTaking(false)
  }
  return (
    <div className="stack" data-testid="fax">
      <div className="row">
        <Button disabled={page === 1} onClick={() => go(page - 1)} data-testid="fax-before">
          {t('records.page_before')}
        </Button>
        <span className="figure" role="status">
          {t('records.page_of', { page, pages })}
        </span>
        <Button disabled={page === pages} onClick={() => go(page + 1)} data-testid="fax-next">
          {t('records.page_next')}
        </Button>
        <span className="grow" />
        {mayDownload ? <Button onClick={() => setTaking(true)}>{t('records.download')}</Button> : null}
      </div>
      {isTaking ? <ReasonForm submitLabel={t('records.download')} onSubmit={take} onCancel={() => setTaking(false)} /> : null}
      {isBroken ? (
        <ErrorBox error={{ code: 'recording_unreadable', facts: {} }} onRetry={() => go(page)} />
      ) : (
        <img
          className="fax-page"
          src={faxes.pagePath(record, page)}
          alt={t('records.page_of', { page, pages })}
          data-testid="fax-page"
          onError={() => setBroken(true)}
        />
      )}
    </div>
  )
}
