/** 岗位: whose work is whose: who holds a post, who stands in, and which post hears when it is late. */
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { posts, type Post } from '@/api/posts'
import { DataTable, type Column } from '@/ui/DataTable'
import { textIn } from '@/ui/format'

import { nameOf, useRoleOptions } from './known'
import { PostDrawer } from './PostDrawer'

const FRESH_MS = 10_000

export const postsQuery = { queryKey: ['people', 'posts'], queryFn: posts.list, refetchInterval: FRESH_MS, refetchOnWindowFocus: true }

function useColumns(all: readonly Post[]): Column<Post>[] {
  const { t, i18n } = useTranslation()
  const roles = useRoleOptions()
  const names = (post: Post): string => post.holders.map((user) => post.names[user] ?? user).join(i18n.language.startsWith('zh') ? '、' : ', ')
  const above = (post: Post): string => {
    const found = all.find((each) => each.id === post.superior)
    return found === undefined ? '—' : textIn(i18n.language, found.zh, found.en)
  }
  return [
    { key: 'name', title: t('posts.post'), render: (post) => textIn(i18n.language, post.zh, post.en), widest: '18em' },
    {
      key: 'holders',
      title: t('posts.holders'),
      widest: '24em',
      render: (post) => (post.holders.length > 0 ? names(post) : post.fallback_role === '' ? `▲ ${t('posts.nobody')}` : t('posts.by_role', { role: nameOf(roles, post.fallback_role) })),
    },
    { key: 'superior', title: t('posts.superior'), render: above, widest: '16em' },
    { key: 'role', title: t('posts.role'), render: (post) => (post.fallback_role === '' ? '—' : nameOf(roles, post.fallback_role)), widest: '12em' },
    { key: 'id', title: t('posts.id'), render: (post) => <code>{post.id}</code> },
  ]
}

export function PostsTab(): ReactElement {
  const { t } = useTranslation()
  const found = useQuery(postsQuery)
  const [open, setOpen] = useState<string | null>(null)
  const all = found.data ?? []
  const columns = useColumns(all)
  const rows = {
    rows: all,
    isPending: found.isPending,
    error: found.error,
    hasMore: false,
    isFetchingMore: false,
    more: () => undefined,
    retry: () => void found.refetch(),
  }
  return (
    <>
      <p className="quiet">{t('posts.about')}</p>
      <DataTable
        name="posts"
        label={t('people.tab.posts')}
        columns={columns}
        rows={rows}
        keyOf={(post) => post.id}
        onOpen={(post) => setOpen(post.id)}
        isChosen={(post) => open === post.id}
        empty={{ title: t('posts.none'), why: t('posts.about') }}
        actions={
          <Button type="primary" onClick={() => setOpen('')} data-testid="posts-new">
            {t('posts.new')}
          </Button>
        }
      />
      {open === null ? null : <PostDrawer key={open} id={open} all={all} onClose={() => setOpen(null)} />}
    </>
  )
}
