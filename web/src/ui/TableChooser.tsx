/** Which columns a table shows, and how dense its rows are. */
import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover, Radio } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Density, TableChoice } from './tableView'

interface Choosable {
  key: string
  title: string
  stays?: boolean
}

function Choices({ columns, choice }: { columns: readonly Choosable[]; choice: TableChoice }): ReactElement {
  const { t } = useTranslation()
  const turn = (key: string, isShown: boolean): void =>
    choice.setHidden(isShown ? choice.hidden.filter((each) => each !== key) : [...choice.hidden, key])
  return (
    <div className="stack">
      <strong>{t('table.columns')}</strong>
      {columns.map((column, index) => (
        <Checkbox
          key={column.key}
          checked={index === 0 || column.stays === true || !choice.hidden.includes(column.key)}
          disabled={index === 0 || column.stays === true}
          onChange={(event) => turn(column.key, event.target.checked)}
        >
          {column.title}
        </Checkbox>
      ))}
      <strong>{t('table.density')}</strong>
      <Radio.Group value={choice.density} onChange={(event) => choice.setDensity(event.target.value as Density)}>
        <Radio value="compact">{t('table.compact')}</Radio>
        <Radio value="roomy">{t('table.roomy')}</Radio>
      </Radio.Group>
    </div>
  )
}

export function TableChooser({ columns, choice }: { columns: readonly Choosable[]; choice: TableChoice }): ReactElement {
  const { t } = useTranslation()
  return (
    <Popover trigger="click" placement="bottomRight" content={<Choices columns={columns} choice={choice} />}>
      <Button icon={<SettingOutlined />} aria-label={t('table.choose')} title={t('table.choose')} data-testid="table-choose" />
    </Popover>
  )
}
