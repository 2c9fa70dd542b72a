/** 导出: the figures of the page as they stand, as CSV, spreadsheet or PDF; its chart as a picture. */
import { Button, Dropdown } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import type { Download } from '@/api/client'
import { figures, type Question } from '@/api/figures'
import { announce } from '@/ui/announce'
import { isEnglish } from '@/ui/format'
import { Kbd } from '@/ui/Kbd'
import { useCommand } from '@/ui/useCommand'

import { PICTURES, type Picture } from './picture'

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

const isPicture = (format: Format | Picture): format is Picture => PICTURES.some((each) => each === format)

export interface ExportMenuProps {
  question: Question
  title: string
  isShown: boolean
  onShow: (isShown: boolean) => void
  /** Draws the chart of the page; `null` while it has none. */
  onPicture: ((as: Picture) => Promise<Download> | undefined) | null
}

export function ExportMenu({ question, title, isShown, onShow, onPicture }: ExportMenuProps): ReactElement {
  const { t, i18n } = useTranslation()
  const leave = useCommand(async (format: Format | Picture) => {
    if (isPicture(format)) {
      const picture = await onPicture?.(format)
      if (picture === undefined) return
      store(picture)
      announce(t('reports.exported', { name: picture.name }))
      return
    }
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
        items: [
          ...FORMATS.map((format) => ({ key: format, label: <span data-testid={`export-${format}`}>{t(`reports.format.${format}`)}</span> })),
          ...(onPicture === null ? [] : [{ type: 'divider' as const }, ...PICTURES.map((as) => ({ key: as, label: <span data-testid={`export-${as}`}>{t(`reports.format.${as}`)}</span> }))]),
        ],
        onClick: ({ key }) => {
          onShow(false)
          void leave.run(key as Format | Picture)
        },
      }}
    >
      <Button loading={leave.isBusy} data-testid="export">
        {t('reports.export')} ▾<Kbd keys="E" />
      </Button>
    </Dropdown>
  )
}
