/** Prompts in the order they are played: chosen, listened to, moved. */
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { useEditor } from './context'
import { moved } from './Lines'
import { Listen } from './Listen'
import type { Plain } from './plainFields'

export function PromptsField({ label, testId, value, onChange }: Plain<string[]>): ReactElement {
  const { t } = useTranslation()
  const { around, editing } = useEditor()
  const options = around.promptNames.map((name) => ({ value: name, label: name }))
  const put = (index: number, name: string): void => onChange(value.map((each, at) => (at === index ? name : each)))
  return (
    <div className="stack" data-testid={testId}>
      {value.map((name, index) => {
        const isMissing = around.promptNames.length > 0 && !around.promptNames.includes(name)
        return (
          // The same prompt may stand there twice.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className="flow-line">
            <Select
              size="small"
              className="grow"
              showSearch
              aria-label={t('flows.prompt_number', { of: label, number: index + 1 })}
              status={isMissing ? 'error' : undefined}
              value={name === '' ? undefined : name}
              placeholder={t('flows.choose')}
              options={isMissing && name !== '' ? [{ value: name, label: t('flows.prompt_missing', { name }) }, ...options] : options}
              onChange={(chosen: string) => put(index, chosen)}
            />
            {isMissing ? null : <Listen name={name} language="zh" />}
            {editing.isOpen ? (
              <>
                <Button size="small" disabled={index === 0} aria-label={t('flows.line_up', { of: label, number: index + 1 })} onClick={() => onChange(moved(value, index, index - 1))}>
                  ↑
                </Button>
                <Button size="small" danger aria-label={t('flows.line_remove', { of: label, number: index + 1 })} onClick={() => onChange(value.filter((_, at) => at !== index))}>
                  ✕
                </Button>
              </>
            ) : null}
          </div>
        )
      })}
      {editing.isOpen ? (
        <Select
          size="small"
          showSearch
          aria-label={t('flows.prompt_add', { of: label })}
          data-testid={`${testId}-add`}
          value={null}
          placeholder={t('flows.prompt_add_short')}
          options={options}
          onChange={(name: string) => onChange([...value, name])}
        />
      ) : null}
    </div>
  )
}
