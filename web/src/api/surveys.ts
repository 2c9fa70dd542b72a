/** Surveys: set up, what customers said, and how it went. */
import { ask } from './client'
import type { components } from './schema.generated'

type Schemas = components['schemas']

export type Survey = Schemas['SurveyOut']
export type SurveyWish = Schemas['SurveyIn']
export type SurveyResult = Schemas['SurveyResultOut']
export type SurveyFigures = Schemas['SurveyFiguresOut']
export type SurveyForm = Schemas['FormVersionOut']
export type SurveyFormWish = Schemas['FormIn']
export type SurveyState = SurveyResult['state']
export type SurveyVerdict = NonNullable<SurveyResult['verdict']>

const id = encodeURIComponent
type Asked = Record<string, string | number | undefined>

export const surveys = {
  list: () => ask<Survey[]>('GET', '/surveys'),
  put: (one: string, wish: SurveyWish) => ask<Survey>('PUT', `/surveys/${id(one)}`, { body: wish }),
  form: (one: string) => ask<SurveyForm>('GET', `/surveys/${id(one)}/form`),
  putForm: (one: string, wish: SurveyFormWish) => ask<SurveyForm>('PUT', `/surveys/${id(one)}/form`, { body: wish }),
  results: (asked: Asked) => ask<Schemas['Page_SurveyResultOut_']>('GET', '/survey-results', { query: asked }),
  figures: (asked: Asked) => ask<SurveyFigures>('GET', '/survey-figures', { query: asked }),
  ofCase: (one: string) => ask<SurveyResult[]>('GET', `/cases/${id(one)}/surveys`),
  link: (one: string, survey: string) => ask<Schemas['SurveyLinkOut']>('POST', `/cases/${id(one)}/surveys/${id(survey)}/link`),
}
