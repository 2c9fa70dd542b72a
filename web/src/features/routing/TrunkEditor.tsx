/** One trunk: every field with its meaning, and its password, which only goes in. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { asNew, NOT_THERE_YET, routing, type Trunk, type TrunkWish } from '@/api/routing'
import { EditBar } from '@/ui/EditFrame'
import { useRefusalText } from '@/ui/problems'
import { useVersions } from '@/ui/versions'

import { SectionFrame, wrongIn } from './SectionFrame'
import { Fields } from './Fields'
import { RemoveForm } from './InUse'
import { TRUNK_SECTIONS } from './spec'

const KEY = ['routing', 'trunks']
/** How a trunk stands is no part of its rule. */
const STANDING = new Set(['id', 'is_up', 'why', 'since', 'taken', 'blocked', 'has_password', 'revision'])

const wishOf = (trunk: Trunk): TrunkWish => Object.fromEntries(Object.entries(trunk).filter(([name]) => !STANDING.has(name))) as TrunkWish

/** Standing changes by itself, and is nobody's change of the rule. */
const ruleOf = (trunk: Trunk): Trunk => ({ ...trunk, is_up: null, why: '', since: null, taken: 0, blocked: 0 })

interface TrunkEditorProps {
  stored: Trunk
  isNew: boolean
  onDone: () => void
}

export function TrunkEditor({ stored, isNew, onDone }: TrunkEditorProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const textOf = useRefusalText()
  const [id, setId] = useState('')
  // Kept here and nowhere else: neither in the draft nor in what is shown.
  const [password, setPassword] = useState<string | null>(null)
  const [isRemoving, setRemoving] = useState(false)
  const reread = async (): Promise<Trunk | undefined> => {
    await client.invalidateQueries({ queryKey: KEY })
    return client.getQueryData<Trunk[]>(KEY)?.find((each) => each.id === stored.id)
  }
  const editing = useVersions<Trunk>({
    name: `routing-trunk-${isNew ? '' : stored.id}`,
    stored: ruleOf(stored),
    send: async (_changes, whole, match) => {
      const wish = { ...wishOf(whole), ...(password === null ? {} : { password }) }
      return ruleOf(await (isNew ? asNew(routing.putTrunk(id.trim(), wish, NOT_THERE_YET)) : routing.putTrunk(stored.id, wish, match)))
    },
    reread,
    saved: t('routing.saved'),
  })
  const save = async (): Promise<void> => {
    if (await editing.save()) onDone()
  }
  const wrong = wrongIn(editing.refusal, textOf(editing.refusal))
  if (isRemoving) {
    return (
      <RemoveForm question={t('routing.trunk_delete_what', { name: stored.name })} onRemove={() => routing.removeTrunk(stored.id, stored.revision)}
        onDone={() => { void reread(); onDone() }} onCancel={() => setRemoving(false)} />
    )
  }
  return (
    <div className="stack" data-testid="trunk-editor">
      {isNew ? (
        <div className="routing-field routing-half">
          <label htmlFor="trunk-id">{t('routing.id')}</label>
          <Input id="trunk-id" className="typed" data-testid="trunk-id" maxLength={40} value={id} autoFocus aria-describedby="trunk-id-about" onChange={(event) => setId(event.target.value)} />
          <p id="trunk-id-about" className="quiet">{t('routing.id_about')}</p>
        </div>
      ) : null}
      <SectionFrame of="trunk" sections={TRUNK_SECTIONS} editing={editing}>
        {TRUNK_SECTIONS.map((section) => (
          <section key={section.key} aria-labelledby={`section-${section.key}`}>
            <h2 className="panel-title" id={`section-${section.key}`}>{t(`routing.section.${section.key}`)}</h2>
            <Fields of="trunk" section={section} thing={editing.draft} onChange={editing.change} wrong={wrong} />
            {section.key === 'trunk_account' && editing.draft.server !== '' ? (
              <div className="routing-field routing-half">
                <label htmlFor="trunk-password">{t('routing.password')}</label>
                <Input.Password id="trunk-password" data-testid="trunk-password" autoComplete="new-password" maxLength={200} visibilityToggle={false} value={password ?? ''}
                  placeholder={t(stored.has_password ? 'routing.password_set' : 'routing.password_none')} aria-describedby="trunk-password-about" onChange={(event) => setPassword(event.target.value)} />
                <p id="trunk-password-about" className="quiet">{wrong['password'] === undefined ? null : <span className="over" role="alert">■ {wrong['password']} </span>}{t('routing.password_about')}</p>
              </div>
            ) : null}
          </section>
        ))}
      </SectionFrame>
      {isNew || (password !== null && !editing.isDirty) ? (
        <div className="row">
          <Button type="primary" data-testid="trunk-save" disabled={isNew && id.trim() === ''} loading={editing.isBusy} onClick={() => void save()}>{t('routing.save')}</Button>
          <Button onClick={onDone}>{t('common.cancel')}</Button>
        </div>
      ) : (
        <EditBar editing={editing}>
          <Button danger data-testid="trunk-delete" onClick={() => setRemoving(true)}>{t('routing.delete')}</Button>
        </EditBar>
      )}
    </div>
  )
}
