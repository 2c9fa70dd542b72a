/** 加注: a day and what is to be known of it. */
import { Button, Form, Input } from 'antd'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export interface NoteWords {
  day: string
  text: string
}

const LONGEST = 500

export interface NoteFormProps {
  first: NoteWords
  isBusy: boolean
  onSave: (words: NoteWords) => void
  onCancel: () => void
}

export function NoteForm({ first, isBusy, onSave, onCancel }: NoteFormProps): ReactElement {
  const { t } = useTranslation()
  return (
    <Form<NoteWords>
      className="note-form"
      layout="vertical"
      initialValues={first}
      onFinish={(words) => onSave({ day: words.day, text: words.text.trim() })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
      }}
      data-testid="note-form"
    >
      <Form.Item name="day" label={t('notes.day')} rules={[{ required: true, message: t('notes.day_required') }]}>
        <Input type="date" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="text" label={t('notes.text')} rules={[{ required: true, whitespace: true, min: 2, message: t('notes.text_required') }]}>
        <Input.TextArea rows={2} maxLength={LONGEST} placeholder={t('notes.hint')} autoFocus data-testid="note-text" />
      </Form.Item>
      <Form.Item label=" " colon={false}>
        <span className="row">
          <Button htmlType="submit" type="primary" loading={isBusy} data-testid="note-save">
            {t('notes.save')}
          </Button>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
        </span>
      </Form.Item>
    </Form>
  )
}
