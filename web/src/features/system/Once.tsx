/** A secret that is shown once: to be copied now, for nobody can look it up later. */
import { Button, Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export interface OnceProps {
  title: string
  secret: string | null
  onClose: () => void
}

export function Once({ title, secret, onClose }: OnceProps): ReactElement {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  const close = (): void => {
    setCopied(false)
    onClose()
  }
  const copy = (): void => {
    // On a page without encryption there is no clipboard; the text is selected by a click.
    void navigator.clipboard?.writeText(secret ?? '').then(() => setCopied(true))
  }
  return (
    <Modal
      open={secret !== null}
      title={title}
      onCancel={close}
      mask={{ closable: false }}
      footer={
        <Button type="primary" data-testid="once-done" onClick={close}>
          {t('system.once_done')}
        </Button>
      }
    >
      <p>{t('system.once_why')}</p>
      <div className="row">
        <Input
          readOnly
          className="system-once"
          aria-label={title}
          data-testid="once"
          value={secret ?? ''}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={copy}>{isCopied ? t('system.copied') : t('system.copy')}</Button>
      </div>
    </Modal>
  )
}
