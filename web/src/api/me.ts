/** What a person looks at about oneself: figures, sign-ins, contacts. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type OwnFigures = Schemas['OwnFiguresOut']
export type OwnFigure = Schemas['OwnFigureOut']
export type OwnSignIn = Schemas['SignInOut']
export type Span = Schemas['Span']

export const mine = {
  figures: (span: Span) => ask<OwnFigures>('GET', '/metrics/own', { query: { span } }),
  signIns: () => ask<OwnSignIn[]>('GET', '/profile/sign-ins'),
  endSignIn: (signIn: string) => ask<void>('DELETE', `/profile/sign-ins/${encodeURIComponent(signIn)}`),
}
