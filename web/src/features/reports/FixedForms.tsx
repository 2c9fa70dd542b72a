/** 固定报表: reports whose figures are fixed, for a day and a queue, as a document. */
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { fixedForms } from '@/api/figures'
import { isEnglish, textIn } from '@/ui/format'
import { ErrorBox } from '@/ui/states'

import { useView } from './asked'
import { FORMATS } from './ExportMenu'

export function FixedForms(): ReactElement | null {
  const { t, i18n } = useTranslation()
  const view = useView()
  const forms = useQuery({ queryKey: ['fixed-forms'], queryFn: fixedForms.list, staleTime: Infinity })
  const [chosen, setChosen] = useState<string | null>(null)
  const [date, setDate] = useState(view.to)
  if (forms.isError) return <ErrorBox error={forms.error} onRetry={() => void forms.refetch()} />
  if (forms.data === undefined || forms.data.length === 0) return null
  const form = forms.data.find((each) => each.id === chosen) ?? forms.data[0]
  if (form === undefined) return null
  return (
    <section className="panel stack" aria-label={t('reports.forms')} data-testid="fixed-forms">
      <h2>{t('reports.forms')}</h2>
      <div className="row">
        <Select
          style={{ minWidth: 280 }}
          aria-label={t('reports.form')}
          data-testid="fixed-form"
          value={form.id}
          onChange={setChosen}
          options={forms.data.map((each) => ({ value: each.id, label: textIn(i18n.language, each.title, each.title_en) }))}
        />
        <Input
          type="date"
          style={{ width: 172 }}
          aria-label={t('reports.form_day')}
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
        {FORMATS.map((format) => (
          <Button
            key={format}
            href={fixedForms.path(form.id, { date, queue: view.queue ?? undefined, format, language: isEnglish(i18n.language) ? 'en' : 'zh' })}
            data-testid={`form-${format}`}
          >
            {t(`reports.format.${format}`)}
          </Button>
        ))}
      </div>
      <p className="quiet">{textIn(i18n.language, form.about, form.about_en)}</p>
    </section>
  )
}
