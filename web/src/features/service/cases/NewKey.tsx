/** A new thing begins with its stable name, which others refer to and which never changes. */
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { KEY } from './known'

interface NewKeyProps {
  /** Names the field for tests and those who cannot see it. */
  name: 'type' | 'area' | 'form'
  taken: readonly string[]
  onNew: (key: string) => void
}

export function NewKey({ name, taken, onNew }: NewKeyProps): ReactElement {
  const { t } = useTranslation()
  const [key, setKey] = useState('')
  const isTaken = taken.includes(key)
  const isSound = KEY.test(key) && !isTaken
  const about = isTaken ? `▲ ${t('casesetup.key_taken')}` : key !== '' && !isSound ? `▲ ${t('casesetup.key_about')}` : t('casesetup.key_about')
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSound) return
        onNew(key)
        setKey('')
      }}
    >
      <div className="row">
        <Input className="service-short typed" aria-label={t(`casesetup.new_key.${name}`)} placeholder={t(`casesetup.new_key.${name}`)} maxLength={40} value={key} data-testid={`${name}-key`} onChange={(event) => setKey(event.target.value.trim().toLowerCase())} />
        <Button htmlType="submit" disabled={!isSound} data-testid={`${name}-new`}>
          {t('service.new')}
        </Button>
      </div>
      <p className="quiet casesetup-about">{about}</p>
    </form>
  )
}
