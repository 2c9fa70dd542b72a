/** One post: what it is called, who holds it, who stands in, which post is above it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, Select } from 'antd'
import { useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { posts, type Post, type PostWish } from '@/api/posts'
import { staff } from '@/api/staff'
import { announce } from '@/ui/announce'
import { Conflict } from '@/ui/Conflict'
import { FormField, FormProblems, TextField } from '@/ui/FormField'
import { textIn } from '@/ui/format'
import { codeOf } from '@/ui/problems'
import { useServerForm } from '@/ui/useServerForm'

import { nameOf, useRoleOptions } from './known'

/** As the form has it; nothing chosen is nothing, not an empty word. */
interface PostForm {
  id: string
  zh: string
  en: string
  superior: string | null
  fallback_role: string | null
  holders: string[]
}

const EMPTY: PostForm = { id: '', zh: '', en: '', superior: null, fallback_role: null, holders: [] }
const FIELD_OF = { post_holder_unknown: 'holders', post_role_unknown: 'fallback_role', post_above_itself: 'superior', post_not_found: 'superior' }
const ID = /^[a-z][a-z0-9_]{0,59}$/

const formOf = ({ id, zh, en, superior, fallback_role, holders }: Post): PostForm => ({ id, zh, en, superior, fallback_role: fallback_role === '' ? null : fallback_role, holders })

const wishOf = (form: PostForm, revision: number): PostWish => ({
  zh: form.zh.trim(),
  en: form.en.trim(),
  superior: form.superior ?? null,
  fallback_role: form.fallback_role ?? '',
  holders: form.holders,
  revision,
})

/** Found by name, number or user name among open accounts. */
function HoldersField({ names }: { names: Readonly<Record<string, string>> }): ReactElement {
  const { t } = useTranslation()
  const [words, setWords] = useState('')
  const [known, setKnown] = useState<Record<string, string>>({ ...names })
  const found = useQuery({
    queryKey: ['people', 'holders', words],
    queryFn: () => staff.list({ q: words, state: 'open', sort: 'name' }),
    placeholderData: (before) => before,
  })
  const hits = (found.data?.items ?? []).map((person) => ({ value: person.id, label: person.name }))
  const others = Object.entries(known).filter(([user]) => !hits.some((hit) => hit.value === user))
  return (
    <FormField name="holders" label={t('posts.holders')} does={t('posts.holders_does')}>
      <Select
        mode="multiple"
        allowClear
        showSearch={{ filterOption: false, onSearch: setWords }}
        options={[...hits, ...others.map(([value, label]) => ({ value, label }))]}
        onSelect={(user: string) => setKnown((before) => ({ ...before, [user]: hits.find((hit) => hit.value === user)?.label ?? user }))}
        data-testid="post-holders"
      />
    </FormField>
  )
}

/** @param id of the post that is open; empty = a new one */
export function PostDrawer({ id, all, onClose }: { id: string; all: readonly Post[]; onClose: () => void }): ReactElement {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const roles = useRoleOptions()
  const [post] = useState(() => all.find((each) => each.id === id) ?? null)
  const latest = useRef(post)
  const sent = useRef(EMPTY)
  const [clash, setClash] = useState<{ mine: PostForm; theirs: Post } | null>(null)
  const initial = post === null ? EMPTY : formOf(post)
  const send = async (wish: PostForm): Promise<void> => {
    sent.current = wish
    const made = await posts.put(post?.id ?? wish.id.trim(), wishOf(wish, latest.current?.revision ?? 0))
    await client.invalidateQueries({ queryKey: ['people', 'posts'] })
    announce(t('people.saved', { name: textIn(i18n.language, made.zh, made.en) }))
    onClose()
  }
  const clashed = async (): Promise<void> => {
    const theirs = (await client.fetchQuery({ queryKey: ['people', 'posts'], queryFn: posts.list, staleTime: 0 })).find((each) => each.id === (post?.id ?? sent.current.id))
    if (theirs !== undefined) setClash({ mine: sent.current, theirs })
  }
  const sheet = useServerForm<PostForm>(send, FIELD_OF, (error) => {
    if (codeOf(error) !== 'post_changed') return false
    void clashed()
    return true
  })
  const settle = (wish: PostForm): void => {
    latest.current = clash?.theirs ?? latest.current
    sheet.form.setFieldsValue(wish)
    setClash(null)
  }
  const whole = (): PostForm => ({ ...initial, ...sheet.form.getFieldsValue(true) })
  const others = all.filter((each) => each.id !== post?.id).map((each) => ({ value: each.id, label: textIn(i18n.language, each.zh, each.en) }))
  const names = { ...post?.names, ...clash?.theirs.names }
  return (
    <Drawer open onClose={onClose} title={post === null ? t('posts.new') : textIn(i18n.language, post.zh, post.en)} size={480} destroyOnHidden data-testid="post-drawer">
      {clash === null ? null : (
        <Conflict<PostForm>
          mine={clash.mine}
          theirs={formOf(clash.theirs)}
          fields={[
            { key: 'zh', label: t('posts.name') },
            { key: 'en', label: t('posts.name_en') },
            { key: 'holders', label: t('posts.holders'), show: (wish) => wish.holders.map((user) => names[user] ?? user).join('、') || '—' },
            { key: 'superior', label: t('posts.superior'), show: (wish) => others.find((each) => each.value === wish.superior)?.label ?? '—' },
            { key: 'fallback_role', label: t('posts.role'), show: (wish) => (wish.fallback_role === null ? '—' : nameOf(roles, wish.fallback_role)) },
          ]}
          onResolve={(wish) => {
            settle(wish)
            void sheet.submit(wish)
          }}
          onTakeTheirs={() => settle(formOf(clash.theirs))}
        />
      )}
      <div hidden={clash !== null}>
        <Form<PostForm> form={sheet.form} layout="vertical" initialValues={initial} requiredMark={false} onFinish={() => void sheet.submit(whole())}>
          <FormProblems problems={sheet.problems} onGo={sheet.go} />
          {post === null ? (
            <Form.Item name="id" label={t('posts.id')} extra={t('posts.id_does')} rules={[{ required: true, pattern: ID, message: t('posts.id_does') }]} className="form-field">
              <Input className="typed" maxLength={60} data-testid="post-id" />
            </Form.Item>
          ) : null}
          <TextField name="zh" label={t('posts.name')} longest={60} testId="post-name" isRequired />
          <TextField name="en" label={t('posts.name_en')} longest={60} testId="post-name-en" />
          <HoldersField names={names} />
          <FormField name="fallback_role" label={t('posts.role')} does={t('posts.role_does')}>
            <Select allowClear options={roles} data-testid="post-role" />
          </FormField>
          <FormField name="superior" label={t('posts.superior')} does={t('posts.superior_does')}>
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={others} data-testid="post-superior" />
          </FormField>
          <Button type="primary" htmlType="submit" loading={sheet.isBusy} data-testid="post-save">
            {post === null ? t('people.create') : t('people.save')}
          </Button>
        </Form>
      </div>
    </Drawer>
  )
}
