/** `?`: what this page is for, and its keys. */
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { closeHelp, openHelp, useHelp } from './help'
import { Kbd } from './Kbd'
import { isPlain, keysText, mappedKeys, useKeyChoices, useShortcuts } from './shortcuts'

export function HelpSheet(): ReactElement {
  const { t } = useTranslation()
  const { about, keys, isOpen } = useHelp()
  const choices = useKeyChoices()
  useShortcuts({ '?': openHelp })
  const all = Object.values(keys).flat()
  const common = [
    { keys: '$mod+k', does: t('help.search') },
    { keys: '?', does: t('help.open') },
  ]
  return (
    <Drawer open={isOpen} onClose={closeHelp} title={t('help.title')} size={420} data-testid="help">
      {about === null ? null : <p>{about}</p>}
      {choices.isPlainOff ? <p className="quiet">{t('help.plain_off')}</p> : null}
      <table className="grid help-keys">
        <caption className="screen-reader">{t('help.keys')}</caption>
        <tbody>
          {[...all, ...common].map(({ keys: each, does }) => (
            <tr key={`${each} ${does}`}>
              <th scope="row">{does}</th>
              <td>{choices.isPlainOff && isPlain(each) ? '—' : <Kbd keys={keysText(mappedKeys(each, choices.remapped))} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Drawer>
  )
}
