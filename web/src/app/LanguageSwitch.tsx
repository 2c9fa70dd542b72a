/** 中/EN. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { isEnglish } from '@/ui/format'

import { changeLanguage, type Language } from './i18n'

/** @param onChange keeps it for the person, where there is one */
export function LanguageSwitch({ onChange }: { onChange?: (language: Language) => void }): ReactElement {
  const { i18n } = useTranslation()
  const isNowEnglish = isEnglish(i18n.language)
  const other = isNowEnglish ? 'zh-CN' : 'en'
  const change = (): void => {
    void changeLanguage(other)
    onChange?.(other)
  }
  return (
    <Button type="text" lang={other} data-testid="language" onClick={change}>
      {isNowEnglish ? '中文' : 'English'}
    </Button>
  )
}
