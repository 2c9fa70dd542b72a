/** Wallboards: what they show, and the screens that may show them. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Wall = Schemas['WallOut']
export type WallContent = Schemas['WallIn']
export type WallTileChoice = Schemas['TileIn']
export type WallFigure = Schemas['WallFigure']
export type WallScreen = Schemas['ScreenOut']

const id = encodeURIComponent

export const walls = {
  list: () => ask<Wall[]>('GET', '/walls'),
  read: (wall: string) => ask<Wall>('GET', `/walls/${id(wall)}`),
  figures: () => ask<WallFigure[]>('GET', '/walls/figures'),
  add: (content: WallContent) => ask<Wall>('POST', '/walls', { body: content }),
  change: (wall: string, content: WallContent, revision: number) =>
    ask<Wall>('PUT', `/walls/${id(wall)}`, { body: { ...content, revision } }),
  remove: (wall: string) => ask<void>('DELETE', `/walls/${id(wall)}`),
  screens: (wall: string) => ask<WallScreen[]>('GET', `/walls/${id(wall)}/screens`),
  addScreen: (wall: string, name: string) => ask<Schemas['ScreenMade']>('POST', `/walls/${id(wall)}/screens`, { body: { name } }),
  revokeScreen: (wall: string, screen: string) => ask<void>('DELETE', `/walls/${id(wall)}/screens/${id(screen)}`),
}
