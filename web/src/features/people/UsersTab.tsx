/** Everybody who may sign in: found, opened, created, taken in from a list. */
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'

import { listFilePath } from '@/api/exports'
import { staff } from '@/api/staff'
import { ListExport } from '@/ui/ExportMenu'
import { DataTable } from '@/ui/DataTable'
import { useTableQuery } from '@/ui/tableView'
import { useServerRows } from '@/ui/useServerRows'

import { useColumns } from './columns'
import { Filters, FILTERS } from './Filters'
import { ImportDrawer } from './ImportDrawer'
import { PersonDrawer } from './PersonDrawer'

const PERSON = 'person'
export const NEW = 'new'

export function UsersTab(): ReactElement {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [isImporting, setImporting] = useState(false)
  const query = useTableQuery(FILTERS, 'username')
  const asked = { ...query.filters, sort: query.order }
  const rows = useServerRows(['people', 'list', asked], (cursor) => staff.list(asked, cursor))
  const open = search.get(PERSON)
  const show = (person: string | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (person === null) next.delete(PERSON)
      else next.set(PERSON, person)
      return next
    })
  return (
    <>
      <DataTable
        name="people"
        label={t('people.title')}
        columns={useColumns()}
        rows={rows}
        keyOf={(person) => person.username}
        query={query}
        onOpen={(person) => show(person.id)}
        isChosen={(person) => person.id === open}
        empty={{ title: t('people.none'), why: t('people.none_why') }}
        filters={<Filters query={query} />}
        actions={
          <>
            <ListExport pathOf={listFilePath('people', query.filters)} />
            <Button onClick={() => setImporting(true)} data-testid="people-import">
              {t('people.import')}
            </Button>
            <Button type="primary" onClick={() => show(NEW)} data-testid="people-new">
              {t('people.new')}
            </Button>
          </>
        }
      />
      {open === null ? null : <PersonDrawer key={open} id={open === NEW ? null : open} onClose={() => show(null)} />}
      {isImporting ? <ImportDrawer onClose={() => setImporting(false)} /> : null}
    </>
  )
}
