/** 中/EN. */
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { isEnglish } from '@/ui/format'

import { changeLanguage } from './i18n'

export function LanguageSwitch(): ReactElement {
  const { i18n } = useTranslation()
  const isNowEnglish = isEnglish(i18n.language)
  const other = isNowEnglish ? 'zh-CN' : 'en'
  return (
    <Button type="text" lang={other} data-testid="language" onClick={() => void changeLanguage(other)}>
      {isNowEnglish ? '中文' : 'English'}
    </Button>
  )
}
