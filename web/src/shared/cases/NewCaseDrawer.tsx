/** 新建工单, in a drawer; what is written is kept in this browser until it is made or put away. */
import { Button, Drawer } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { beginCase, isWritten, type NewCaseFields } from './newCase'
import { NewCaseForm, type CaseMade } from './NewCaseForm'

const KEY = 'lianxi-draft-case-new'

function kept(): NewCaseFields | null {
  try {
    const text = localStorage.getItem(KEY)
    return text === null ? null : beginCase(JSON.parse(text) as Partial<NewCaseFields>)
  } catch {
    return null
  }
}

export interface NewCaseDrawerProps {
  /** What is known already: the customer, the contact. */
  known?: Partial<NewCaseFields>
  onClose: () => void
  onMade: (made: CaseMade) => void
}

export function NewCaseDrawer({ known = {}, onClose, onMade }: NewCaseDrawerProps): ReactElement {
  const { t } = useTranslation()
  const [fields, setFields] = useState(() => {
    const left = kept()
    // A draft about somebody or something else is not continued here.
    const isSame = (['customer', 'contact', 'kind'] as const).every((name) => (known[name] ?? left?.[name]) === left?.[name])
    return left !== null && isSame ? left : beginCase(known)
  })
  // What was chosen beside the fields goes with them.
  const [sheet, setSheet] = useState(0)
  const change = (next: NewCaseFields): void => {
    setFields(next)
    localStorage.setItem(KEY, JSON.stringify(next))
  }
  const forget = (): void => {
    localStorage.removeItem(KEY)
    setFields(beginCase(known))
    setSheet(sheet + 1)
  }
  return (
    <Drawer open onClose={onClose} title={t('cases.new')} size={640} destroyOnHidden data-testid="new-case-drawer">
      <NewCaseForm
        key={sheet}
        fields={fields}
        onChange={change}
        onStored={() => localStorage.removeItem(KEY)}
        onMade={(made) => {
          forget()
          onMade(made)
        }}
        beside={
          isWritten(fields) ? (
            <>
              <Button onClick={forget} data-testid="new-case-forget">
                {t('cases.forget')}
              </Button>
              <span className="quiet">{t('cases.draft_kept')}</span>
            </>
          ) : null
        }
      />
    </Drawer>
  )
}
