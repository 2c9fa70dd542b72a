/** Asks the team lead to listen in (Alt+H), with a few words if there is time for them; once more calls it off. */
import { Input, Popover } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { help } from '@/api/handing'
import type { DeskView } from '@/api/schema'
import { ActionButton } from '@/ui/ActionButton'
import { useShortcuts } from '@/ui/shortcuts'
import { useCommand } from '@/ui/useCommand'

import { confirmed, useWhyNot } from './actions'

const LONGEST = 200

export function HelpButton({ view }: { view: DeskView | undefined }): ReactElement {
  const { t } = useTranslation()
  const reasonFor = useWhyNot(view)
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const contact = view?.contact ?? null
  const isAsked = view?.help !== null && view?.help !== undefined
  const whyNot = isAsked ? null : reasonFor('help')
  const ask = useCommand(async () => {
    if (contact !== null) await confirmed(help.ask(contact.id, words.trim()))
    setOpen(false)
    setWords('')
  })
  const cancel = useCommand(() => confirmed(help.cancel()))
  const act = (): void => {
    if (whyNot !== null) return
    if (isAsked) void cancel.run()
    else setOpen(true)
  }
  useShortcuts({ 'Alt+h': act })
  const form = (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void ask.run()
      }}
    >
      <Input
        autoFocus
        value={words}
        maxLength={LONGEST}
        placeholder={t('desk.help_words')}
        aria-label={t('desk.help_words')}
        data-testid="help-words"
        onChange={(event) => setWords(event.target.value)}
      />
      <ActionButton type="primary" label={t('desk.help_ask')} keys="Enter" testId="help-send" isBusy={ask.isBusy} onAct={() => void ask.run()} />
    </form>
  )
  return (
    <Popover open={isOpen && whyNot === null && !isAsked} onOpenChange={(open) => setOpen(open && whyNot === null && !isAsked)} trigger="click" content={form} destroyOnHidden>
      <span>
        <ActionButton
          label={isAsked ? t('desk.help_cancel') : t('desk.help')}
          keys="Alt+H"
          testId="call-help"
          whyNot={whyNot}
          isPressed={isAsked}
          isBusy={cancel.isBusy}
          onAct={act}
        />
      </span>
    </Popover>
  )
}
