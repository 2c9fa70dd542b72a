/** Posts on the page of people: who holds one, and two who change it at once. */
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Post } from '@/api/posts'

import { begin, end, open, refusal, sent, world } from './server'

beforeEach(begin)
afterEach(end)

const post = (change: Partial<Post> = {}): Post => ({
  id: 'store_manager', zh: '店长', en: 'Store manager', superior: 'division_deputy', fallback_role: 'qa', holders: [], names: {}, revision: 0, ...change,
})
const DEPUTY = post({ id: 'division_deputy', zh: '事业部副总', superior: null, holders: ['u-9'], names: { 'u-9': '李四' } })

it('shows who holds a post, or which role stands in, and saves it over the revision that was read', async () => {
  world.answers['GET /api/posts'] = () => Response.json([post(), DEPUTY])
  world.answers['PUT /api/posts/store_manager'] = () => Response.json(post({ revision: 1 }))
  open('/admin/people?tab=posts')
  await waitFor(() => expect(screen.getByTestId('row-store_manager').textContent).toContain('由角色「质检员」代'))
  expect(screen.getByTestId('row-division_deputy').textContent).toContain('李四')
  fireEvent.click(screen.getByText('店长'))
  fireEvent.change(await screen.findByTestId('post-name'), { target: { value: '门店店长' } })
  fireEvent.click(screen.getByTestId('post-save'))
  await waitFor(() =>
    expect(sent('PUT', '/api/posts/store_manager')[0]?.body).toEqual({
      zh: '门店店长', en: 'Store manager', superior: 'division_deputy', fallback_role: 'qa', holders: [], revision: 0,
    }),
  )
})

it('lays two versions side by side, and loses neither', async () => {
  world.answers['GET /api/posts'] = () => Response.json([post()])
  world.answers['PUT /api/posts/store_manager'] = () => refusal(412, 'post_changed')
  open('/admin/people?tab=posts')
  fireEvent.click(await screen.findByText('店长'))
  fireEvent.change(await screen.findByTestId('post-name'), { target: { value: '门店店长' } })
  world.answers['GET /api/posts'] = () => Response.json([post({ zh: '店经理', revision: 3 })])
  fireEvent.click(screen.getByTestId('post-save'))
  const conflict = await screen.findByTestId('conflict')
  expect(conflict.textContent).toContain('门店店长')
  expect(conflict.textContent).toContain('店经理')
  world.answers['PUT /api/posts/store_manager'] = () => Response.json(post({ zh: '门店店长', revision: 4 }))
  fireEvent.click(screen.getByTestId('conflict-mine'))
  await waitFor(() => expect(sent('PUT', '/api/posts/store_manager').at(-1)?.body).toMatchObject({ zh: '门店店长', revision: 3 }))
})
