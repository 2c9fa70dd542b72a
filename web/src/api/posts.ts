/** Posts of the organisation: whose work something is, whoever holds it today. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Post = Schemas['PostOut']
export type PostWish = Schemas['PostIn']

const id = encodeURIComponent

export const posts = {
  list: () => ask<Post[]>('GET', '/posts'),
  put: (post: string, wish: PostWish) => ask<Post>('PUT', `/posts/${id(post)}`, { body: wish }),
}
