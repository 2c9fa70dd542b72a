/** What became of a list; the first passwords are here and nowhere else. */
import { Alert, Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { ListResult } from '@/api/staff'

import { csvOf, saveFile } from './files'

export function ImportDone({ result, onDone }: { result: ListResult; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const [isKept, setKept] = useState(result.joined.length === 0)
  const keep = (): void => {
    const head = [t('people.number'), t('people.name'), t('people.username'), t('people.password')]
    const rows = result.joined.map((each) => [each.number, each.name, each.username, each.password])
    saveFile(csvOf([head, ...rows]), `${t('people.passwords_name')}.csv`)
    setKept(true)
  }
  return (
    <section className="stack" aria-label={t('people.list_taken')} data-testid="import-done">
      <Alert
        type={result.in_force ? 'success' : 'warning'}
        title={t('people.list_taken')}
        description={
          <>
            {t('people.taken', { new: result.new, changed: result.changed, same: result.same, wrong: result.wrong })}
            {result.in_force ? null : <p>{t('people.not_in_force')}</p>}
          </>
        }
      />
      {result.joined.length === 0 ? null : (
        <>
          <p>{t('people.passwords_once', { count: result.joined.length })}</p>
          <div className="row">
            <Button type="primary" onClick={keep} data-testid="import-passwords">
              {t('people.save_passwords')}
            </Button>
          </div>
        </>
      )}
      <div className="row">
        <Button type={isKept ? 'primary' : 'default'} disabled={!isKept} onClick={onDone} data-testid="import-close">
          {t('people.done')}
        </Button>
        {isKept ? null : <span className="quiet">{t('people.save_first')}</span>}
      </div>
    </section>
  )
}
