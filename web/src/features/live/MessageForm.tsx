/** Words to one desk, or to many. */
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { floor, type MessageTo } from '@/api/floor'
import { announce } from '@/ui/announce'
import { useCommand } from '@/ui/useCommand'

const LONGEST = 500

export function MessageForm({ to, label }: { to: MessageTo; label: string }): ReactElement {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const send = useCommand(async () => {
    await floor.message(to, words.trim())
    setWords('')
    announce(t('live.message_sent'))
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send.run()
      }}
    >
      <Input.TextArea rows={2} maxLength={LONGEST} value={words} aria-label={label} placeholder={label} onChange={(event) => setWords(event.target.value)} data-testid="message-words" />
      <div className="row">
        <Button htmlType="submit" loading={send.isBusy} disabled={words.trim() === ''} data-testid="message-send">
          {t('live.message_send')}
        </Button>
      </div>
    </form>
  )
}
