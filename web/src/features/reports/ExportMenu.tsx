/** 导出: the figures of the page as they stand, as CSV, spreadsheet or PDF. */
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Download } from '@/api/client'
import { figures, type Question } from '@/api/figures'
import { announce } from '@/ui/announce'
import { isEnglish } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { useCommand } from '@/ui/useCommand'

export const FORMATS = ['csv', 'xlsx', 'pdf'] as const
export type Format = (typeof FORMATS)[number]

/** Give a document to the browser, which stores it. */
export function store({ name, content }: Download): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

export interface ExportMenuProps {
  question: Question
  title: string
  isShown: boolean
  onShow: (isShown: boolean) => void
}

export function ExportMenu({ question, title, isShown, onShow }: ExportMenuProps): ReactElement {
  const { t, i18n } = useTranslation()
  const leave = useCommand(async (format: Format) => {
    const language = isEnglish(i18n.language) ? 'en' : 'zh'
    const file = await figures.export(question, { format, language, title })
    store(file)
    announce(t('reports.exported', { name: file.name }))
  })
  return (
    <Dropdown
      trigger={['click']}
      open={isShown}
      onOpenChange={onShow}
      autoFocus
      menu={{
        items: FORMATS.map((format) => ({ key: format, label: <span data-testid={`export-${format}`}>{t(`reports.format.${format}`)}</span> })),
        onClick: ({ key }) => {
          onShow(false)
          void leave.run(key as Format)
        },
      }}
    >
      <Button loading={leave.isBusy} data-testid="export">
        {t('reports.export')} ▾<Kbd keys="E" />
      </Button>
    </Dropdown>
  )
}
