/** Own keys instead of the product's, and the single letters switched off. */
import { Button, Input, Switch } from 'antd'
import { useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { keysText, useKeyChoices } from '@/ui/shortcuts'

import { mayReplace, PRODUCT_KEYS, takenBy, written, type ProductKey } from './keys'
import { usePrefer } from './preferences'

function KeyField({ each, onPut }: { each: ProductKey; onPut: (keys: string) => void }): ReactElement {
  const { t } = useTranslation()
  const remapped = useKeyChoices((state) => state.remapped)
  const [problem, setProblem] = useState<string | null>(null)
  const label = t(each.labelKey)
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    const keys = written(event)
    if (keys === null || keys === 'Tab' || keys === 'Shift+Tab' || keys === 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    const other = takenBy(keys, each.keys, remapped)
    if (!mayReplace(keys)) setProblem(t('own.key_unfit', { keys: keysText(keys) }))
    else if (other !== undefined) setProblem(t('own.key_taken', { keys: keysText(keys), by: t(other.labelKey) }))
    else {
      setProblem(null)
      onPut(keys)
    }
  }
  return (
    <td>
      <Input
        value={keysText(remapped[each.keys] ?? each.keys)}
        readOnly
        aria-label={label}
        {...(problem === null ? {} : { status: 'error' as const })}
        onKeyDown={press}
        data-testid={`key-${each.keys}`}
      />
      {problem === null ? null : (
        <span role="alert" className="over">
          {problem}
        </span>
      )}
    </td>
  )
}

export function OwnKeys(): ReactElement {
  const { t } = useTranslation()
  const { isPlainOff, remapped } = useKeyChoices()
  const prefer = usePrefer()
  const put = (own: string, keys: string): void => {
    const rest = Object.fromEntries(Object.entries(remapped).filter(([name]) => name !== own))
    prefer({ keys: keys === own ? rest : { ...rest, [own]: keys } })
  }
  return (
    <div className="stack">
      <label className="row">
        <Switch checked={!isPlainOff} onChange={(isOn) => prefer({ plain_keys: isOn })} data-testid="plain-keys" />
        {t('own.plain_keys')}
      </label>
      <p className="quiet">{t('own.plain_keys_does')}</p>
      <p>{t('own.press')}</p>
      <table className="grid">
        <caption className="screen-reader">{t('own.keys')}</caption>
        <tbody>
          {PRODUCT_KEYS.map((each) => (
            <tr key={each.keys}>
              <th scope="row">{t(each.labelKey)}</th>
              <KeyField each={each} onPut={(keys) => put(each.keys, keys)} />
            </tr>
          ))}
        </tbody>
      </table>
      <Button onClick={() => prefer({ keys: {} })} data-testid="keys-reset">
        {t('own.reset_keys')}
      </Button>
    </div>
  )
}
